package postgres

import (
	"context"
	"strings"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"kuukausi/internal/access"
	"kuukausi/internal/placement"
)

// qCandidates are all sites with what a match asks of them in the days from @from to @until.
const qCandidates = `select s.id site_id, w.name employer, s.name site, s.municipality, s.field, s.tasks, app.places_free(s.id, @from, @until, null) free, app.places_held(s.id, @from, @until, null) held, ` + asked + ` asked, s.cooled_until,
  (select max(k.on_day) from app.site_contact k where k.org_id = s.org_id and k.site_id = s.id) last_contact
from app.site s join app.employer w on w.org_id = s.org_id and w.id = s.employer_id
order by s.name collate "fi-x-icu"
limit 500`

const matchingColumns = `select ` + caseColumns + `, p.municipality, ` + profileJSON + ` profile,
  greatest(@today::date, e.starts_on) "from",
  greatest(@today::date, e.ends_on) "until",
  coalesce((
    select array_agg(distinct t.site_id)
    from app.trial t
    where t.org_id = e.org_id and t.enrolment_id = e.id and t.state in ('ended', 'cancelled', 'declined')), '{}') tried`

// Matching is one person without a site, and the sites.
func (db *DB) Matching(ctx context.Context, id uuid.UUID) (placement.Matching, error) {
	var m placement.Matching
	a := args{"enrolment": id, "today": access.From(ctx).Today()}
	err := db.read(ctx, question{do: access.MatchingView, subject: id, scope: scopeEnrolment, found: func() bool { return m.EnrolmentID == id }, ask: func(b *pgx.Batch) {
		one(b, &m, matchingColumns+`
from app.enrolment e join app.participant p on p.org_id = e.org_id and p.id = e.participant_id left join app.cohort c on c.org_id = e.org_id and c.id = e.cohort_id
where e.id = @enrolment`, a)
		weeks := `(select %s(@today::date, e.%s) from app.enrolment e where e.id = @enrolment)`
		list(b, &m.Sites, withDays(qCandidates, sqlf(weeks, "greatest", "starts_on"), sqlf(weeks, "greatest", "ends_on")), a)
	}})
	return m, err
}

// UnplacedPeople are the open cases without a site, of the actor's own. Free places are counted in the weeks of each.
func (db *DB) UnplacedPeople(ctx context.Context) ([]placement.Unplaced, error) {
	var out []placement.Unplaced
	var sites []placement.Candidate
	var offers []placement.Offer
	var holds []placement.Hold
	err := db.read(ctx, question{do: access.MatchingBoard, scope: scopeGranted, ask: func(b *pgx.Batch) {
		list(b, &out, q(matchingColumns+`
from {mine} join app.enrolment e on e.org_id = mine.org_id and e.id = mine.enrolment_id
join app.participant p on p.org_id = e.org_id and p.id = e.participant_id left join app.cohort c on c.org_id = e.org_id and c.id = e.cohort_id
where e.state in ('accepted', 'preparing', 'active') and not exists (select from app.trial t where t.org_id = e.org_id and t.enrolment_id = e.id and t.state in ('draft', 'active') and t.ends_on >= {today})
order by e.starts_on, p.first_name collate "fi-x-icu", p.last_name collate "fi-x-icu"
limit 100`), args{"today": access.From(ctx).Today()})
		list(b, &sites, strings.NewReplacer("app.places_free(s.id, @from, @until, null)", "null::int", "app.places_held(s.id, @from, @until, null)", "0").Replace(qCandidates), nil)
		list(b, &offers, q(`select c.site_id, c.from_on, c.until_on, c.places::int
from app.site_capacity c
where not c.ended and c.until_on >= {today}
limit 5000`), nil)
		list(b, &holds, q(`select h.site_id, h.starts_on, h.ends_on
from app.site_holds({today}, {today} + 200) h
limit 5000`), nil)
	}})
	for i := range out {
		m := &out[i].Matching
		for _, c := range sites {
			c.Free, c.Held = placement.FreeIn(c.SiteID, m.From, m.Until, offers, holds)
			m.Sites = append(m.Sites, c)
		}
	}
	return out, err
}

// StoreProfile stores a person's placement profile.
func (db *DB) StoreProfile(ctx context.Context, id uuid.UUID, form access.Form, decide func(a access.Actor, open bool) (placement.Profile, error)) error {
	type row struct {
		ID      uuid.UUID
		Open    bool
		Version int
	}
	var h row
	return db.write(ctx, act{do: access.PlacementProfileWrite, subject: id, form: form,
		ask: func(b *pgx.Batch) {
			one(b, &h, `select e.id, e.closed_at is null as open, coalesce((select f.version from app.placement_profile f where f.org_id = e.org_id and f.enrolment_id = e.id for update), 0) "version" from app.enrolment e where e.id = @id`, args{"id": id})
		},
		found:   func() bool { return h.ID == id },
		version: func() int { return h.Version },
		decide: func(a access.Actor) (change, error) {
			p, err := decide(a, h.Open)
			return change{enrolments: []uuid.UUID{id}, queue: func(b *pgx.Batch) {
				b.Queue(`insert into app.placement_profile (org_id, enrolment_id, fields, tasks, limits, municipalities, travel_minutes, approved_on, approved_how) values (@org, @id, @fields, @tasks, @limits, @muni, @travel, @on, @how)
on conflict (org_id, enrolment_id) do update set fields = excluded.fields, tasks = excluded.tasks, limits = excluded.limits, municipalities = excluded.municipalities, travel_minutes = excluded.travel_minutes,
  approved_on = excluded.approved_on, approved_how = excluded.approved_how, entered_by = excluded.entered_by, at = excluded.at, version = placement_profile.version + 1`,
					args{"org": a.OrgID, "id": id, "fields": p.Fields, "tasks": p.Tasks, "limits": p.Limits, "muni": p.Municipalities, "travel": p.TravelMinutes, "on": p.ApprovedOn, "how": p.ApprovedHow})
			}}, err
		}})
}
