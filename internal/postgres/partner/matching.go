package partner

import (
	"context"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"kuukausi/internal/access"
	"kuukausi/internal/partner"
	"kuukausi/internal/postgres/door"
)

// candidates are all sites with what a match asks of them; free and held are SQL expressions for the places of site s.
func candidates(free, held string) string {
	return `select
  s.id site_id,
  w.name employer,
  s.name site,
  s.municipality,
  s.field,
  s.tasks,
  ` + free + ` free,
  ` + held + ` held,
  ` + asked + ` asked,
  s.cooled_until,
  (select max(k.on_day) from app.site_contact k where k.org_id = s.org_id and k.site_id = s.id) last_contact
from app.site s
join app.employer w on w.org_id = s.org_id and w.id = s.employer_id
order by s.name collate "fi-x-icu"
limit 500`
}

const matchingColumns = `select
  ` + door.CaseColumns + `,
  p.municipality,
  ` + door.PlacementProfile + ` profile,
  greatest(@today::date, e.starts_on) "from",
  greatest(@today::date, e.ends_on) "until",
  coalesce(
    (
      select array_agg(distinct t.site_id)
      from app.trial t
      where t.org_id = e.org_id
        and t.enrolment_id = e.id
        and t.state in ('ended', 'cancelled', 'declined')),
    '{}') tried`

// Matching is one person without a site, and the sites.
func (db Store) Matching(ctx context.Context, id uuid.UUID) (partner.Matching, error) {
	var m partner.Matching
	a := door.Args{"enrolment": id, "today": access.From(ctx).Today()}
	err := db.Read(ctx, door.Question{
		Do:      access.MatchingView,
		Subject: id,
		Scope:   door.ScopeEnrolment,
		Found:   func() bool { return m.EnrolmentID == id },
		Ask: func(b *pgx.Batch) {
			door.One(b, &m, matchingColumns+`
from app.enrolment e
join app.participant p on p.org_id = e.org_id and p.id = e.participant_id
left join app.cohort c on c.org_id = e.org_id and c.id = e.cohort_id
where e.id = @enrolment`, a)
			const days = `
    (select greatest(@today::date, e.starts_on) from app.enrolment e where e.id = @enrolment),
    (select greatest(@today::date, e.ends_on) from app.enrolment e where e.id = @enrolment)`
			door.List(b, &m.Sites, candidates(`app.places_free(s.id,`+days+`, null)`, `app.places_held(s.id,`+days+`, null)`), a)
		},
	})
	return m, err
}

// UnplacedPeople are the open cases without a site, of the actor's own. Free places are counted in the weeks of each.
func (db Store) UnplacedPeople(ctx context.Context) ([]partner.Unplaced, error) {
	var out []partner.Unplaced
	var sites []partner.Candidate
	var offers []partner.Offer
	var holds []partner.Hold
	err := db.Read(ctx, door.Question{Do: access.MatchingBoard, Scope: door.ScopeGranted, Ask: func(b *pgx.Batch) {
		door.List(b, &out, door.Q(matchingColumns+`
from {mine}
join app.enrolment e on e.org_id = mine.org_id and e.id = mine.enrolment_id
join app.participant p on p.org_id = e.org_id and p.id = e.participant_id
left join app.cohort c on c.org_id = e.org_id and c.id = e.cohort_id
where e.state in ('accepted', 'preparing', 'active')
  and not exists (
    select
    from app.trial t
    where t.org_id = e.org_id
      and t.enrolment_id = e.id
      and `+door.TrialStands+`
      and t.ends_on >= {today})
order by e.starts_on, p.first_name collate "fi-x-icu", p.last_name collate "fi-x-icu"
limit 100`), door.Args{"today": access.From(ctx).Today()})
		door.List(b, &sites, candidates("null::int", "0"), nil) // the places are counted below, for each person's days
		door.List(b, &offers, door.Q(`select c.site_id, c.from_on, c.until_on, c.places::int
from app.site_capacity c
where not c.ended and c.until_on >= {today}
limit 5000`), nil)
		door.List(b, &holds, door.Q(`select h.site_id, h.starts_on, h.ends_on
from app.site_holds({today}, {today} + 200) h
limit 5000`), nil)
	}})
	for i := range out {
		m := &out[i].Matching
		for _, c := range sites {
			c.Free, c.Held = partner.FreeIn(c.SiteID, m.From, m.Until, offers, holds)
			m.Sites = append(m.Sites, c)
		}
	}
	return out, err
}
