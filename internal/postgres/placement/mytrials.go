package placement

import (
	"context"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"kuukausi/internal/access"
	"kuukausi/internal/partner"
	"kuukausi/internal/placement"
	"kuukausi/internal/postgres/door"
)

// MyTrials are a participant's own.
func (db Store) MyTrials(ctx context.Context) (placement.MyTrials, error) {
	var m placement.MyTrials
	var own struct {
		EnrolmentID uuid.UUID
		Profile     *partner.Profile
	}
	err := db.Read(ctx, door.Question{Do: access.MyTrialsView, Scope: door.ScopeGranted, Ask: func(b *pgx.Batch) {
		door.One(b, &own, `select e.id enrolment_id, `+door.PlacementProfile+` profile
from app.enrolment e
where e.closed_at is null
order by e.created_at desc
limit 1`, nil)
		door.List(b, &m.Trials, `select
  t.id,
  t.state,
  `+door.TrialFlaws+` flaws,
  w.name employer,
  i.name site_name,
  t.starts_on,
  t.ends_on,
  t.accepted_on,
  t.version,
  (select max(k.on_day) from app.trial_contact_days(t.id) k (on_day)) last_contact,
  o.trial_id is not null assessed,
  coalesce(o.suitability, '') suitability,
  coalesce(o.skills, '') skills,
  coalesce(o.comment, '') comment,
  coalesce(o.version, 0) assessment_version,
  coalesce(
    (
      select jsonb_agg(jsonb_build_object(`+problemFields+`, 'By', '') order by p.at desc)
      from app.trial_problem p
      where p.org_id = t.org_id and p.trial_id = t.id),
    '[]') problems,
  coalesce(
    (
      select jsonb_agg(jsonb_build_object(`+diaryFields+`) order by y.on_day desc, y.at desc)
      from app.trial_diary y
      where y.org_id = t.org_id and y.trial_id = t.id),
    '[]') days,
  exists (
    select
    from app.trial_signature g
    where g.org_id = t.org_id
      and g.trial_id = t.id
      and g.trial_version = t.version
      and g.party = 'participant') signed
from app.trial t
join app.site i on i.org_id = t.org_id and i.id = t.site_id
join app.employer w on w.org_id = i.org_id and w.id = i.employer_id
left join lateral (
  select x.*
  from app.organiser_assessment x
  where x.org_id = t.org_id and x.trial_id = t.id
  order by x.number desc
  limit 1) o on true
where t.state <> 'cancelled'
order by t.starts_on desc
limit 50`, nil)
		door.List(b, &m.Days, door.OpenDays, nil)
	}})
	m.EnrolmentID, m.Profile = own.EnrolmentID, own.Profile
	return m, err
}
