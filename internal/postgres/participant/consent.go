package participant

import (
	"context"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"kuukausi/internal/access"
	"kuukausi/internal/participant"
	"kuukausi/internal/postgres/door"
)

var consentTexts = func() door.Args {
	keys := make([]string, 0, len(participant.Purposes))
	for _, p := range participant.Purposes {
		keys = append(keys, participant.ConsentText(p))
	}
	return door.Args{"keys": keys}
}()

// queueConsents asks for a case with what its person answered; a participant's own newest case when enrolment is Nil.
func queueConsents(b *pgx.Batch, enrolment uuid.UUID, x *participant.Consents) {
	of, a := func(q string) string { return q }, door.Args{"enrolment": enrolment}
	if enrolment == uuid.Nil {
		of, a = door.WithLatest, nil
	}
	door.One(b, x, of(`select
  e.id enrolment_id,
  p.first_name,
  p.last_name,
  p.lang,
  e.closed_at is null open
from app.enrolment e
join app.participant p on p.org_id = e.org_id and p.id = e.participant_id
where e.id = @enrolment`), a)
	door.List(b, &x.Answers, of(`select
  c.purpose,
  c.given,
  c.how,
  c.lang,
  coalesce(m.name, '') by,
  c.at
from app.consent c
left join app.membership m on m.org_id = c.org_id and m.id = c.entered_by
where c.enrolment_id = @enrolment
order by c.at desc, c.id desc
limit 200`), a)
	door.List(b, &x.Texts, door.Texts, consentTexts)
}

// Consents are what a person answered: for the coach of a case, or a participant's own with Nil.
func (db Store) Consents(ctx context.Context, do access.Action, id uuid.UUID) (participant.Consents, error) {
	var x participant.Consents
	q := door.Question{
		Do:      do,
		Subject: id,
		Scope:   door.ScopeEnrolment,
		Found:   func() bool { return x.EnrolmentID != uuid.Nil },
		Ask:     func(b *pgx.Batch) { queueConsents(b, id, &x) },
	}
	if id == uuid.Nil {
		q.Scope = door.ScopeGranted
	}
	err := db.Read(ctx, q)
	return x, err
}

// AddConsent stores an answer; it is never changed.
func (db Store) AddConsent(
	ctx context.Context,
	do access.Action,
	id uuid.UUID,
	form access.Form,
	decide func(access.Actor, participant.Consents) (participant.Answer, error),
) error {
	var x participant.Consents
	return db.Write(ctx, door.Act{Do: do, Subject: id, Form: form,
		Ask:   func(b *pgx.Batch) { queueConsents(b, id, &x) },
		Found: func() bool { return x.EnrolmentID != uuid.Nil },
		Decide: func(a access.Actor) (door.Change, error) {
			n, err := decide(a, x)
			return door.Change{Enrolments: []uuid.UUID{x.EnrolmentID}, Queue: func(b *pgx.Batch) {
				b.Queue(
					`insert into app.consent (org_id, id, enrolment_id, purpose, given, how, lang, text_version_id)
values (@org, @id, @enrolment, @purpose, @given, @how, @lang, @text)`,
					door.Args{
						"org":       a.OrgID,
						"id":        form.ID,
						"enrolment": x.EnrolmentID,
						"purpose":   n.Purpose,
						"given":     n.Given,
						"how":       n.How,
						"lang":      n.Lang,
						"text":      n.Text,
					},
				)
			}}, err
		}})
}

// Opened is who opened the participant's own case.
func (db Store) Opened(ctx context.Context) ([]participant.Opened, error) {
	var out []participant.Opened
	err := db.Read(ctx, door.Question{Do: access.OpenedView, Scope: door.ScopeGranted, Ask: func(b *pgx.Batch) {
		door.List(b, &out, `select o.day, o.role, o.purpose, o.times from app.opened_mine() o`, nil)
	}})
	return out, err
}
