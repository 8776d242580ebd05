package main

import (
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"github.com/google/uuid"

	"kuukausi/internal/access"
	"kuukausi/internal/postgres/demo"
	"kuukausi/internal/server"
	"kuukausi/internal/server/core"
)

// The people of the matrix, one column each.
var matrixUsers = []struct{ letter, email string }{
	{"V", "veera.valmentava"},       // coach of the cohort
	{"S", "senni.sijainen"},         // another coach of the organisation
	{"K", "kimmo.koordinoiva"},      // its coordinator
	{"E", "eeva.ehkanen"},           // the expert of its people
	{"O", "olli.omanen"},            // an expert of another area
	{"T", "tuulikki.esimerkki"},     // a participant with a login
	{"A", "aatu.yllapitaja"},        // administrator
	{"X", "veera@ehta.example.org"}, // a coach of another organisation
	{"-", ""},                       // nobody
}

// matrix has one hand-written line for every route: who gets the page (200 or, for a POST, may act), who is told that
// it is not for their role (403, in capitals after /), who is sent on (303, after >). Everyone else gets 404; nobody
// signed in is sent to the sign-in page. The same lines feed the accessibility run.
var matrix = []struct{ method, pattern, path, who, name string }{
	{"GET", "/livez", "/livez", "VSKEOTAX-", ""},
	{"GET", "/readyz", "/readyz", "VSKEOTAX-", ""},
	{"GET", "/static/*", "/static/no/file.css", "", ""},
	{"GET", "/login", "/login", "VSKEOTAX-", "login"},
	{"POST", "/login", "/login", "VSKEOTAX-", ""},
	{"POST", "/logout", "/logout", "VSKEOTAX-", ""},
	{"POST", "/language", "/language", "VSKEOTAX-", ""},
	{"GET", "/accessibility", "/accessibility", "VSKEOTAX-", "accessibility"},
	{"GET", "/saavutettavuusseloste", "/saavutettavuusseloste", ">VSKEOTAX-", ""},
	{"GET", "/invitations/{token}", "/invitations/none", "", ""},
	{"POST", "/invitations/{token}", "/invitations/none", "", ""},
	{"GET", "/membership", "/membership", "VSKEOTAX", "membership"},
	{"POST", "/membership", "/membership", "", ""},
	{"GET", "/sign-ins", "/sign-ins", "VSKEOTAX", "sign-ins"},
	{"GET", "/", "/", "VSKEOX>TA", "today"},
	{"GET", "/me", "/me", "T", "me"},
	{"POST", "/me/goal", "/me/goal", "T", ""},
	{"GET", "/cohorts", "/cohorts", "VSKX", "cohorts"},
	{"GET", "/cohorts/new", "/cohorts/new", "VSKX", "cohort-new"},
	{"POST", "/cohorts", "/cohorts", "VSKX", ""},
	{"GET", "/cohorts/{cohort}", "/cohorts/" + demo.Running.String(), "VK", "month-map"},
	{"GET", "/cohorts/{cohort}/details", "/cohorts/" + demo.Running.String() + "/details", "VK", "cohort-details"},
	{"POST", "/cohorts/{cohort}/state", "/cohorts/" + demo.Running.String() + "/state", "VK", ""},
	{"GET", "/cohorts/{cohort}/days/{date}", "/cohorts/" + demo.Running.String() + "/days/2026-11-18", "VK", "day"},
	{"POST", "/cohorts/{cohort}/days/{date}", "/cohorts/" + demo.Running.String() + "/days/2026-11-18", "V/K", ""},
	{"POST", "/cohorts/{cohort}/days/{date}/calls", "/cohorts/" + demo.Running.String() + "/days/2026-11-19/calls", "V", ""},
	{"GET", "/cohorts/{cohort}/weeks/{week}", "/cohorts/" + demo.Running.String() + "/weeks/2", "V", "week"},
	{"GET", "/cohorts/{cohort}/participation", "/cohorts/" + demo.Running.String() + "/participation", "V", "participation"},
	{"GET", "/cohorts/{cohort}/enrolments/new", "/cohorts/" + demo.Recruiting.String() + "/enrolments/new", "VK", "enrolment-new"},
	{"POST", "/cohorts/{cohort}/enrolments", "/cohorts/" + demo.Recruiting.String() + "/enrolments", "VK", ""},
	{"GET", "/meetings/{meeting}", "{plain}", "V", "meeting"},
	{"POST", "/meetings/{meeting}/move", "{plain}/move", "V", ""},
	{"POST", "/meetings/{meeting}/cancellation", "{plain}/cancellation", "V", ""},
	{"GET", "/meetings/{meeting}/attendance", "{meeting}", "V", "attendance"},
	{"POST", "/meetings/{meeting}/attendance", "{meeting}", "V", ""},
	{"GET", "/participants", "/participants", "VSKEOX", "participants"},
	{"POST", "/participants/search", "/participants/search", "VSKEOX", ""},
	{"POST", "/participants/views", "/participants/views", "VSKEOX", ""},
	{"POST", "/participants/views/{view}/delete", "/participants/views/" + demo.Running.String() + "/delete", "", ""},
	{"GET", "/rooms", "/rooms", "VSKX", "rooms"},
	{"POST", "/rooms", "/rooms", "VSKX", ""},
	{"POST", "/rooms/{room}", "/rooms/" + demo.Room(0).String(), "VSK", ""},
	{"POST", "/cohorts/{cohort}/room", "/cohorts/" + demo.Running.String() + "/room", "VK", ""},
	{"POST", "/meetings/{meeting}/room", "{plain}/room", "V", ""},
	{"GET", "/cohorts/{cohort}/appointments", "/cohorts/" + demo.Running.String() + "/appointments", "V", "appointments"},
	{"POST", "/cohorts/{cohort}/appointments", "/cohorts/" + demo.Running.String() + "/appointments", "V", ""},
	{"GET", "/enrolments/{enrolment}/appointments", "/enrolments/" + demo.Enrolment(4).String() + "/appointments", "V", "appointments-one"},
	{"POST", "/enrolments/{enrolment}/appointments", "/enrolments/" + demo.Enrolment(4).String() + "/appointments", "V", ""},
	{"POST", "/appointments/{appointment}/state", "/appointments/" + demo.Appointment(0).String() + "/state", "V", ""},
	{"GET", "/cohorts/{cohort}/waiting", "/cohorts/" + demo.Recruiting.String() + "/waiting", "VK", "waiting"},
	{"POST", "/enrolments/{enrolment}/offer", "/enrolments/" + demo.Recruit(4).String() + "/offer", "VK", ""},
	{"GET", "/enrolments/{enrolment}/choice", "/enrolments/" + demo.Recruit(3).String() + "/choice", "VK", "choice"},
	{"POST", "/enrolments/{enrolment}/choice", "/enrolments/" + demo.Recruit(3).String() + "/choice", "VK", ""},
	{"POST", "/enrolments/{enrolment}/refusal", "/enrolments/" + demo.Recruit(4).String() + "/refusal", "VK", ""},
	{"GET", "/info-sessions", "/info-sessions", "VSKEOX", "info-sessions"},
	{"GET", "/info-sessions/new", "/info-sessions/new", "VSKX", "info-new"},
	{"POST", "/info-sessions", "/info-sessions", "VSKX", ""},
	{"GET", "/info-sessions/{info}", "/info-sessions/" + demo.Info(0).String(), "VSKEO", "info"},
	{"POST", "/info-sessions/{info}/guests", "/info-sessions/" + demo.Info(0).String() + "/guests", "VSKEO", ""},
	{"POST", "/info-sessions/{info}/attendance", "/info-sessions/" + demo.Info(0).String() + "/attendance", "VSKEO", ""},
	{"POST", "/info-sessions/{info}/cancellation", "/info-sessions/" + demo.Info(1).String() + "/cancellation", "K", ""},
	{"GET", "/referrals/new", "/referrals/new", "EO", "referral-new"},
	{"POST", "/referrals", "/referrals", "EO", ""},
	{"GET", "/enrolments/{enrolment}", "/enrolments/" + demo.Enrolment(8).String(), "VE", "enrolment"},
	{"POST", "/enrolments/{enrolment}/state", "/enrolments/" + demo.Enrolment(8).String() + "/state", "V", ""},
	{"POST", "/enrolments/{enrolment}/goal", "/enrolments/" + demo.Enrolment(8).String() + "/goal", "V", ""},
	{"POST", "/enrolments/{enrolment}/profile", "/enrolments/" + demo.Enrolment(8).String() + "/profile", "V", ""},
	{"POST", "/enrolments/{enrolment}/search-steps", "/enrolments/" + demo.Enrolment(8).String() + "/search-steps", "V", ""},
	{"POST", "/enrolments/{enrolment}/goal-checks", "/enrolments/" + demo.Enrolment(8).String() + "/goal-checks", "V", ""},
	{"POST", "/enrolments/{enrolment}/pre-assignments", "/enrolments/" + demo.Recruit(2).String() + "/pre-assignments", "V", ""},
	{"GET", "/cohorts/{cohort}/pre-assignments", "/cohorts/" + demo.Recruiting.String() + "/pre-assignments", "V", "pre-assignments"},
	{"POST", "/cohorts/{cohort}/pre-assignments", "/cohorts/" + demo.Recruiting.String() + "/pre-assignments", "V", ""},
	{"GET", "/pre-assignments/{pre}", "{pre}", "VT", "pre-assignment"},
	{"POST", "/pre-assignments/{pre}/opening", "{pre}/opening", "T", ""},
	{"POST", "/pre-assignments/{pre}/answer", "{pre}/answer", "VT", ""},
	{"POST", "/pre-assignments/{pre}/discussion", "{pre}/discussion", "V", ""},
	{"GET", "/cohorts/{cohort}/walk", "/cohorts/" + demo.Running.String() + "/walk", "V", "walk"},
	{"POST", "/cohorts/{cohort}/walk", "/cohorts/" + demo.Running.String() + "/walk", "V", ""},
	{"GET", "/promises", "/promises", "VSKEOX", "promises"},
	{"POST", "/promises/{promise}/done", "{promise}", "VK", ""},
	{"GET", "/cohorts/{cohort}/briefing", "/cohorts/" + demo.Running.String() + "/briefing", "V", "briefing"},
	{"GET", "/cohorts/{cohort}/substitutes", "/cohorts/" + demo.Running.String() + "/substitutes", "VK", "substitutes"},
	{"POST", "/cohorts/{cohort}/substitutes", "/cohorts/" + demo.Running.String() + "/substitutes", "VK", ""},
	{"POST", "/substitutes/{duty}/end", "/substitutes/" + demo.Running.String() + "/end", "", ""},
	{"GET", "/enrolments/{enrolment}/protection", "/enrolments/" + demo.Recruit(5).String() + "/protection", "V", "protection"},
	{"POST", "/enrolments/{enrolment}/protection", "/enrolments/" + demo.Recruit(5).String() + "/protection", "V", ""},
	{"POST", "/enrolments/{enrolment}/protection/contact", "/enrolments/" + demo.Recruit(5).String() + "/protection/contact", "V", ""},
	{"POST", "/enrolments/{enrolment}/protection/lifting", "/enrolments/" + demo.Recruit(5).String() + "/protection/lifting", "V", ""},
	{"GET", "/break-glass", "/break-glass", "VSEOX", "break-glass"},
	{"POST", "/break-glass", "/break-glass", "VSEOX", ""},
	{"GET", "/admin/break-glass", "/admin/break-glass", "A", "break-glass-list"},
	{"POST", "/admin/break-glass/{breaking}/seen", "/admin/break-glass/" + demo.Breaking.String() + "/seen", "A", ""},
	{"GET", "/enrolments/{enrolment}/consents", "/enrolments/" + demo.Enrolment(8).String() + "/consents", "V", "consents"},
	{"POST", "/enrolments/{enrolment}/consents", "/enrolments/" + demo.Enrolment(8).String() + "/consents", "V", ""},
	{"GET", "/me/consents", "/me/consents", "T", "my-consents"},
	{"POST", "/me/consents", "/me/consents", "T", ""},
	{"GET", "/me/opened", "/me/opened", "T", "opened"},
	{"POST", "/cohorts/{cohort}/absences", "/cohorts/" + demo.Running.String() + "/absences", "VK", ""},
	{"POST", "/absences/{absence}/end", "/absences/" + demo.Running.String() + "/end", "", ""},
	{"GET", "/enrolments/{enrolment}/merge", "/enrolments/" + demo.Enrolment(8).String() + "/merge", "V", "merge"},
	{"POST", "/enrolments/{enrolment}/merge", "/enrolments/" + demo.Enrolment(8).String() + "/merge", "V", ""},
	{"POST", "/merges/{merge}/undo", "/merges/" + demo.Running.String() + "/undo", "", ""},
	{"GET", "/enrolments/{enrolment}/national-id", "/enrolments/" + demo.Enrolment(8).String() + "/national-id", "VE", "national-id"},
	{"POST", "/enrolments/{enrolment}/national-id", "/enrolments/" + demo.Enrolment(8).String() + "/national-id", "V", ""},
	{"GET", "/enrolments/{enrolment}/support", "/enrolments/" + demo.Enrolment(4).String() + "/support", "VE", "support"},
	{"POST", "/enrolments/{enrolment}/eligibility", "/enrolments/" + demo.Enrolment(4).String() + "/eligibility", "VE", ""},
	{"POST", "/enrolments/{enrolment}/obstacles", "/enrolments/" + demo.Enrolment(4).String() + "/obstacles", "V", ""},
	{"POST", "/obstacles/{obstacle}/solved", "{obstacle}", "V", ""},
	{"POST", "/enrolments/{enrolment}/referrals", "/enrolments/" + demo.Enrolment(4).String() + "/referrals", "V", ""},
	{"POST", "/enrolments/{enrolment}/notes", "/enrolments/" + demo.Enrolment(8).String() + "/notes", "V", ""},
	{"GET", "/notes/{note}", "{note}", "V", "note"},
	{"POST", "/notes/{note}", "{note}", "V", ""},
	{"POST", "/notes/{note}/delete", "{note}/delete", "V", ""},
	{"GET", "/cohorts/{cohort}/notes", "/cohorts/" + demo.Running.String() + "/notes", "V", "group-note"},
	{"POST", "/cohorts/{cohort}/notes", "/cohorts/" + demo.Running.String() + "/notes", "V", ""},
	{"POST", "/drafts", "/drafts", "VSKEOTAX", ""},
	{"POST", "/drafts/{draft}/delete", "/drafts/" + demo.Running.String() + "/delete", "VSKEOTAX", ""},
	{"GET", "/enrolments/{enrolment}/withdrawal", "/enrolments/" + demo.Enrolment(1).String() + "/withdrawal", "V", "withdrawal"},
	{"POST", "/enrolments/{enrolment}/withdrawal", "/enrolments/" + demo.Enrolment(1).String() + "/withdrawal", "V", ""},
	{"GET", "/enrolments/{enrolment}/trials/new", "/enrolments/" + demo.Enrolment(3).String() + "/trials/new", "K", "trial-new"},
	{"POST", "/enrolments/{enrolment}/trials", "/enrolments/" + demo.Enrolment(3).String() + "/trials", "K", ""},
	{"GET", "/enrolments/{enrolment}/review", "/enrolments/" + demo.Enrolment(1).String() + "/review", "V", "review-book"},
	{"POST", "/enrolments/{enrolment}/review", "/enrolments/" + demo.Enrolment(1).String() + "/review", "V", ""},
	{"GET", "/employers", "/employers", "VSKEOX", "employers"},
	{"GET", "/employers/new", "/employers/new", "K/VSEOX", "employer-new"},
	{"POST", "/employers", "/employers", "K/VSEOX", ""},
	{"GET", "/sites/{site}", "/sites/" + demo.Site(1).String(), "VSKEO", "site"},
	{"POST", "/sites/{site}/contacts", "/sites/" + demo.Site(1).String() + "/contacts", "VSK/EO", ""},
	{"GET", "/trials/{trial}", "/trials/" + demo.Trial(107).String(), "KVE", "trial"},
	{"POST", "/trials/{trial}/terms", "/trials/" + demo.Trial(107).String() + "/terms", "K/VE", ""},
	{"POST", "/trials/{trial}/signatures", "/trials/" + demo.Trial(107).String() + "/signatures", "KE/V", ""},
	{"POST", "/trials/{trial}/insurance", "/trials/" + demo.Trial(107).String() + "/insurance", "K/VE", ""},
	{"POST", "/trials/{trial}/activation", "/trials/" + demo.Trial(107).String() + "/activation", "K/VE", ""},
	{"POST", "/trials/{trial}/contacts", "/trials/" + demo.Trial(107).String() + "/contacts", "KV/E", ""},
	{"POST", "/trials/{trial}/end", "/trials/" + demo.Trial(107).String() + "/end", "K/VE", ""},
	{"POST", "/trials/{trial}/answer", "/trials/" + demo.Trial(107).String() + "/answer", "VK/E", ""},
	{"GET", "/trials/{trial}/agreement", "/trials/" + demo.Trial(108).String() + "/agreement", "VKET", "agreement"},
	{"GET", "/trials/{trial}/end-date", "/trials/" + demo.Trial(108).String() + "/end-date", "K/VE", "end-date"},
	{"POST", "/trials/{trial}/end-date", "/trials/" + demo.Trial(108).String() + "/end-date", "K/VE", ""},
	{"POST", "/trials/{trial}/problems", "/trials/" + demo.Trial(108).String() + "/problems", "VKT/E", ""},
	{"POST", "/problems/{problem}/action", "{problem}", "K/V", ""},
	{"POST", "/trials/{trial}/assessment", "/trials/" + demo.Trial(108).String() + "/assessment", "VK/E", ""},
	{"POST", "/trials/{trial}/waiver", "/trials/" + demo.Trial(108).String() + "/waiver", "E/VK", ""},
	{"POST", "/trials/{trial}/comment", "/trials/" + demo.Trial(108).String() + "/comment", "", ""},
	{"GET", "/enrolments/{enrolment}/trial-balance", "/enrolments/" + demo.Enrolment(4).String() + "/trial-balance", "VKE", "trial-balance"},
	{"POST", "/enrolments/{enrolment}/trial-evidence", "/enrolments/" + demo.Enrolment(4).String() + "/trial-evidence", "VKE", ""},
	{"POST", "/evidence/{evidence}/withdrawal", "{evidence}", "VKE", ""},
	{"POST", "/trials/{trial}/diary", "/trials/" + demo.Trial(108).String() + "/diary", "T", ""},
	{"GET", "/enrolments/{enrolment}/matching", "/enrolments/" + demo.Enrolment(3).String() + "/matching", "VK", "matching"},
	{"POST", "/enrolments/{enrolment}/placement-profile", "/enrolments/" + demo.Enrolment(3).String() + "/placement-profile", "V", ""},
	{"GET", "/matching", "/matching", "K", "matching-board"},
	{"GET", "/me/trials", "/me/trials", "T", "my-trials"},
	{"POST", "/me/placement-profile", "/me/placement-profile", "T", ""},
	{"POST", "/sites/{site}/settings", "/sites/" + demo.Site(1).String() + "/settings", "K/VSEO", ""},
	{"POST", "/sites/{site}/people", "/sites/" + demo.Site(1).String() + "/people", "K/VSEO", ""},
	{"POST", "/sites/{site}/capacity", "/sites/" + demo.Site(1).String() + "/capacity", "K/VSEO", ""},
	{"POST", "/site-people/{person}/end", "/site-people/" + demo.SitePerson(1).String() + "/end", "K/VSEO", ""},
	{"POST", "/capacities/{capacity}/end", "{capacity}", "K/VSEO", ""},
	{"GET", "/employers/export.csv", "/employers/export.csv", "VSKX", ""},
	{"GET", "/employers/export.xlsx", "/employers/export.xlsx", "VSKX", ""},
	{"GET", "/open-days", "/open-days", "VSKX", "open-days"},
	{"POST", "/open-days", "/open-days", "VSKX", ""},
	{"POST", "/open-days/{day}/signups", "/open-days/" + demo.OpenDay(0).String() + "/signups", "VSKT", ""},
	{"POST", "/signups/{signup}/end", "{signup}", "VK", ""},
	{"POST", "/open-days/{day}/cancellation", "/open-days/" + demo.OpenDay(0).String() + "/cancellation", "K/VS", ""},
	{"GET", "/admin/law", "/admin/law", "A", "law"},
	{"POST", "/admin/law", "/admin/law", "A", ""},
	{"GET", "/reviews", "/reviews", "VSEOX", "reviews"},
	{"GET", "/reviews/{review}", "/reviews/" + demo.Review(202).String(), "VE", "review"},
	{"POST", "/reviews/{review}/text", "/reviews/" + demo.Review(202).String() + "/text", "V/E", ""},
	{"POST", "/reviews/{review}/ready", "/reviews/" + demo.Review(202).String() + "/ready", "V/E", ""},
	{"POST", "/reviews/{review}/acknowledgement", "/reviews/" + demo.Review(202).String() + "/acknowledgement", "VE", ""},
	{"POST", "/reviews/{review}/lock", "/reviews/" + demo.Review(202).String() + "/lock", "V/E", ""},
	{"POST", "/reviews/{review}/device", "/reviews/" + demo.Review(202).String() + "/device", "V/E", ""},
	{"GET", "/reviews/{review}/decision", "/reviews/" + demo.Review(202).String() + "/decision", "E/V", "decision"},
	{"POST", "/reviews/{review}/decision", "/reviews/" + demo.Review(202).String() + "/decision", "E/V", ""},
	{"GET", "/reviews/{review}/summary", "/reviews/" + demo.Review(200).String() + "/summary", "VE", "summary"},
	{"POST", "/reviews/{review}/summary/approval", "/reviews/" + demo.Review(200).String() + "/summary/approval", "/VE", ""},
	{"POST", "/reviews/{review}/outcome", "/reviews/" + demo.Review(200).String() + "/outcome", "V", ""},
	{"GET", "/handed", "/handed", "", ""},
	{"POST", "/handed/acknowledgement", "/handed/acknowledgement", "", ""},
	{"POST", "/handed/approval", "/handed/approval", "", ""},
	{"POST", "/handed/return", "/handed/return", "", ""},
	{"GET", "/admin/closed-days", "/admin/closed-days", "A", "closed-days"},
	{"POST", "/admin/closed-days", "/admin/closed-days", "A", ""},
	{"POST", "/admin/closed-days/{date}/delete", "/admin/closed-days/2026-12-24/delete", "", ""},
	{"GET", "/admin/models", "/admin/models", "A", "models"},
	{"GET", "/admin/models/new", "/admin/models/new", "A", "model-new"},
	{"POST", "/admin/models", "/admin/models", "A", ""},
	{"GET", "/enrolments/new", "/enrolments/new", "VSX", "case-new"},
	{"POST", "/enrolments", "/enrolments", "VSX", ""},
	{"GET", "/admin/models/{version}", "/admin/models/" + demo.Draft.String(), "A", "model"},
	{"POST", "/admin/models/{version}/copy", "/admin/models/" + demo.Draft.String() + "/copy", "A", ""},
	{"POST", "/admin/models/{version}/publication", "/admin/models/" + demo.Draft.String() + "/publication", "A", ""},
	{"POST", "/admin/models/{version}/delete", "/admin/models/" + demo.Draft.String() + "/delete", "A", ""},
	{"GET", "/admin/models/{version}/facts", "/admin/models/" + demo.Draft.String() + "/facts", "A", "model-facts"},
	{"POST", "/admin/models/{version}/facts", "/admin/models/" + demo.Draft.String() + "/facts", "A", ""},
	{"GET", "/admin/models/{version}/weeks/{week}", "/admin/models/" + demo.Draft.String() + "/weeks/3", "A", "model-week"},
	{"POST", "/admin/models/{version}/weeks/{week}", "/admin/models/" + demo.Draft.String() + "/weeks/3", "A", ""},
	{"GET", "/admin/models/{version}/pre-assignments", "/admin/models/" + demo.Draft.String() + "/pre-assignments", "A", "model-pre"},
	{"POST", "/admin/models/{version}/pre-assignments", "/admin/models/" + demo.Draft.String() + "/pre-assignments", "A", ""},
	{"GET", "/admin/users", "/admin/users", "A", "members"},
	{"POST", "/admin/users/invitations", "/admin/users/invitations", "A", ""},
	{"GET", "/admin/wording", "/admin/wording", "A", "wording"},
	{"POST", "/admin/wording", "/admin/wording", "A", ""},
	{"POST", "/admin/users/{member}/role", "{member}/role", "A", ""},
	{"POST", "/admin/users/{member}/end", "{member}/end", "A", ""},
	{"POST", "/admin/users/{member}/duties", "{member}/duties", "A", ""},
}

// examplePath fills what only the database knows into a line's path.
func examplePath(s *site, path string) string {
	if strings.Contains(path, "{meeting}") {
		return "/meetings/" + s.uuid(
			`select id from app.meeting where org_id = $1 and cohort_id = $2 and day = 8 and half = 1`,
			demo.Org,
			demo.Running,
		) + "/attendance"
	}
	if strings.Contains(path, "{obstacle}") {
		return "/obstacles/" + s.uuid(`select id from app.obstacle where org_id = $1 and solved_at is null limit 1`, demo.Org) + "/solved"
	}
	if strings.Contains(path, "{problem}") {
		return "/problems/" + s.uuid(`select id from app.trial_problem where org_id = $1 and acted_on is null`, demo.Org) + "/action"
	}
	if strings.Contains(path, "{evidence}") {
		return "/evidence/" + s.uuid(`select id from app.trial_evidence where org_id = $1`, demo.Org) + "/withdrawal"
	}
	if strings.Contains(path, "{capacity}") {
		return "/capacities/" + s.uuid(`select id from app.site_capacity where org_id = $1 and site_id = $2`, demo.Org, demo.Site(1)) + "/end"
	}
	if strings.Contains(path, "{signup}") {
		return "/signups/" + s.uuid(
			`select id from app.open_day_signup where org_id = $1 and enrolment_id = $2`,
			demo.Org,
			demo.Enrolment(1),
		) + "/end"
	}
	if strings.Contains(path, "{plain}") {
		return strings.Replace(
			path,
			"{plain}",
			"/meetings/"+s.uuid(`select id from app.meeting where org_id = $1 and cohort_id = $2 and day = 15 and half = 1`, demo.Org, demo.Running),
			1,
		)
	}
	if strings.Contains(path, "{promise}") {
		return "/promises/" + s.uuid(
			`select id from app.promise where org_id = $1 and owner = 'coordinator' and done_at is null limit 1`,
			demo.Org,
		) + "/done"
	}
	if strings.Contains(path, "{pre}") {
		return strings.Replace(
			path,
			"{pre}",
			"/pre-assignments/"+s.uuid(
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
			"/notes/"+s.uuid(`select id from app.note where org_id = $1 and visibility = 'private'`, demo.Org),
			1,
		)
	}
	if strings.Contains(path, "{member}") {
		return strings.Replace(
			path,
			"{member}",
			"/admin/users/"+s.uuid(`select id from app.membership where org_id = $1 and email = 'senni.sijainen@example.org'`, demo.Org),
			1,
		)
	}
	return path
}

// verdict is what a line says about one person: 200, 403, 303 or 404.
func verdict(who, letter string) int {
	code := http.StatusOK
	for _, r := range who {
		switch {
		case r == '/':
			code = http.StatusForbidden
		case r == '>':
			code = http.StatusSeeOther
		case string(r) == letter:
			return code
		}
	}
	if letter == "-" {
		return http.StatusSeeOther
	}
	return http.StatusNotFound
}

// Every route has its line, every line its route, and every route declares its act.
func TestMatrixIsComplete(t *testing.T) {
	lines := map[string]bool{}
	for _, m := range matrix {
		lines[m.method+" "+m.pattern] = true
	}
	srv := server.New(core.Config{}, server.Rooms{}, nil)
	used := map[string]bool{}
	for _, r := range srv.Routes() {
		if !lines[r.Method+" "+r.Pattern] {
			t.Errorf("%s %s has no line in the visibility matrix", r.Method, r.Pattern)
		}
		delete(lines, r.Method+" "+r.Pattern)
		if r.Action != nil {
			used[r.Action.Name] = true
		}
	}
	for l := range lines {
		t.Errorf("the matrix has a line for %s, which is no route", l)
	}
	for _, a := range access.Table {
		if !used[a.Name] && a.Name != access.HeaderView.Name && a.Name != access.NationalIDSearch.Name {
			t.Errorf("no route does %s", a.Name)
		}
	}
}

func TestVisibility(t *testing.T) {
	s := start(t)
	users := map[string]*user{}
	for _, u := range matrixUsers {
		users[u.letter] = s.as(u.email)
	}
	var allowed []func()
	before := s.digest()
	for _, m := range matrix {
		path := examplePath(s, m.path)
		if m.pattern == "/logout" || m.pattern == "/login" || m.pattern == "/language" {
			continue // public acts; their own tests try them
		}
		for _, c := range matrixUsers {
			want, u := verdict(m.who, c.letter), users[c.letter]
			if m.method == "POST" && want == http.StatusOK {
				allowed = append(allowed, func() {
					if got := u.post(path, url.Values{"form": {uuid.NewString()}, "version": {"0"}}); got.code == 403 || got.code == 404 ||
						got.code >= 500 {
						t.Errorf("POST %s as %s: %d, want it to be let in", path, c.letter, got.code)
					}
				})
				continue
			}
			var got answer
			if m.method == "GET" {
				got = u.get(path)
			} else {
				got = u.post(path, url.Values{"form": {uuid.NewString()}, "version": {"1"}, "body": {"x"}, "kind": {"call"}, "on": {"1.11.2026"}})
			}
			if c.letter == "-" && strings.HasPrefix(m.pattern, "/invitations") || m.pattern == "/static/*" {
				want = http.StatusNotFound
			}
			if got.code != want && (want != http.StatusSeeOther || got.code != http.StatusMovedPermanently) {
				t.Errorf("%s %s as %s: %d, want %d", m.method, path, c.letter, got.code, want)
			}
			if want == http.StatusForbidden && len(got.codes()) == 0 {
				t.Errorf("%s %s as %s: 403 without a data-code", m.method, path, c.letter)
			}
		}
	}
	if after := s.digest(); after != before {
		t.Errorf("a denied POST or a GET changed the database")
	}
	for _, try := range allowed {
		try()
	}
}

var masked = regexp.MustCompile(`[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}`)

// A foreign id and an absent one answer the same: status, headers and body, ids and reference masked.
func TestForeignIsAbsent(t *testing.T) {
	s := start(t)
	for _, who := range []string{"veera.valmentava", "kimmo.koordinoiva", "eeva.ehkanen", "tuulikki.esimerkki", "aatu.yllapitaja"} {
		u := s.as(who)
		for _, m := range matrix {
			if !strings.Contains(m.pattern, "{") || strings.Contains(m.pattern, "token") || strings.Contains(m.pattern, "member") {
				continue
			}
			foreign := map[string]uuid.UUID{
				"cohort":    demo.OtherCohort,
				"meeting":   uuid.MustParse(s.uuid(`select id from app.meeting where org_id = $1 limit 1`, demo.OtherOrg)),
				"enrolment": demo.OtherEnrolment(0),
				"site":      uuid.New(),
				"trial":     uuid.New(),
				"review":    demo.Review(999),
				"pre": uuid.MustParse(s.uuid(
					`select id from app.pre_assignment where org_id = $1 and enrolment_id = $2 and number = 1`,
					demo.OtherOrg,
					demo.OtherEnrolment(0),
				)),
				"info":        uuid.New(),
				"duty":        uuid.New(),
				"problem":     uuid.New(),
				"evidence":    uuid.New(),
				"capacity":    uuid.New(),
				"day":         uuid.New(),
				"signup":      uuid.New(),
				"absence":     uuid.New(),
				"breaking":    uuid.New(),
				"merge":       uuid.New(),
				"room":        uuid.New(),
				"appointment": uuid.New(),
				"version":     uuid.MustParse(s.uuid(`select id from app.programme_version where org_id = $1`, demo.OtherOrg)),
				"promise":     uuid.New(),
				"view":        uuid.New(),
				"obstacle":    uuid.New(),
				"note": uuid.MustParse(s.uuid(`select n.id
from app.note n
join app.membership m on m.org_id = n.org_id and m.id = n.written_by
where n.org_id = $1 and m.email = 'senni.sijainen@example.org'`, demo.Org)),
			}
			at := func(id uuid.UUID) string {
				p := m.pattern
				for k := range foreign {
					p = strings.Replace(p, "{"+k+"}", id.String(), 1)
				}
				return strings.NewReplacer("{date}", "2026-11-18", "{week}", "1").Replace(p)
			}
			for k, id := range foreign {
				if !strings.Contains(m.pattern, "{"+k+"}") {
					continue
				}
				ask := func(id uuid.UUID) answer {
					if m.method == "GET" {
						return u.get(at(id))
					}
					return u.post(at(id), url.Values{"form": {"01930000-ffff-7000-8000-" + uuid.NewString()[24:]}, "version": {"1"}})
				}
				a, b := ask(id), ask(uuid.New())
				if a.code != http.StatusNotFound && !(a.code == 303 && a.location == "/handed") || a.code != b.code ||
					masked.ReplaceAllString(a.body, "") != masked.ReplaceAllString(b.body, "") {
					t.Errorf("%s %s as %s: foreign %d, absent %d, or another body", m.method, m.pattern, who, a.code, b.code)
				}
				for h := range a.header {
					if h != "Date" && h != "Content-Length" && h != "Set-Cookie" && a.header.Get(h) != b.header.Get(h) {
						t.Errorf("%s %s as %s: header %s differs", m.method, m.pattern, who, h)
					}
				}
			}
		}
	}
}

// toSee is a page of the accessibility run.
type toSee struct{ name, path, as string }

// pagesToSee are the matrix's pages as the first person who may open them, the coordinator's and expert's own forms of
// shared pages, and refused, stale, missing and confirming states.
func pagesToSee(t *testing.T, s *site) []toSee {
	var out []toSee
	email := map[string]string{}
	for _, u := range matrixUsers {
		email[u.letter] = u.email
	}
	for _, u := range append(matrixUsers[:0:0], matrixUsers...) {
		for _, m := range matrix {
			if m.name == "" {
				continue
			}
			first := strings.IndexFunc(m.who, func(r rune) bool { return r != '/' && r != '>' })
			l := m.who[first : first+1]
			if m.name == "login" {
				l = "-"
			}
			if l == u.letter {
				out = append(out, toSee{m.name, examplePath(s, m.path), u.email})
			}
		}
		switch u.letter {
		case "K":
			out = append(
				out,
				toSee{"today-coordinator", "/", u.email},
				toSee{"month-map-coordinator", "/cohorts/" + demo.Running.String(), u.email},
				toSee{"day-coordinator", "/cohorts/" + demo.Running.String() + "/days/2026-11-19", u.email},
			)
		case "E":
			out = append(
				out,
				toSee{"today-expert", "/", u.email},
				toSee{"case-expert", "/enrolments/" + demo.Enrolment(8).String(), u.email},
				toSee{"review-expert", "/reviews/" + demo.Review(202).String(), u.email},
				toSee{"trial-expert", "/trials/" + demo.Trial(100).String(), u.email},
			)
		case "V":
			out = append(
				out,
				toSee{"not-found", "/nothing", u.email},
				toSee{"forbidden", "/employers/new", u.email},
				toSee{"review-locked", "/reviews/" + demo.Review(200).String(), u.email},
				toSee{
					"review-draft",
					"/reviews/" + demo.Review(108).String(),
					u.email,
				},
				toSee{"summary-refused", "/reviews/" + demo.Review(202).String() + "/summary", u.email},
				toSee{
					"merge-preview",
					"/enrolments/" + demo.Recruit(0).String() + "/merge?with=" + demo.Recruit(1).String(),
					u.email,
				},
				toSee{"protection-set", "/enrolments/" + demo.Enrolment(0).String() + "/protection", u.email},
				toSee{"month-map-recruiting", "/cohorts/" + demo.Recruiting.String(), u.email},
				toSee{"month-map-finished", "/cohorts/" + demo.Finished.String(), u.email},
			)
		}
	}
	return out
}
