package participant

import (
	"context"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"kuukausi/internal/access"
	"kuukausi/internal/participant"
	"kuukausi/internal/postgres/door"
)

var qBasics = `select
  e.id enrolment_id,
  p.id participant_id,
  p.first_name,
  p.last_name,
  p.born_on,
  p.lang,
  p.code_known,
  p.version,
  ` + door.Corrections("c.org_id = e.org_id and c.enrolment_id = e.id and c.field in ('first_name', 'last_name', 'born_on', 'lang')") + `
from app.enrolment e
join app.participant p on p.org_id = e.org_id and p.id = e.participant_id
where e.id = @enrolment`

// Basics are who the person of a case is, with what was corrected.
func (db Store) Basics(ctx context.Context, id uuid.UUID) (participant.Basics, error) {
	var b participant.Basics
	err := db.Read(ctx, door.Question{
		Do:      access.BasicsView,
		Subject: id,
		Scope:   door.ScopeEnrolment,
		Found:   func() bool { return b.EnrolmentID == id },
		Ask:     func(q *pgx.Batch) { door.One(q, &b, qBasics, door.Args{"enrolment": id}) },
	})
	return b, err
}

// CorrectBasics stores who somebody is, and what of it was corrected.
func (db Store) CorrectBasics(
	ctx context.Context,
	id uuid.UUID,
	form access.Form,
	decide func(access.Actor, participant.Basics) (participant.BasicsForm, []participant.Correction, error),
) error {
	var x participant.Basics
	return db.Write(ctx, door.Act{Do: access.BasicsCorrect, Subject: id, Form: form,
		Ask:     func(b *pgx.Batch) { door.One(b, &x, qBasics+" for update of p", door.Args{"enrolment": id}) },
		Found:   func() bool { return x.EnrolmentID == id },
		Version: func() int { return x.Version },
		Decide: func(a access.Actor) (door.Change, error) {
			f, changed, err := decide(a, x)
			return door.Change{Enrolments: []uuid.UUID{id}, Queue: func(b *pgx.Batch) {
				b.Queue(`update app.participant
set
  first_name = @first,
  last_name = @last,
  born_on = @born,
  lang = @lang,
  version = version + 1
where id = @id`, door.Args{
					"first": f.FirstName, "last": f.LastName, "born": f.BornOn, "lang": f.Lang, "id": x.ParticipantID,
				})
				for _, c := range changed {
					door.QueueCorrection(b, a.OrgID, "enrolment_id", id, c.Field, c.Was, c.Now)
				}
			}}, err
		}})
}
