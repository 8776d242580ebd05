package casework

import (
	"context"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"kuukausi/internal/access"
	"kuukausi/internal/casework"
	"kuukausi/internal/postgres/door"
)

const qAddNote = `insert into app.note (org_id, id, enrolment_id, body, visibility, source, in_review, wording, batch_id)
values (@org, @id, @enrolment, @body, @visibility, @source, @in_review, @wording, @batch)`

func queueNote(b *pgx.Batch, org, id uuid.UUID, batch any, n casework.NewNote) {
	b.Queue(qAddNote, door.Args{
		"org":        org,
		"id":         id,
		"enrolment":  n.Enrolment,
		"body":       n.Body,
		"visibility": n.Visibility,
		"source":     n.Source,
		"in_review":  n.InReview,
		"wording":    n.Wording,
		"batch":      batch,
	})
}

// AddNote stores a note of a case; its id is the form's.
func (db Store) AddNote(
	ctx context.Context,
	enrolment uuid.UUID,
	form access.Form,
	decide func(casework.NoteCase) (casework.NewNote, error),
) error {
	var words []string
	return db.addToCase(ctx, access.NoteAdd, enrolment, form, &words, func(a access.Actor, c casework.NoteCase) (func(*pgx.Batch), error) {
		n, err := decide(c)
		return func(b *pgx.Batch) { queueNote(b, a.OrgID, form.ID, nil, n) }, err
	})
}

const qHeldNote = `select
  n.id,
  n.body,
  n.visibility,
  n.source,
  n.in_review,
  n.wording,
  n.batch_id is not null "group",
  '' written_by,
  n.written_by = (select nullif(current_setting('app.actor', true), '')::uuid) own,
  n.at,
  n.version,
  n.corrections earlier,
  n.enrolment_id enrolment,
  e.state,
  p.first_name || ' ' || p.last_name as name
from app.note n
join app.enrolment e on e.org_id = n.org_id and e.id = n.enrolment_id
join app.participant p on p.org_id = e.org_id and p.id = e.participant_id
where n.id = @note
  and n.written_by = (select nullif(current_setting('app.actor', true), '')::uuid) `

// NotePage is a note of the actor's own, to be corrected.
func (db Store) NotePage(ctx context.Context, id uuid.UUID) (casework.HeldNote, error) {
	var n casework.HeldNote
	err := db.Read(
		ctx,
		door.Question{Do: access.NoteView, Subject: id, Scope: door.ScopeNote, Found: func() bool { return n.ID == id }, Ask: func(b *pgx.Batch) {
			door.One(b, &n, qHeldNote, door.Args{"note": id})
		}},
	)
	return n, err
}

// ChangeNote corrects or, for access.NoteDrop, deletes a note of the actor's own. It answers whose case it is.
func (db Store) ChangeNote(
	ctx context.Context,
	do access.Action,
	id uuid.UUID,
	form access.Form,
	decide func(access.Actor, casework.HeldNote) (casework.NewNote, error),
) (uuid.UUID, error) {
	var n casework.HeldNote
	err := db.Write(ctx, door.Act{Do: do, Subject: id, Form: form,
		Ask: func(b *pgx.Batch) {
			door.One(b, &n, qHeldNote+"for update of n", door.Args{"note": id})
			door.Values(b, &n.Words, qWords, nil)
		},
		Found:   func() bool { return n.ID == id },
		Version: func() int { return n.Version },
		Decide: func(a access.Actor) (door.Change, error) {
			to, err := decide(a, n)
			return door.Change{Enrolments: []uuid.UUID{n.Enrolment}, Queue: func(b *pgx.Batch) {
				if do.Name == access.NoteDrop.Name {
					b.Queue(`delete from app.note where id = @id`, door.Args{"id": id})
					return
				}
				more := 0
				if n.Visibility != casework.Private {
					more = 1
					b.Queue(`insert into app.note_before (org_id, note_id, number, enrolment_id, body, visibility)
values (@org, @id, @number, @enrolment, @body, @visibility)`,
						door.Args{"org": a.OrgID, "id": id, "number": n.Version, "enrolment": n.Enrolment, "body": n.Body, "visibility": n.Visibility})
				}
				b.Queue(`update app.note
set
  body = @body,
  visibility = @visibility,
  in_review = @in_review,
  wording = @wording,
  corrections = corrections + @more,
  version = version + 1
where id = @id`,
					door.Args{"more": more, "id": id, "body": to.Body, "visibility": to.Visibility, "in_review": to.InReview, "wording": to.Wording})
			}}, err
		}})
	return n.Enrolment, err
}
