package door

import (
	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
)

// QueueCorrection keeps what a fact was before it was corrected; of is the column that says of what: enrolment_id, cohort_id
// or employer_id.
func QueueCorrection(b *pgx.Batch, org uuid.UUID, of string, id uuid.UUID, field, was, now string) {
	b.Queue(`insert into app.correction (org_id, id, `+of+`, field, was, now)
values (@org, @id, @of, @field, @was, @now)`,
		Args{"org": org, "id": NewID(), "of": id, "field": field, "was": was, "now": now})
}

// Corrections are the rows of app.correction c for which a condition holds, the newest first, as one value of participant.Correction.
func Corrections(condition string) string {
	return `coalesce(
    (
      select jsonb_agg(
        jsonb_build_object('Field', c.field, 'Was', c.was, 'Now', c.now, 'By', m.name, 'At', c.at) order by c.at desc, c.id desc)
      from app.correction c
      join app.membership m on m.org_id = c.org_id and m.id = c.by_id
      where ` + condition + `),
    '[]') corrections`
}
