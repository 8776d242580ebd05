package postgres

import (
	"fmt"
	"strings"
)

// sqlf builds a query from constants of this room. What a user typed never comes here: it travels as an argument.
func sqlf(query string, parts ...any) string { return fmt.Sprintf(query, parts...) }

// now is the request's clock inside SQL, null without a context.
const now = `(select nullif(current_setting('app.now', true), '')::timestamptz)`

// today is its day in Helsinki.
const today = `(select (nullif(current_setting('app.now', true), '')::timestamptz at time zone 'Europe/Helsinki')::date)`

// live is the condition on a grant g of being in force.
const live = `g.valid_from <= ` + now + ` and g.valid_until > ` + now

// mine are the actor's live cases, for queries that begin with them: led by the grants' index, a list does not grow with
// the organisation (begun with all enrolments it read 4,000 buffers at 20,000 cohorts instead of some hundreds).
const mine = `(select distinct g.org_id, g.enrolment_id from app.case_grant g where ` + live + `) mine`

// placed is the condition that case e has a place of its cohort: cohort.IsOpen, and the choice is made.
const placed = `e.state in ('accepted', 'preparing', 'active', 'review')`

// expertOf is the name of the newest expert of case e.
const expertOf = `coalesce((select m.name from app.enrolment_party y join app.membership m on m.org_id = y.org_id and m.id = y.user_id where y.org_id = e.org_id and y.enrolment_id = e.id and y.kind = 'expert' order by y.valid_from desc limit 1), '') expert`

// text is a programme text in the actor's language, or else in Finnish: version and subject are SQL expressions.
func text(version, subject string) string {
	return fmt.Sprintf(`coalesce((select t.body from app.programme_text t where t.version_id = %s and t.subject = %s
    and t.lang in ((select current_setting('app.lang', true)), 'fi') order by t.lang = 'fi' and (select current_setting('app.lang', true)) <> 'fi' limit 1), '')`, version, subject)
}

// q fills the snippets into a query: {now}, {today}, {mine}.
func q(query string) string {
	return strings.NewReplacer("{now}", now, "{today}", today).Replace(strings.ReplaceAll(query, "{mine}", mine))
}
