package postgres

import (
	"context"
	"strings"
	"time"

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

type matchingRow struct {
	placement.Case
	Municipality string
	Profile      []profileRow
	Tried        []uuid.UUID
}

const matchingColumns = `select ` + caseColumns + `, p.municipality, coalesce(` + profileJSON + `, '[]') profile,
  coalesce((select array_agg(distinct t.site_id) from app.trial t where t.org_id = e.org_id and t.enrolment_id = e.id and t.state in ('ended', 'cancelled', 'declined')), '{}') tried`

// Matching is one person without a site, and the sites.
func (db *DB) Matching(ctx context.Context, id uuid.UUID) (placement.Matching, error) {
	var h matchingRow
	var m placement.Matching
	today := access.From(ctx).Today()
	a := args{"enrolment": id, "today": today}
	err := db.read(ctx, question{do: access.MatchingView, subject: id, scope: scopeEnrolment, found: func() bool { return h.EnrolmentID == id }, ask: func(b *pgx.Batch) {
		one(b, &h, matchingColumns+`
from app.enrolment e join app.participant p on p.org_id = e.org_id and p.id = e.participant_id left join app.cohort c on c.org_id = e.org_id and c.id = e.cohort_id
where e.id = @enrolment`, a)
		weeks := `(select %s(@today::date, e.%s) from app.enrolment e where e.id = @enrolment)`
		list(b, &m.Sites, withDays(qCandidates, sqlf(weeks, "greatest", "starts_on"), sqlf(weeks, "greatest", "ends_on")), a)
	}})
	m.Case, m.Municipality, m.Profile, m.Tried = h.Case, h.Municipality, profile(h.Profile), h.Tried
	m.From, m.Until = later(today, h.StartsOn), later(today, h.EndsOn)
	return m, err
}

// UnplacedPeople are the open cases without a site, of the actor's own. Free places are counted in the weeks of each.
func (db *DB) UnplacedPeople(ctx context.Context) ([]placement.Unplaced, error) {
	var rows []matchingRow
	var sites []placement.Candidate
	var offers []offerRow
	today := access.From(ctx).Today()
	err := db.read(ctx, question{do: access.MatchingBoard, scope: scopeGranted, ask: func(b *pgx.Batch) {
		list(b, &rows, q(matchingColumns+`
from {mine} join app.enrolment e on e.org_id = mine.org_id and e.id = mine.enrolment_id
join app.participant p on p.org_id = e.org_id and p.id = e.participant_id left join app.cohort c on c.org_id = e.org_id and c.id = e.cohort_id
where e.state in ('accepted', 'preparing', 'active') and not exists (select from app.trial t where t.org_id = e.org_id and t.enrolment_id = e.id and t.state in ('draft', 'active') and t.ends_on >= {today})
order by e.starts_on, p.first_name collate "fi-x-icu", p.last_name collate "fi-x-icu"
limit 100`), nil)
		list(b, &sites, strings.NewReplacer("app.places_free(s.id, @from, @until, null)", "null::int", "app.places_held(s.id, @from, @until, null)", "0").Replace(qCandidates), nil)
		list(b, &offers, q(`select c.site_id, c.from_on, c.until_on, c.places::int, false hold from app.site_capacity c where not c.ended and c.until_on >= {today}
union all
select h.site_id, h.starts_on, h.ends_on, 0, true from app.site_holds({today}, {today} + 200) h
limit 5000`), nil)
	}})
	var places []placement.Offer
	var holds []placement.Hold
	for _, o := range offers {
		if o.Hold {
			holds = append(holds, placement.Hold{SiteID: o.SiteID, StartsOn: o.FromOn, EndsOn: o.UntilOn})
		} else {
			places = append(places, placement.Offer{SiteID: o.SiteID, FromOn: o.FromOn, UntilOn: o.UntilOn, Places: o.Places})
		}
	}
	var out []placement.Unplaced
	for _, r := range rows {
		m := placement.Matching{Case: r.Case, Municipality: r.Municipality, Profile: profile(r.Profile), Tried: r.Tried, From: later(today, r.StartsOn), Until: later(today, r.EndsOn)}
		for _, c := range sites {
			c.Free, c.Held = placement.FreeIn(c.SiteID, m.From, m.Until, places, holds)
			m.Sites = append(m.Sites, c)
		}
		out = append(out, placement.Unplaced{Matching: m})
	}
	return out, err
}

// offerRow are places of a site in a period, or days a trial holds there.
type offerRow struct {
	SiteID          uuid.UUID
	FromOn, UntilOn time.Time
	Places          int
	Hold            bool
}

func later(a, b time.Time) time.Time {
	if b.After(a) {
		return b
	}
	return a
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
