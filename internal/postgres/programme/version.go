package programme

import (
	"context"
	"strconv"
	"strings"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"kuukausi/internal/access"
	"kuukausi/internal/postgres/door"
	"kuukausi/internal/programme"
)

// Versions are the models' versions, the newest first.
func (db Store) Versions(ctx context.Context) ([]programme.Summary, error) {
	var out []programme.Summary
	err := db.Read(ctx, door.Question{Do: access.ModelList, Ask: func(b *pgx.Batch) {
		door.List(b, &out, `select
  v.id,
  `+door.Text("v.id", "'name'")+` name,
  m.code,
  v.version "number",
  v.weeks,
  v.in_cohort,
  v.published_at,
  (select count(*)::int from app.cohorts_on(v.id)) cohorts
from app.programme_version v
join app.programme_model m on m.org_id = v.org_id and m.id = v.model_id
order by m.code, v.version desc
limit 100`, nil)
	}})
	return out, err
}

// storedVersion is a version as its tables hold it: the texts are rows of subject and language, which the model folds.
type storedVersion struct {
	programme.Version
	texts []textRow
}

type textRow struct{ Subject, Lang, Body string }

// queue asks for a version.
func (x *storedVersion) queue(b *pgx.Batch, id uuid.UUID) {
	a := door.Args{"version": id}
	door.One(b, &x.Version, `select
  v.id,
  m.code,
  v.version "number",
  v.edition,
  v.published_at,
  m.pre_assignments asked,
  (
    select count(*)::int
    from app.programme_version d
    where d.org_id = v.org_id
      and d.model_id = v.model_id
      and d.published_at is null) drafts,
  v.coaching_kind,
  v.in_cohort,
  v.weeks,
  v.size_min,
  v.size_max,
  v.review_parties,
  v.outcomes,
  v.shape
from app.programme_version v
join app.programme_model m on m.org_id = v.org_id and m.id = v.model_id
where v.id = @version`, a)
	door.List(b, &x.Slots, `select
  s.day,
  s.half,
  s.week,
  s.kind,
  s.starts_at starts,
  s.ends_at ends
from app.programme_slot s
where s.version_id = @version
order by s.day, s.half
limit 1100`, a)
	door.List(b, &x.Contacts, `select c.code, c.day_offset "day"
from app.programme_contact c
where c.version_id = @version
order by c.number
limit 100`, a)
	door.List(b, &x.texts, `select t.subject, t.lang, t.body from app.programme_text t where t.version_id = @version limit 8000`, a)
}

// folded folds the rows into a model.
func (x *storedVersion) folded() programme.Version {
	v := x.Version
	m := &v.Model
	texts, pres := map[string]programme.Text{}, 0
	for _, t := range x.texts {
		if texts[t.Subject] == nil {
			texts[t.Subject] = programme.Text{}
		}
		texts[t.Subject][t.Lang] = t.Body
		if p := strings.Split(t.Subject, "."); p[0] == "pre" && len(p) == 3 {
			if n, err := strconv.Atoi(p[1]); err == nil {
				pres = max(pres, n)
			}
		}
	}
	of := func(subject string) programme.Text {
		if t := texts[subject]; t != nil {
			return t
		}
		return programme.Text{}
	}
	m.Name = of("name")
	for i := range m.Weeks {
		m.Themes = append(m.Themes, of("theme."+strconv.Itoa(i+1)))
	}
	for i, s := range m.Slots {
		m.Slots[i].Text = of("slot." + strconv.Itoa(s.Day) + "." + strconv.Itoa(s.Half))
	}
	for i := range pres {
		n := "pre." + strconv.Itoa(i+1)
		m.PreAssigns = append(m.PreAssigns, programme.PreAssignment{Title: of(n + ".title"), Body: of(n + ".body")})
	}
	return v
}

// Version is one version with everything it holds and the cohorts made from it.
func (db Store) Version(ctx context.Context, id uuid.UUID) (programme.Version, error) {
	var x storedVersion
	err := db.Read(ctx, door.Question{Do: access.ModelView, Subject: id, Found: func() bool { return x.ID == id }, Ask: func(b *pgx.Batch) {
		x.queue(b, id)
		door.List(
			b,
			&x.Cohorts,
			`select c.name, c.place, c.state, c.starts_on, c.ends_on from app.cohorts_on(@version) c`,
			door.Args{"version": id},
		)
	}})
	return x.folded(), err
}

// CopyVersion stores the next version of a model with the contents of this one. Its id is the form's.
func (db Store) CopyVersion(ctx context.Context, id uuid.UUID, form access.Form) error {
	var x storedVersion
	return db.Write(ctx, door.Act{Do: access.ModelCopy, Subject: form.ID, About: id, Form: form,
		Ask:   func(b *pgx.Batch) { x.queue(b, id) },
		Found: func() bool { return x.ID == id },
		Decide: func(a access.Actor) (door.Change, error) {
			m := x.folded().Model
			return door.Change{Queue: func(b *pgx.Batch) {
				b.Queue(`insert into app.programme_version (
  org_id, id, model_id, version, coaching_kind, in_cohort, weeks, size_min, size_max, pre_assignments, review_parties,
  outcomes, shape)
select
  v.org_id,
  @id,
  v.model_id,
  (select max(n.version) + 1 from app.programme_version n where n.org_id = v.org_id and n.model_id = v.model_id),
  v.coaching_kind,
  v.in_cohort,
  v.weeks,
  v.size_min,
  v.size_max,
  v.pre_assignments,
  v.review_parties,
  v.outcomes,
  v.shape
from app.programme_version v
where v.id = @version`, door.Args{"id": form.ID, "version": id})
				QueueModel(b, a.OrgID, form.ID, m)
			}}, nil
		}})
}

// changeVersion locks a version and stores what decide says.
func (db Store) changeVersion(
	ctx context.Context,
	do access.Action,
	id uuid.UUID,
	form access.Form,
	decide func(access.Actor, programme.Version) (func(*pgx.Batch), error),
) error {
	var x storedVersion
	return db.Write(ctx, door.Act{Do: do, Subject: id, Form: form,
		// a published version is none the web role may change, so it is not locked: it is read below, as it became
		Ask: func(b *pgx.Batch) {
			b.Queue(`select v.id from app.programme_version v where v.id = @version for update`, door.Args{"version": id})
			x.queue(b, id)
		},
		Found:   func() bool { return x.ID == id },
		Version: func() int { return x.Edition },
		Decide: func(a access.Actor) (door.Change, error) {
			queue, err := decide(a, x.folded())
			return door.Change{Queue: queue}, err
		}})
}

// EditVersion stores a draft's new contents.
func (db Store) EditVersion(
	ctx context.Context,
	id uuid.UUID,
	form access.Form,
	decide func(programme.Version) (programme.Model, error),
) error {
	return db.changeVersion(ctx, access.ModelEdit, id, form, func(a access.Actor, v programme.Version) (func(*pgx.Batch), error) {
		m, err := decide(v)
		return func(b *pgx.Batch) {
			queueEdition(b, id)
			b.Queue(
				`update app.programme_version
set
  coaching_kind = @kind,
  weeks = @weeks,
  size_min = @min,
  size_max = @max,
  pre_assignments = @pre,
  review_parties = @parties,
  outcomes = @outcomes,
  shape = @shape
where id = @id`,
				door.Args{
					"id":       id,
					"kind":     m.CoachingKind,
					"weeks":    m.Weeks,
					"min":      m.SizeMin,
					"max":      m.SizeMax,
					"pre":      len(m.PreAssigns),
					"parties":  m.ReviewParties,
					"outcomes": m.Outcomes,
					"shape":    m.Shape,
				},
			)
			queueEmpty(b, id)
			QueueModel(b, a.OrgID, id, m)
		}, err
	})
}

// queueEdition counts an edit.
func queueEdition(b *pgx.Batch, id uuid.UUID) {
	b.Queue(`update app.programme_version set edition = edition + 1 where id = @id`, door.Args{"id": id})
}

// PublishVersion stores that a version is published: the policies let nobody change it from then on.
func (db Store) PublishVersion(ctx context.Context, id uuid.UUID, form access.Form, decide func(programme.Version) error) error {
	return db.changeVersion(ctx, access.ModelPublish, id, form, func(a access.Actor, v programme.Version) (func(*pgx.Batch), error) {
		return func(b *pgx.Batch) {
			queueEdition(b, id)
			b.Queue(`update app.programme_version set published_at = @now where id = @id`, door.Args{"id": id, "now": a.Now})
			if v.Number == 1 { // the first version says how many pre-assignments the model sends
				b.Queue(`update app.programme_model m
set pre_assignments = @asked
from app.programme_version v
where v.id = @id and m.org_id = v.org_id and m.id = v.model_id`, door.Args{"id": id, "asked": len(v.Model.PreAssigns)})
			}
		}, decide(v)
	})
}

// DropVersion deletes a draft, and with its last one the model: its code is free again.
func (db Store) DropVersion(ctx context.Context, id uuid.UUID, form access.Form, decide func(programme.Version) error) error {
	return db.changeVersion(ctx, access.ModelDrop, id, form, func(a access.Actor, v programme.Version) (func(*pgx.Batch), error) {
		return func(b *pgx.Batch) {
			queueEmpty(b, id)
			b.Queue(`delete from app.programme_version where id = @id`, door.Args{"id": id})
			b.Queue(`delete from app.programme_model m
where not exists (select from app.programme_version v where v.org_id = m.org_id and v.model_id = m.id)`)
		}, decide(v)
	})
}
