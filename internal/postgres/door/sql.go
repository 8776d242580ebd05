package door

import (
	"fmt"
	"strings"
	"time"
)

// Sqlf builds a query from constants of this room. What a user typed never comes here: it travels as an argument.
func Sqlf(query string, parts ...any) string { return fmt.Sprintf(query, parts...) }

// now is the request's clock inside SQL, null without a context.
const now = `(select nullif(current_setting('app.now', true), '')::timestamptz)`

// Today is its day in Helsinki.
const Today = `(select (nullif(current_setting('app.now', true), '')::timestamptz at time zone 'Europe/Helsinki')::date)`

// Live is the condition on a grant g of being in force.
const Live = `g.valid_from <= ` + now + ` and g.valid_until > ` + now

// mine are the actor's live cases, for queries that begin with them: led by the grants' index, a list does not grow with
// the organisation (begun with all enrolments it read 4,000 buffers at 20,000 cohorts instead of some hundreds).
const mine = `(select distinct g.org_id, g.enrolment_id from app.case_grant g where ` + Live + `) mine`

// Placed is the condition that case e has a place of its cohort: cohort.IsOpen, and the choice is made.
const Placed = `e.state in ('accepted', 'preparing', 'active', 'review')`

// Joined is the condition that case e got as far as its month, whether or not it is still there.
const Joined = `e.state not in ('referred', 'invited', 'not_started')`

// Stayed is the condition that case e has its place, or finished its month (casework.State.Stayed).
const Stayed = `e.state in ('accepted', 'preparing', 'active', 'review', 'completed', 'unreviewed')`

// OnSheet is the condition that case e is to be marked at meeting m, where a is its mark: people of the cohort from their own
// first day on, as long as their case was open when the half-day began.
const OnSheet = Joined + `
  and e.starts_on <= m.held_on
  and (
    e.closed_at is null
    or (e.closed_at at time zone 'Europe/Helsinki') > m.held_on + make_interval(mins => m.starts_at)
    or a.mark is not null)`

// CaseClosed is the condition that case e has ended (casework.State.Open is its opposite).
const CaseClosed = `e.state in ('completed', 'unreviewed', 'withdrawn', 'moved', 'died', 'interrupted', 'not_started')`

// TrialStands is the condition that trial t is proposed or in force; TrialWas that it is or has been in force.
const (
	TrialStands = `t.state in ('active', 'draft')`
	TrialWas    = `t.state in ('active', 'ended')`
)

// CoachOf is the name of the coach of case e: of its cohort, or, without one, of the case itself.
const CoachOf = `coalesce(
  (
    select m.name
    from app.cohort_duty d
    join app.membership m on m.org_id = d.org_id and m.id = d.user_id
    where d.org_id = e.org_id
      and d.cohort_id = e.cohort_id
      and d.kind = 'coach'
    order by d.valid_until desc, d.valid_from desc
    limit 1),
  (
    select m.name
    from app.enrolment_party y
    join app.membership m on m.org_id = y.org_id and m.id = y.user_id
    where y.org_id = e.org_id
      and y.enrolment_id = e.id
      and y.kind = 'coach'
    order by y.valid_from desc
    limit 1),
  '') coach`

// ExpertOf is the name of the newest expert of case e.
const ExpertOf = `coalesce(
  (
    select m.name
    from app.enrolment_party y
    join app.membership m on m.org_id = y.org_id and m.id = y.user_id
    where y.org_id = e.org_id
      and y.enrolment_id = e.id
      and y.kind = 'expert'
    order by y.valid_from desc
    limit 1),
  '') expert`

// Text is a programme text in the actor's language, or else in Finnish: version and subject are SQL expressions.
func Text(version, subject string) string {
	return fmt.Sprintf(`coalesce(
  (
    select t.body
    from app.programme_text t
    where t.version_id = %s
      and t.subject = %s
      and t.lang in ((select current_setting('app.lang', true)), 'fi')
    order by t.lang = 'fi' and (select current_setting('app.lang', true)) <> 'fi'
    limit 1),
  '')`, version, subject)
}

// Q fills the snippets into a query: {now}, {today}, {mine}.
func Q(query string) string {
	return strings.NewReplacer("{now}", now, "{today}", Today).Replace(strings.ReplaceAll(query, "{mine}", mine))
}

func OrNoDay(d time.Time) any {
	if d.IsZero() {
		return nil
	}
	return d
}

// AbsenceFold selects the marks of case e as one text, day by day, for who reads its attendance: with "?" after the day up to
// which an expert was told of an absence, and "=" after the day up to which one is settled. It is null without a mark.
const AbsenceFold = `
    select string_agg(f.entry, ' ' order by f.entry) marks
    from (
      select to_char(a.held_on, 'YYYY-MM-DD') || a.mark entry
      from app.attendance a
      where a.org_id = e.org_id and a.enrolment_id = e.id
      union all
      select to_char(i.through, 'YYYY-MM-DD') || case i.answer when 'no_reason' then '?' else '=' end
      from app.absence_inquiry i
      where i.org_id = e.org_id and i.enrolment_id = e.id) f`

// TrialFlaws are the keys of what keeps draft t from ever becoming an agreement as it stands. A function, so that rows which are
// no drafts cost nothing.
const TrialFlaws = `case when t.state = 'draft' then app.trial_flaws(t) else '{}' end`

// DecisionStands is the condition that decision d was not withdrawn.
const DecisionStands = `not exists (
  select
  from app.decision_withdrawal x
  where x.org_id = d.org_id and x.decision_id = d.id)`
