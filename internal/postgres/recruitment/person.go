package recruitment

import (
	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"kuukausi/internal/access"
	"kuukausi/internal/participant"
	"kuukausi/internal/postgres/door"
	"kuukausi/internal/recruitment"
)

// queueKnown asks whether the organisation knows a person already.
func queueKnown(b *pgx.Batch, who recruitment.Lookup, known *[]participant.Known) {
	door.List(b, known, `select
  k.participant_id,
  k.first_name,
  k.last_name,
  k.born_on,
  k.by_code
from app.known_people(@first, @last, @born, @code) k`,
		door.Args{"first": who.First, "last": who.Last, "born": door.OrNoDay(who.Born), "code": who.Index})
}

// queuePerson stores who somebody is, unless they are there.
func queuePerson(b *pgx.Batch, a access.Actor, n recruitment.NewPerson) {
	if n.Exists {
		if n.Code != nil { // an expert may enter a code, and change nothing else of a person
			b.Queue(`update app.participant
set code_known = true, version = version + 1
where id = @id and not code_known`, door.Args{"id": n.ID})
		}
		return
	}
	f := n.PersonForm
	b.Queue(
		`insert into app.participant (
  org_id, id, first_name, last_name, born_on, municipality, phone, email, lang, code_known, created_by)
values (@org, @id, @first, @last, @born, @muni, @phone, @email, @lang, @known, @by)`,
		door.Args{
			"org":   a.OrgID,
			"id":    n.ID,
			"first": f.FirstName,
			"last":  f.LastName,
			"born":  f.BornOn,
			"muni":  f.Municipality,
			"phone": f.Phone,
			"email": f.Email,
			"lang":  f.Lang,
			"known": n.Code != nil,
			"by":    a.ID,
		},
	)
}

// queueCode stores a person's sealed identity code; their case has to be there for the policy to let it in.
func queueCode(b *pgx.Batch, org, person uuid.UUID, c *participant.Code) {
	if c != nil {
		b.Queue(`insert into app.national_id (org_id, participant_id, sealed, code_index)
values (@org, @person, @sealed, app.code_index(@index))
on conflict (org_id, participant_id) do nothing`,
			door.Args{"org": org, "person": person, "sealed": c.Sealed, "index": c.Index})
	}
}
