package postgres

import (
	"context"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"kuukausi/internal/access"
	"kuukausi/internal/participant"
)

var consentTexts = func() args {
	keys := make([]string, 0, len(participant.Purposes))
	for _, p := range participant.Purposes {
		keys = append(keys, participant.ConsentText(p))
	}
	return args{"keys": keys}
}()

// queueConsents asks for a case with what its person answered; a participant's own newest case when enrolment is Nil.
func queueConsents(b *pgx.Batch, enrolment uuid.UUID, x *participant.Consents) {
	of, a := func(q string) string { return q }, args{"enrolment": enrolment}
	if enrolment == uuid.Nil {
		of, a = withLatest, nil
	}
	one(b, x, of(`select e.id enrolment_id, p.first_name, p.last_name, p.lang, e.closed_at is null open from app.enrolment e join app.participant p on p.org_id = e.org_id and p.id = e.participant_id where e.id = @enrolment`), a)
	list(b, &x.Answers, of(`select c.purpose, c.given, c.how, c.lang, coalesce(m.name, '') by, c.at from app.consent c left join app.membership m on m.org_id = c.org_id and m.id = c.entered_by
where c.enrolment_id = @enrolment order by c.at desc, c.id desc limit 200`), a)
	list(b, &x.Texts, qTexts, consentTexts)
}

// Consents are what a person answered: for the coach of a case, or a participant's own with Nil.
func (db *DB) Consents(ctx context.Context, do access.Action, id uuid.UUID) (participant.Consents, error) {
	var x participant.Consents
	q := question{do: do, subject: id, scope: scopeEnrolment, found: func() bool { return x.EnrolmentID != uuid.Nil }, ask: func(b *pgx.Batch) { queueConsents(b, id, &x) }}
	if id == uuid.Nil {
		q.scope = scopeGranted
	}
	err := db.read(ctx, q)
	return x, err
}

// AddConsent stores an answer; it is never changed.
func (db *DB) AddConsent(ctx context.Context, do access.Action, id uuid.UUID, form access.Form, decide func(access.Actor, participant.Consents) (participant.Answer, error)) error {
	var x participant.Consents
	return db.write(ctx, act{do: do, subject: id, form: form,
		ask:   func(b *pgx.Batch) { queueConsents(b, id, &x) },
		found: func() bool { return x.EnrolmentID != uuid.Nil },
		decide: func(a access.Actor) (change, error) {
			n, err := decide(a, x)
			return change{enrolments: []uuid.UUID{x.EnrolmentID}, queue: func(b *pgx.Batch) {
				b.Queue(`insert into app.consent (org_id, id, enrolment_id, purpose, given, how, lang, text_version_id) values (@org, @id, @enrolment, @purpose, @given, @how, @lang, @text)`,
					args{"org": a.OrgID, "id": form.ID, "enrolment": x.EnrolmentID, "purpose": n.Purpose, "given": n.Given, "how": n.How, "lang": n.Lang, "text": n.Text})
			}}, err
		}})
}

// Opened is who opened the participant's own case.
func (db *DB) Opened(ctx context.Context) ([]participant.Opened, error) {
	var out []participant.Opened
	err := db.read(ctx, question{do: access.OpenedView, scope: scopeGranted, ask: func(b *pgx.Batch) {
		list(b, &out, `select o.day, o.role, o.purpose, o.times from app.opened_mine() o`, nil)
	}})
	return out, err
}
