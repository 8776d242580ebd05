package demo

import (
	"time"

	"github.com/google/uuid"

	"kuukausi/internal/programme"
)

// OpenDay is the n-th open day of the demo.
func OpenDay(n int) uuid.UUID { return id(12, n) }

// placements are what surrounds the trials: planned contacts, a problem, assessments of the finished ones, profiles people
// approved, an earlier trial elsewhere, a site that wants to be left alone, and two open days.
func (s *seeder) placements() {
	s.exec(`insert into app.trial_checkin (org_id, id, trial_id, enrolment_id, code, due_on, contact_id)
select
  t.org_id,
  gen_random_uuid(),
  t.id,
  t.enrolment_id,
  c.code,
  c.due,
  (
    select k.id
    from app.site_contact k
    where k.org_id = t.org_id
      and k.trial_id = t.id
      and k.on_day between c.due - 2 and c.due + 2
    order by k.on_day
    limit 1)
from app.trial t
cross join lateral (
  values ('first_day', t.starts_on), ('week_1', t.starts_on + 4), ('week_3', t.starts_on + 14), ('end', t.ends_on - 1)) c (
  code, due)
where t.org_id = $1 and t.state = 'active'`, s.org)
	s.exec(`update app.trial t
set judged = (
  select jsonb_agg(jsonb_build_object('Key', l.key, 'Value', l.value::int, 'Source', l.source) order by l.key)
  from app.law_value l
  where l.key in (
      'trial_day_min', 'trial_day_max', 'trial_week_days_max', 'trial_total_max', 'trial_restart_after',
      'trial_young_restart_after', 'trial_young_below')
    and l.valid_from <= t.starts_on)
where t.org_id = $1`, s.org)
	// those of the week before were made: only what is missed this week stays open
	s.exec(`with late as (
  select
    c.org_id,
    c.id,
    c.trial_id,
    c.enrolment_id,
    c.due_on,
    t.site_id,
    gen_random_uuid() contact
  from app.trial_checkin c
  join app.trial t on t.org_id = c.org_id and t.id = c.trial_id
  where c.org_id = $1
    and c.contact_id is null
    and c.due_on < $2::date - 3),
made as (
  insert into app.site_contact (org_id, id, site_id, trial_id, kind, on_day, by_id, at)
  select
    l.org_id,
    l.contact,
    l.site_id,
    l.trial_id,
    'call',
    l.due_on,
    $3,
    $4
  from late l
  returning id) update app.trial_checkin c
set contact_id = l.contact
from late l
where c.org_id = l.org_id
  and c.id = l.id
  and exists (select from made)`, s.org, s.today, s.users[veera], s.now)
	s.exec(`insert into app.organiser_assessment (
  org_id, trial_id, enrolment_id, number, suitability, skills, given_by, given_on, how, entered_by, at)
select
  t.org_id,
  t.id,
  t.enrolment_id,
  1,
  'Sopii työhön hyvin: tulee ajoissa, kysyy kun ei tiedä, muut pitävät.',
  'Koneiden käyttöä kannattaa harjoitella lisää.',
  p.name,
  t.ends_on,
  'visit',
  $2,
  $3
from app.trial t
join app.site_person p on p.org_id = t.org_id and p.id = t.supervisor_id
where t.org_id = $1 and t.state = 'ended'`, s.org, s.users[kimmo], s.now)
	s.exec(`update app.trial
set hired = case when id = $2 then 'yes' else 'no' end
where org_id = $1 and state = 'ended'`, s.org, Trial(200))
	s.exec(
		`insert into app.trial_problem (org_id, id, trial_id, enrolment_id, category, body, told_by, act_by, entered_by, at)
values ($1, $2, $3, $4, 'safety', 'Trukki peruutti läheltä. Kulkureittiä ei ole merkitty.', 'participant', $5, $6, $7)`,
		s.org,
		s.next(),
		Trial(101),
		Enrolment(1),
		programme.WorkingDays(s.today.AddDate(0, 0, 1), 1, nil)[0],
		s.users[veera],
		s.now.Add(-time.Hour),
	)
	s.exec(`insert into app.trial_problem (
  org_id, id, trial_id, enrolment_id, category, body, told_by, act_by, acted, acted_on, acted_by, version, entered_by,
  at)
values (
  $1, $2, $3, $4, 'guidance', 'Ohjaaja oli kaksi päivää poissa, eikä kukaan neuvonut.', 'participant', $5,
  'Sovittu varaohjaaja työpaikan kanssa.', $5, $6, 2, $7, $8)`,
		s.org, s.next(), Trial(102), Enrolment(2), s.today.AddDate(0, 0, -3), s.users[kimmo], s.users[veera], s.now.AddDate(0, 0, -5))
	for _, p := range []struct {
		e                   uuid.UUID
		fields              []string
		tasks, limits, muni string
		approved            bool
	}{
		{Enrolment(3), []string{"warehouse", "transport"}, "keräily, pakkaus, ajo", "", "Hämeenlinna", true},
		{Enrolment(9), []string{"retail", "culture"}, "asiakaspalvelu, some", "", "", true},
		{Recruit(1), []string{"retail", "kitchen", "culture"}, "asiakaspalvelu, myynti, keittiöapu", "", "Hämeenlinna", true},
		{Recruit(2), []string{"garden", "property"}, "taimien hoito, pihatyöt", "ei nostoja yli 10 kg", "Hämeenlinna, Hattula", false},
	} {
		var on *time.Time
		how := ""
		if p.approved {
			day := s.today.AddDate(0, 0, -4)
			on, how = &day, "present"
		}
		s.exec(`insert into app.placement_profile (
  org_id, enrolment_id, fields, tasks, limits, municipalities, travel_minutes, approved_on, approved_how, entered_by,
  at)
values ($1, $2, $3, $4, $5, $6, 45, $7, $8, $9, $10)`,
			s.org, p.e, p.fields, p.tasks, p.limits, p.muni, on, how, s.users[veera], s.now.AddDate(0, 0, -4))
	}
	s.exec(`insert into app.trial_evidence (
  org_id, id, enrolment_id, kind, organiser, from_on, until_on, source, evidence, entered_by, at)
select
  org_id,
  $2,
  id,
  'trial',
  'Kuvitteellinen Konepaja Oy',
  $4,
  $5,
  'document',
  'työkokeilusopimus, nähty alkutapaamisessa',
  $6,
  $7
from app.enrolment
where org_id = $1 and id = $3`,
		s.org, s.next(), Enrolment(4), s.today.AddDate(0, -10, 0), s.today.AddDate(0, -8, 0), s.users[kimmo], s.now.AddDate(0, 0, -12))
	s.exec(`insert into app.trial_diary (org_id, id, trial_id, enrolment_id, on_day, mood, body, shared, topic, at)
values ($1, $2, $3, $4, $5, 'good', 'Sain tehdä kokonaisen tilauksen itse.', true, true, $6)`, s.org, s.next(),
		Trial(108), Enrolment(8), s.today.AddDate(0, 0, -1), s.now.AddDate(0, 0, -1))
	s.exec(`update app.site
set
  cooled_until = $3,
  cooled_reason = 'Pyysi taukoa: kaksi peräkkäistä työkokeilua peruttiin.'
where org_id = $1 and id = $2`, s.org, Site(5), s.today.AddDate(0, 0, 45))
	for i, on := range []int{1, 2, 6, 9} {
		s.exec(`insert into app.site_contact (org_id, id, site_id, kind, on_day, by_id, at)
values ($1, $2, $3, $4, $5, $6, $7)`, s.org, s.next(), Site(4), []string{"call", "message", "call", "visit"}[i],
			s.today.AddDate(0, 0, -on), s.users[[]string{kimmo, veera, "senni.sijainen@example.org", kimmo}[i]], s.now)
	}
	days := programme.WorkingDays(s.today.AddDate(0, 0, 5), 6, nil)
	s.exec(`insert into app.open_day (
  org_id, id, kind, site_id, held_on, starts_at, ends_at, place, what, seats, seats_taken, entered_by, at)
values (
  $1, $2, 'visit', $3, $4, 540, 660, 'Mallikatu 2, pääovi',
  'Kierros varastossa, keskustelu työvuoroista ja palkoista.', 6, 2, $5, $6)`, s.org, OpenDay(0), Site(2), days[0], s.users[kimmo], s.now)
	s.exec(`insert into app.open_day (
  org_id, id, kind, cohort_id, held_on, starts_at, ends_at, place, what, seats, entered_by, at)
values (
  $1, $2, 'employer_hour', $3, $4, 585, 645, 'Ryhmätila', 'Kolme työnantajaa kertoo, mitä he etsivät.', 10, $5, $6)`,
		s.org, OpenDay(1), Running, days[2], s.users[kimmo], s.now)
	for _, n := range []int{1, 3} {
		s.exec(`insert into app.open_day_signup (org_id, id, open_day_id, enrolment_id, by_id, at)
values ($1, $2, $3, $4, $5, $6)`, s.org, s.next(), OpenDay(0), Enrolment(n), s.users[veera], s.now)
	}
}
