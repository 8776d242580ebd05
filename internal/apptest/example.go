package apptest

import (
	"strings"

	"kuukausi/internal/postgres/demo"
)

// Example fills what only the database knows into a line's path.
func (s *Site) Example(path string) string {
	if strings.Contains(path, "{meeting}") {
		return "/meetings/" + s.UUID(
			`select id from app.meeting where org_id = $1 and cohort_id = $2 and day = 8 and half = 1`,
			demo.Org,
			demo.Running,
		) + "/attendance"
	}
	if strings.Contains(path, "{obstacle}") {
		return "/obstacles/" + s.UUID(`select id from app.obstacle where org_id = $1 and solved_at is null limit 1`, demo.Org) + "/solved"
	}
	if strings.Contains(path, "{problem}") {
		return "/problems/" + s.UUID(`select id from app.trial_problem where org_id = $1 and acted_on is null`, demo.Org) + "/action"
	}
	if strings.Contains(path, "{evidence}") {
		return "/evidence/" + s.UUID(`select id from app.trial_evidence where org_id = $1`, demo.Org) + "/withdrawal"
	}
	if strings.Contains(path, "{capacity}") {
		return "/capacities/" + s.UUID(`select id from app.site_capacity where org_id = $1 and site_id = $2`, demo.Org, demo.Site(1)) + "/end"
	}
	if strings.Contains(path, "{signup}") {
		return "/signups/" + s.UUID(
			`select id from app.open_day_signup where org_id = $1 and enrolment_id = $2`,
			demo.Org,
			demo.Enrolment(1),
		) + "/end"
	}
	if strings.Contains(path, "{plain}") {
		return strings.Replace(
			path,
			"{plain}",
			"/meetings/"+s.UUID(`select id from app.meeting where org_id = $1 and cohort_id = $2 and day = 15 and half = 1`, demo.Org, demo.Running),
			1,
		)
	}
	if strings.Contains(path, "{kept}") {
		return "/promises/" + s.UUID(
			`select id from app.promise where org_id = $1 and owner = 'coordinator' limit 1`, demo.Org,
		) + "/reopening"
	}
	if strings.Contains(path, "{promise}") {
		return "/promises/" + s.UUID(
			`select id from app.promise where org_id = $1 and owner = 'coordinator' and done_at is null limit 1`,
			demo.Org,
		) + "/done"
	}
	if strings.Contains(path, "{pre}") {
		return strings.Replace(
			path,
			"{pre}",
			"/pre-assignments/"+s.UUID(
				`select id from app.pre_assignment where org_id = $1 and enrolment_id = $2 and number = 3`,
				demo.Org,
				demo.Enrolment(8),
			),
			1,
		)
	}
	if strings.Contains(path, "{note}") {
		return strings.Replace(
			path,
			"{note}",
			"/notes/"+s.UUID(`select id from app.note where org_id = $1 and visibility = 'private'`, demo.Org),
			1,
		)
	}
	if strings.Contains(path, "{member}") {
		return strings.Replace(
			path,
			"{member}",
			"/admin/users/"+s.UUID(`select id from app.membership where org_id = $1 and email = 'senni.sijainen@example.org'`, demo.Org),
			1,
		)
	}
	return path
}
