package door

import (
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
)

// halfDay is a half-day to be stored; its fields are those of the room's own.
type halfDay struct {
	Day, Half, Week, StartsAt, EndsAt int
	Kind                              string
	HeldOn                            time.Time
}

// HalfDays are a room's dated half-days as they are stored.
func HalfDays[T ~struct {
	Day, Half, Week, StartsAt, EndsAt int
	Kind                              string
	HeldOn                            time.Time
}](all []T) []halfDay {
	out := make([]halfDay, len(all))
	for i, d := range all {
		out[i] = halfDay(d)
	}
	return out
}

// QueueMeetings inserts all meetings of a cohort or an enrolment in one statement.
func QueueMeetings(b *pgx.Batch, org uuid.UUID, owner string, id uuid.UUID, ms []halfDay) {
	if len(ms) == 0 {
		return
	}
	ids := NewIDs(len(ms))
	held := make([]time.Time, len(ms))
	day, half, week, from, to := make([]int16, len(ms)), make([]int16, len(ms)), make([]int16, len(ms)), make([]int16, len(ms)), make(
		[]int16,
		len(ms),
	)
	kinds := make([]string, len(ms))
	for i, m := range ms {
		held[i], kinds[i] = m.HeldOn, m.Kind
		day[i], half[i], week[i], from[i], to[i] = int16(m.Day), int16(m.Half), int16(m.Week), int16(m.StartsAt), int16(m.EndsAt)
	}
	b.Queue(Sqlf(`insert into app.meeting (org_id, id, %s, held_on, half, day, week, starts_at, ends_at, kind)
select
  @org,
  x.id,
  @owner,
  x.held_on,
  x.half,
  x.day,
  x.week,
  x.starts_at,
  x.ends_at,
  x.kind
from unnest(
  @ids::uuid[], @held::date[], @half::int2[], @day::int2[], @week::int2[], @from::int2[], @to::int2[], @kind::text[]) x (
  id, held_on, half, day, week, starts_at, ends_at, kind)`, owner),
		Args{"org": org, "owner": id, "ids": ids, "held": held, "half": half, "day": day, "week": week, "from": from, "to": to, "kind": kinds})
}

// Meeting is a meeting with its theme and title in the actor's language; %s is the condition.
var Meeting = `select
  m.id,
  m.cohort_id,
  m.enrolment_id,
  coalesce(c.name, '') cohort_name,
  c.starts_on cohort_start,
  c.ends_on cohort_end,
  m.held_on,
  m.half,
  m.day,
  m.week,
  v.weeks * (v.shape->>'DaysAWeek')::int days,
  m.starts_at,
  m.ends_at,
  m.kind,
  ` + Text("v.id", "'theme.' || m.week") + ` theme,
  ` + Text("v.id", "'slot.' || m.day || '.' || m.half") + ` title,
  m.version,
  m.cancelled_at is not null cancelled,
  m.cancelled_reason reason
from app.meeting m
left join app.cohort c on c.org_id = m.org_id and c.id = m.cohort_id
left join app.enrolment e on e.org_id = m.org_id and e.id = m.enrolment_id
join app.programme_version v on v.org_id = m.org_id and v.id = coalesce(c.version_id, e.version_id)
where %s`
