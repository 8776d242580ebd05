package postgres

import (
	"context"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"kuukausi/internal/access"
	"kuukausi/internal/cohort"
)

const (
	qNote = `select n.id, n.body, n.visibility, n.source, n.in_review, n.wording, n.batch_id is not null "group", m.name written_by,
  n.written_by = (select nullif(current_setting('app.actor', true), '')::uuid) own, n.at, n.version,
  n.corrections earlier
from app.note n
join app.membership m on m.org_id = n.org_id and m.id = n.written_by
`
	qNotes = qNote + `where n.enrolment_id = @enrolment
order by n.at desc, n.id desc
limit 200`
	qWords   = `select word from app.wording order by word limit 500`
	qAddNote = `insert into app.note (org_id, id, enrolment_id, body, visibility, source, in_review, wording, batch_id)
values (@org, @id, @enrolment, @body, @visibility, @source, @in_review, @wording, @batch)`
)

func queueNote(b *pgx.Batch, org, id uuid.UUID, batch any, n cohort.NewNote) {
	b.Queue(qAddNote, args{"org": org, "id": id, "enrolment": n.Enrolment, "body": n.Body, "visibility": n.Visibility, "source": n.Source, "in_review": n.InReview, "wording": n.Wording, "batch": batch})
}

// AddNote stores a note of a case; its id is the form's.
func (db *DB) AddNote(ctx context.Context, enrolment uuid.UUID, form access.Form, decide func(cohort.NoteCase) (cohort.NewNote, error)) error {
	var words []string
	return db.addToCase(ctx, access.NoteAdd, enrolment, form, &words, func(a access.Actor, c cohort.NoteCase) (func(*pgx.Batch), error) {
		n, err := decide(c)
		return func(b *pgx.Batch) { queueNote(b, a.OrgID, form.ID, nil, n) }, err
	})
}

const qHeldNote = `select n.id, n.body, n.visibility, n.source, n.in_review, n.wording, n.batch_id is not null "group", '' written_by,
  n.written_by = (select nullif(current_setting('app.actor', true), '')::uuid) own, n.at, n.version,
  n.corrections earlier, n.enrolment_id enrolment, e.state, p.first_name || ' ' || p.last_name as name
from app.note n
join app.enrolment e on e.org_id = n.org_id and e.id = n.enrolment_id
join app.participant p on p.org_id = e.org_id and p.id = e.participant_id
where n.id = @note and n.written_by = (select nullif(current_setting('app.actor', true), '')::uuid) `

// NotePage is a note of the actor's own, to be corrected.
func (db *DB) NotePage(ctx context.Context, id uuid.UUID) (cohort.HeldNote, error) {
	var n cohort.HeldNote
	err := db.read(ctx, question{do: access.NoteView, subject: id, scope: scopeNote, found: func() bool { return n.ID == id }, ask: func(b *pgx.Batch) {
		one(b, &n, qHeldNote, args{"note": id})
	}})
	return n, err
}

// ChangeNote corrects or, for access.NoteDrop, deletes a note of the actor's own. It answers whose case it is.
func (db *DB) ChangeNote(ctx context.Context, do access.Action, id uuid.UUID, form access.Form, decide func(access.Actor, cohort.HeldNote) (cohort.NewNote, error)) (uuid.UUID, error) {
	var n cohort.HeldNote
	err := db.write(ctx, act{do: do, subject: id, form: form,
		ask: func(b *pgx.Batch) {
			one(b, &n, qHeldNote+"for update of n", args{"note": id})
			values(b, &n.Words, qWords, nil)
		},
		found:   func() bool { return n.ID == id },
		version: func() int { return n.Version },
		decide: func(a access.Actor) (change, error) {
			to, err := decide(a, n)
			return change{enrolments: []uuid.UUID{n.Enrolment}, queue: func(b *pgx.Batch) {
				if do.Name == access.NoteDrop.Name {
					b.Queue(`delete from app.note where id = @id`, args{"id": id})
					return
				}
				more := 0
				if n.Visibility != cohort.Private {
					more = 1
					b.Queue(`insert into app.note_before (org_id, note_id, number, enrolment_id, body, visibility) values (@org, @id, @number, @enrolment, @body, @visibility)`,
						args{"org": a.OrgID, "id": id, "number": n.Version, "enrolment": n.Enrolment, "body": n.Body, "visibility": n.Visibility})
				}
				b.Queue(`update app.note set body = @body, visibility = @visibility, in_review = @in_review, wording = @wording, corrections = corrections + @more, version = version + 1 where id = @id`,
					args{"more": more, "id": id, "body": to.Body, "visibility": to.Visibility, "in_review": to.InReview, "wording": to.Wording})
			}}, err
		}})
	return n.Enrolment, err
}

const qRoster = `select e.id enrolment_id, p.first_name, p.last_name, e.state
from app.enrolment e
join app.participant p on p.org_id = e.org_id and p.id = e.participant_id
where e.cohort_id = @cohort %s
order by p.first_name collate "fi-x-icu", p.last_name collate "fi-x-icu", e.id
limit 200`

func queueRoster(b *pgx.Batch, id uuid.UUID, r *cohort.Roster, states string) {
	a := args{"cohort": id}
	one(b, &r.Head, qHead, a)
	list(b, &r.People, sqlf(qRoster, states), a)
}

// Roster is a cohort with its people, for a note to several.
func (db *DB) Roster(ctx context.Context, id uuid.UUID) (cohort.Roster, error) {
	var r cohort.Roster
	err := db.read(ctx, question{do: access.RosterView, subject: id, scope: scopeCohort, found: func() bool { return r.Head.ID == id }, ask: func(b *pgx.Batch) {
		queueRoster(b, id, &r, "and "+placed)
	}})
	return r, err
}

// AddGroupNote stores a note a person under one batch, which is the form's id.
func (db *DB) AddGroupNote(ctx context.Context, id uuid.UUID, form access.Form, decide func(cohort.Roster) ([]cohort.NewNote, error)) error {
	var r cohort.Roster
	return db.write(ctx, act{do: access.GroupNoteAdd, subject: id, form: form,
		ask: func(b *pgx.Batch) {
			queueRoster(b, id, &r, "") // also who has left meanwhile
			values(b, &r.Words, qWords, nil)
		},
		found: func() bool { return r.Head.ID == id },
		decide: func(a access.Actor) (change, error) {
			ns, err := decide(r)
			ch := change{queue: func(b *pgx.Batch) {
				for _, n := range ns {
					queueNote(b, a.OrgID, newID(), form.ID, n)
				}
			}}
			for _, n := range ns {
				ch.enrolments = append(ch.enrolments, n.Enrolment)
			}
			return ch, err
		}})
}

// Words are the words of the organisation that ask for a second thought.
func (db *DB) Words(ctx context.Context) ([]string, error) {
	var out []string
	err := db.read(ctx, question{do: access.WordingList, ask: func(b *pgx.Batch) { values(b, &out, qWords, nil) }})
	return out, err
}

// EditWords adds and takes away words.
func (db *DB) EditWords(ctx context.Context, form access.Form, decide func(have []string) (add, drop []string, err error)) error {
	var have []string
	return db.write(ctx, act{do: access.WordingEdit, form: form,
		ask: func(b *pgx.Batch) { values(b, &have, qWords, nil) },
		decide: func(a access.Actor) (change, error) {
			add, drop, err := decide(have)
			return change{queue: func(b *pgx.Batch) {
				b.Queue(`insert into app.wording (org_id, word) select @org, w from unnest(@words::text[]) w on conflict do nothing`, args{"org": a.OrgID, "words": add})
				b.Queue(`delete from app.wording where word = any(@words)`, args{"words": drop})
			}}, err
		}})
}
