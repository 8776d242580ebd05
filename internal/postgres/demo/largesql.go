package demo

// largeSQL: organisation o (1…20), seat s of 17 coaches and 3 coordinators; cohort g belongs to organisation 1+(g−1)%20.
// Live are the last 50 cohorts of each organisation: 3 a coach, so that a coach holds 30 grants and a coordinator about 170.
var largeSQL = []string{
	`create function pg_temp.u(k int,
	  n bigint) returns uuid language sql immutable as $$ select ('01930000-' || lpad(to_hex(k), 4,
	    '0') || '-7000-8000-' || lpad(to_hex(n), 12, '0'))::uuid $$`,
	`set local synchronous_commit = off`,
	`set local session_replication_role = replica`, // grants are written below in bulk; the triggers are tested elsewhere
	`insert into app.account (id, email, password_hash, created_at)
select
  pg_temp.u(20, o * 100 + s),
  'm' || o || '.' || s || '@example.org',
  'x',
  @now::timestamptz
from generate_series(1, @orgs::int) o, generate_series(0, 22) s`,
	`insert into app.membership (org_id, id, account_id, role, name, email, created_at)
select
  pg_temp.u(1, o),
  pg_temp.u(21, o * 100 + s),
  pg_temp.u(20, o * 100 + s),
  case when s < 17 then 'coach' when s < 20 then 'coordinator' else 'expert' end,
  'Mittaaja ' || s,
  'm' || o || '.' || s || '@example.org',
  @now::timestamptz
from generate_series(1, @orgs::int) o, generate_series(0, 22) s`,
	`insert into app.login_session (token_hash, account_id, org_id, membership_id, created_at, seen_at, expires_at)
select
  sha256(convert_to('tok' || (o * 100 + s), 'UTF8')),
  pg_temp.u(20, o * 100 + s),
  pg_temp.u(1, o),
  pg_temp.u(21, o * 100 + s),
  @now::timestamptz,
  @now::timestamptz,
  @now::timestamptz + interval '12 hours'
from generate_series(1, @orgs::int) o, generate_series(0, 22) s`,
	`insert into app.login_session (token_hash, account_id, org_id, membership_id, created_at, seen_at, expires_at)
select
  sha256(convert_to('old' || g, 'UTF8')),
  pg_temp.u(20, 100 + g % 17),
  pg_temp.u(1, 1),
  pg_temp.u(21, 100 + g % 17),
  @now::timestamptz,
  @now::timestamptz,
  @now::timestamptz + interval '1 hour'
from generate_series(1, 5000) g`,
	`create temp table c on commit drop as select g, 1 + (g - 1) % @orgs::int o, (g - 1) / @orgs::int k,
	  (g - 1) / @orgs::int >= @n::int / @orgs::int - 50 live from generate_series(1, @n::int) g`,
	`insert into app.employer (org_id, id, name, created_at)
select
  pg_temp.u(1, o),
  pg_temp.u(22, o * 100 + j),
  'Työnantaja ' || j,
  @now::timestamptz
from generate_series(1, @orgs::int) o, generate_series(1, 40) j`,
	`insert into app.site (org_id, id, employer_id, name, municipality)
select
  pg_temp.u(1, o),
  pg_temp.u(23, o * 100 + j),
  pg_temp.u(22, o * 100 + j),
  'Työpaikka ' || j,
  'Hämeenlinna'
from generate_series(1, @orgs::int) o, generate_series(1, 40) j`,
	`insert into app.cohort (
  org_id, id, version_id, name, place, state, starts_on, ends_on, size_min, size_max, places_taken, created_by,
  created_at, shape)
select
  v.org_id,
  pg_temp.u(24, c.g),
  v.id,
  'Ryhmä ' || c.g,
  'Hämeenlinna',
  case when c.live then 'running' else 'closed' end,
  (@now::timestamptz)::date - 11,
  (@now::timestamptz)::date + 16,
  8,
  10,
  10,
  pg_temp.u(21, c.o * 100 + c.k % 17),
  @now::timestamptz - interval '30 days',
  v.shape
from c
join app.programme_version v on v.org_id = pg_temp.u(1, c.o)`,
	`insert into app.meeting (org_id, id, cohort_id, held_on, half, day, week, starts_at, ends_at, kind)
select
  p.org_id,
  pg_temp.u(25, c.g::bigint * 40 + (p.day - 1) * 2 + p.half - 1),
  pg_temp.u(24, c.g),
  (@now::timestamptz)::date - 11 + (p.week - 1) * 7 + (p.day - 1) % 5,
  p.half,
  p.day,
  p.week,
  p.starts_at,
  p.ends_at,
  p.kind
from c
join app.programme_version v on v.org_id = pg_temp.u(1, c.o)
join app.programme_slot p on p.org_id = v.org_id and p.version_id = v.id`,
	`insert into app.participant (org_id, id, first_name, last_name, born_on, phone, email, created_by, created_at)
select
  pg_temp.u(1, o),
  pg_temp.u(26, g::bigint * 10 + p),
  (array['Aino','Eetu','Hanna','Ismo','Katja','Mikael','Noora','Pentti','Riikka','Yusuf'])[p + 1],
  (
    array['Karhula', 'Rautalampi', 'Sillanpää', 'Vainikka', 'Lehtosaari', 'Ojakangas', 'Pellinen', 'Suutarila',
    'Tammilehto', 'Barre'])[1 + (g + p) % 10],
  date '1975-01-01' + (g * 37 + p * 971) % 10000,
  '000',
  'p@example.org',
  pg_temp.u(21, o * 100 + k % 17),
  @now::timestamptz
from c, generate_series(0, 9) p`,
	`insert into app.name_token (org_id, participant_id, token)
select p.org_id, p.id, t
from app.participant p
cross join lateral app.name_tokens(p.first_name || ' ' || p.last_name) t`,
	`insert into app.enrolment (
  org_id, id, participant_id, cohort_id, version_id, state, starts_on, ends_on, search_shared, created_by, created_at, shape)
select
  v.org_id,
  pg_temp.u(27, g::bigint * 10 + p),
  pg_temp.u(26, g::bigint * 10 + p),
  pg_temp.u(24, g),
  v.id,
  case when live then 'active' else 'completed' end,
  (@now::timestamptz)::date - 11,
  (@now::timestamptz)::date + 16,
  true,
  pg_temp.u(21, o * 100 + k % 17),
  @now::timestamptz,
  v.shape
from c
join app.programme_version v on v.org_id = pg_temp.u(1, c.o), generate_series(0, 9) p`,
	`insert into app.attendance (
  org_id, enrolment_id, held_on, half, mark, remark, meeting_id, on_trial, marked_by, marked_at)
select
  pg_temp.u(1, c.o),
  pg_temp.u(27, c.g::bigint * 10 + p),
  (@now::timestamptz)::date - 11 + (d / 5) * 7 + d % 5,
  h,
  (array['p','p','p','p','l','n','i','p','v','u'])[1 + (c.g * 7 + d * 3 + p + h) % 10],
  case when (c.g + d + p) % 9 = 0 then 'soitti etukäteen' else '' end,
  pg_temp.u(25, c.g::bigint * 40 + d * 2 + h - 1),
  h = 2,
  pg_temp.u(21, c.o * 100 + c.k % 17),
  @now::timestamptz
from (select *, g / 1000 era from c) c, generate_series(0, 19) d, generate_series(1, 2) h, generate_series(0, 9) p
order by c.era, d, h, c.g, p`,
	`insert into app.goal (org_id, id, enrolment_id, number, kind, body, how, entered_by, at)
select
  pg_temp.u(1, o),
  pg_temp.u(28, (g::bigint * 10 + p) * 3 + j),
  pg_temp.u(27, g::bigint * 10 + p),
  j,
  'employment',
  'Varastotyö, trukkikortti voimassa',
  'present',
  pg_temp.u(21, o * 100 + k % 17),
  @now::timestamptz
from c, generate_series(0, 9) p, generate_series(1, 2) j`,
	`insert into app.voluntary_choice (org_id, id, enrolment_id, chosen_on, how, lang, text_version_id, entered_by, at)
select
  t.org_id,
  pg_temp.u(29, g::bigint * 10 + p),
  pg_temp.u(27, g::bigint * 10 + p),
  (@now::timestamptz)::date - 20,
  'paper',
  'fi',
  t.id,
  pg_temp.u(21, o * 100 + k % 17),
  @now::timestamptz
from c
join app.text_version t on t.org_id = pg_temp.u(1, c.o) and t.key = 'voluntary_choice', generate_series(0, 9) p`,
	`insert into app.trial (
  org_id, id, enrolment_id, site_id, state, purpose, starts_on, ends_on, starts_at, day_minutes, week_days, created_at)
select
  pg_temp.u(1, o),
  pg_temp.u(30, g::bigint * 10 + p),
  pg_temp.u(27, g::bigint * 10 + p),
  pg_temp.u(23, o * 100 + 1 + g % 40),
  case when live then 'active' else 'ended' end,
  'return_to_work',
  (@now::timestamptz)::date - 11,
  (@now::timestamptz)::date + 16,
  750,
  240,
  5,
  @now::timestamptz
from c, generate_series(0, 9) p
where p % 7 <> 3`,
	`insert into app.site_contact (org_id, id, site_id, trial_id, kind, on_day, by_id, at)
select
  pg_temp.u(1, o),
  pg_temp.u(31, (g::bigint * 10 + p) * 2 + j),
  pg_temp.u(23, o * 100 + 1 + g % 40),
  pg_temp.u(30, g::bigint * 10 + p),
  'call',
  (@now::timestamptz)::date - j * 3,
  pg_temp.u(21, o * 100 + k % 17),
  @now::timestamptz
from c, generate_series(0, 9) p, generate_series(0, 1) j
where p % 7 <> 3`,
	`insert into app.search_step (org_id, id, enrolment_id, kind, done_on, shared)
select
  pg_temp.u(1, o),
  pg_temp.u(32, (g::bigint * 10 + p) * 10 + j),
  pg_temp.u(27, g::bigint * 10 + p),
  (array['application','call','interview'])[1 + j % 3],
  (@now::timestamptz)::date - j,
  true
from c, generate_series(0, 9) p, generate_series(0, 7) j`,
	`insert into app.note (org_id, id, enrolment_id, body, visibility, source, written_by, at)
select
  pg_temp.u(1, o),
  pg_temp.u(34, (g::bigint * 10 + p) * 3 + j),
  pg_temp.u(27, g::bigint * 10 + p),
  'Sovittiin seuraava askel: haastattelun harjoittelu torstaina ja soitto työnantajalle perjantaina.',
  (array['case','shared','case'])[j + 1],
  'coach',
  pg_temp.u(21, o * 100 + k % 17),
  @now::timestamptz - j * interval '2 days'
from c, generate_series(0, 9) p, generate_series(0, 2) j
where live or j < 1`,
	`insert into app.pre_assignment (org_id, id, enrolment_id, number, due_on)
select
  pg_temp.u(1, o),
  pg_temp.u(35, (g::bigint * 10 + p) * 3 + j),
  pg_temp.u(27, g::bigint * 10 + p),
  j + 1,
  (@now::timestamptz)::date - 12
from c, generate_series(0, 9) p, generate_series(0, 2) j`,
	`insert into app.promise (org_id, id, enrolment_id, body, owner, agreed_by, at)
select
  pg_temp.u(1, o),
  pg_temp.u(36, g::bigint * 10 + p),
  pg_temp.u(27, g::bigint * 10 + p),
  'Soittaa kahteen paikkaan',
  'coach',
  pg_temp.u(21, o * 100 + k % 17),
  @now::timestamptz
from c, generate_series(0, 9) p
where live`,
	`insert into app.cohort_duty (org_id, id, cohort_id, user_id, kind, valid_from, valid_until)
select
  pg_temp.u(1, o),
  pg_temp.u(33, g * 2 + s),
  pg_temp.u(24, g),
  case s when 0 then pg_temp.u(21, o * 100 + k % 17) else pg_temp.u(21, o * 100 + 17 + (k * 3 / 50) % 3) end,
  case s when 0 then 'coach' else 'coordinator' end,
  @now::timestamptz - interval '40 days',
  @now::timestamptz + case when live then interval '40 days' else interval '-1 day' end
from c, generate_series(0, 1) s`,
	`insert into app.case_grant (
  org_id, user_id, enrolment_id, participant_id, cohort_id, kind, source_id, valid_from, valid_until, reason)
select
  d.org_id,
  d.user_id,
  e.id,
  e.participant_id,
  e.cohort_id,
  d.kind,
  d.id,
  d.valid_from,
  d.valid_until,
  'duty'
from app.cohort_duty d
join app.enrolment e on e.org_id = d.org_id and e.cohort_id = d.cohort_id`,
}
