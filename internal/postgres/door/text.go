package door

import (
	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
)

// Texts are the newest versions of texts people agree to or are told, in each language.
const Texts = `select distinct on (t.key, t.lang)
  t.id,
  t.key,
  t.lang,
  t.body
from app.text_version t
where t.key = any(@keys)
order by t.key, t.lang, t.version desc
limit 20`

// QueueCorrection keeps what a fact of a case was before it was corrected.
func QueueCorrection(b *pgx.Batch, org, enrolment uuid.UUID, field, was, now string) {
	b.Queue(`insert into app.correction (org_id, id, enrolment_id, field, was, now)
values (@org, @id, @enrolment, @field, @was, @now)`,
		Args{"org": org, "id": NewID(), "enrolment": enrolment, "field": field, "was": was, "now": now})
}
