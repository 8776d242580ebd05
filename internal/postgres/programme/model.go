package programme

import (
	"context"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"kuukausi/internal/access"
	"kuukausi/internal/postgres/door"
	"kuukausi/internal/programme"
)

// NewModelPage asks only whether the actor may open the page.
func (db Store) NewModelPage(ctx context.Context) error {
	return db.Read(ctx, door.Question{Do: access.ModelNew, Ask: func(*pgx.Batch) {}})
}

// NewModel stores a model with its first version, a draft, whose id is the form's. Its code must be new.
func (db Store) NewModel(ctx context.Context, form access.Form, decide func(codes []string) (programme.Model, error)) error {
	var codes []string
	return db.Write(ctx, door.Act{Do: access.ModelCreate, Subject: form.ID, Form: form,
		Ask: func(b *pgx.Batch) {
			door.Values(b, &codes, `select m.code from app.programme_model m order by m.code limit 500`, nil)
		},
		Decide: func(a access.Actor) (door.Change, error) {
			m, err := decide(codes)
			return door.Change{Queue: func(b *pgx.Batch) {
				model := door.NewID()
				b.Queue(`insert into app.programme_model (org_id, id, code, pre_assignments)
values (@org, @id, @code, @asked)`, door.Args{"org": a.OrgID, "id": model, "code": m.Code, "asked": len(m.PreAssigns)})
				b.Queue(`insert into app.programme_version (
  org_id, id, model_id, version, coaching_kind, in_cohort, weeks, size_min, size_max, pre_assignments, review_parties,
  outcomes, shape)
values (@org, @id, @model, 1, @kind, @cohort, @weeks, @min, @max, @asked, @parties, @outcomes, @shape)`, door.Args{
					"org": a.OrgID, "id": form.ID, "model": model, "kind": m.CoachingKind, "cohort": m.InCohort, "weeks": m.Weeks,
					"min": m.SizeMin, "max": m.SizeMax, "asked": len(m.PreAssigns), "parties": m.ReviewParties,
					"outcomes": m.Outcomes, "shape": m.Shape,
				})
				QueueModel(b, a.OrgID, form.ID, m)
			}}, err
		}})
}

// queueEmpty takes a draft's contents away.
func queueEmpty(b *pgx.Batch, id uuid.UUID) {
	for _, table := range []string{"programme_slot", "programme_contact", "programme_text"} {
		b.Queue(`delete from app.`+table+` where version_id = @id`, door.Args{"id": id})
	}
}

// QueueModel stores a version's half-days, contacts and texts, a statement each.
func QueueModel(b *pgx.Batch, org, version uuid.UUID, m programme.Model) {
	var day, half, week, starts, ends, number, offset []int16
	var kinds, codes, subjects, langs, bodies []string
	for _, s := range m.Slots {
		day, half, week, starts, ends = append(day, int16(s.Day)), append(half, int16(s.Half)), append(week, int16(s.Week)), append(
			starts,
			int16(s.Starts),
		), append(ends, int16(s.Ends))
		kinds = append(kinds, s.Kind)
	}
	for i, c := range m.Contacts {
		number, offset, codes = append(number, int16(i+1)), append(offset, int16(c.Day)), append(codes, c.Code)
	}
	for subject, t := range m.Texts() {
		for lang, body := range t {
			subjects, langs, bodies = append(subjects, subject), append(langs, lang), append(bodies, body)
		}
	}
	b.Queue(`insert into app.programme_slot (org_id, version_id, day, half, week, kind, starts_at, ends_at)
select
  $1,
  $2,
  x.day,
  x.half,
  x.week,
  x.kind,
  x.starts,
  x.ends
from unnest($3::int2[], $4::int2[], $5::int2[], $6::text[], $7::int2[], $8::int2[]) x (
  day, half, week, kind, starts, ends)`, org, version, day, half, week, kinds, starts, ends)
	b.Queue(`insert into app.programme_contact (org_id, version_id, number, code, day_offset)
select
  $1,
  $2,
  x.number,
  x.code,
  x.day
from unnest($3::int2[], $4::text[], $5::int2[]) x (number, code, day)`, org, version, number, codes, offset)
	b.Queue(`insert into app.programme_text (org_id, version_id, subject, lang, body)
select
  $1,
  $2,
  x.subject,
  x.lang,
  x.body
from unnest($3::text[], $4::text[], $5::text[]) x (subject, lang, body)`, org, version, subjects, langs, bodies)
}
