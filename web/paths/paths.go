// Package paths holds every URL once: routes, redirects and links all take theirs from here.
package paths

import (
	"strconv"
	"strings"
	"time"

	"github.com/google/uuid"
)

// A URL with parameters is a pattern as the router reads it; At fills it in.
type (
	// Of is a URL of one thing.
	Of string
	// OnDay is a URL of one thing on one day.
	OnDay string
	// Numbered is a URL of one thing's numbered part, a week for one.
	Numbered string
	// Dated is a URL of one day.
	Dated string
	// Secret is a URL with a one-time token.
	Secret string
)

// At is the URL of the thing with this id.
func (p Of) At(id uuid.UUID) string { return fill(string(p), id.String()) }

// At is the URL of the thing on this day.
func (p OnDay) At(id uuid.UUID, d time.Time) string {
	return fill(fill(string(p), id.String()), d.Format(time.DateOnly))
}

// At is the URL of the thing's part with this number.
func (p Numbered) At(id uuid.UUID, n int) string {
	return fill(fill(string(p), id.String()), strconv.Itoa(n))
}

// At is the URL of this day.
func (p Dated) At(d time.Time) string { return fill(string(p), d.Format(time.DateOnly)) }

// At is the URL with this token.
func (p Secret) At(token string) string { return fill(string(p), token) }

// fill puts a value in the place of a pattern's first parameter.
func fill(pattern, value string) string {
	from := strings.IndexByte(pattern, '{')
	to := strings.IndexByte(pattern, '}')
	return pattern[:from] + value + pattern[to+1:]
}

// The pages without an id.
const (
	Today            = "/"
	Login            = "/login"
	Logout           = "/logout"
	Language         = "/language"
	SignIns          = "/sign-ins"
	Password         = "/password"
	SessionsEnd      = "/sessions/end"
	Confirmations    = "/confirmations"
	Openings         = "/openings"
	Membership       = "/membership"
	Accessibility    = "/accessibility"
	AccessibilityOld = "/saavutettavuusseloste"
	Live             = "/livez"
	Ready            = "/readyz"
	Cohorts          = "/cohorts"
	NewCohort        = "/cohorts/new"
	Participants     = "/participants"
	Employers        = "/employers"
	NewEmployer      = "/employers/new"
	Reviews          = "/reviews"
	Me               = "/me"
	MyGoal           = "/me/goal"
	MyConsents       = "/me/consents"
	OpenedMine       = "/me/opened"
	Members          = "/admin/users"
	Handed           = "/handed"
	PeopleSearch     = "/participants/search"
	Views            = "/participants/views"
	Promises         = "/promises"
	Drafts           = "/drafts"
	Wording          = "/admin/wording"
	InfoSessions     = "/info-sessions"
	NewInfoSession   = "/info-sessions/new"
	ServiceReferrals = "/referrals"
	NewReferral      = "/referrals/new"
	Models           = "/admin/models"
	ClosedDays       = "/admin/closed-days"
	Rooms            = "/rooms"
	BreakGlass       = "/break-glass"
	Breakings        = "/admin/break-glass"
	NewModel         = "/admin/models/new"
	NewCase          = "/enrolments/new"
	Cases            = "/enrolments"
	Law              = "/admin/law"
	Matching         = "/matching"
	OpenDays         = "/open-days"
	MyTrials         = "/me/trials"
	MyProfile        = "/me/placement-profile"
	Invitations      = "/admin/users/invitations"
	HandedAck        = "/handed/acknowledgement"
	HandedApproval   = "/handed/approval"
	HandedReturn     = "/handed/return"
	EmployersCSV     = "/employers/export.csv"
	EmployersXLSX    = "/employers/export.xlsx"
	Static           = "/static/*"
)

// The pages of something.
const (
	AbsenceEnd Of = "/absences/{absence}/end"

	BreakingSeen  Of       = "/admin/break-glass/{breaking}/seen"
	ClosedDayDrop Dated    = "/admin/closed-days/{date}/delete"
	Model         Of       = "/admin/models/{version}"
	ModelCopy     Of       = "/admin/models/{version}/copy"
	ModelDrop     Of       = "/admin/models/{version}/delete"
	ModelFacts    Of       = "/admin/models/{version}/facts"
	ModelPre      Of       = "/admin/models/{version}/pre-assignments"
	ModelPublish  Of       = "/admin/models/{version}/publication"
	ModelWeek     Numbered = "/admin/models/{version}/weeks/{week}"
	HandOver      Of       = "/admin/users/{member}/duties"
	MemberEnd     Of       = "/admin/users/{member}/end"
	MemberReset   Of       = "/admin/users/{member}/reset"
	LinkWithdraw  Of       = "/admin/users/invitations/{link}/withdrawal"
	Confirmation  Of       = "/confirmations/{link}"
	SessionEnd    Of       = "/sessions/{session}/end"
	OpeningNoted  Of       = "/openings/{breaking}/noted"
	MemberRole    Of       = "/admin/users/{member}/role"

	AppointmentEnd Of = "/appointments/{appointment}/state"

	CapacityEnd Of = "/capacities/{capacity}/end"

	Cohort             Of       = "/cohorts/{cohort}"
	Absences           Of       = "/cohorts/{cohort}/absences"
	CohortAppointments Of       = "/cohorts/{cohort}/appointments"
	Briefing           Of       = "/cohorts/{cohort}/briefing"
	Day                OnDay    = "/cohorts/{cohort}/days/{date}"
	Calls              OnDay    = "/cohorts/{cohort}/days/{date}/calls"
	CohortDetails      Of       = "/cohorts/{cohort}/details"
	Enrolments         Of       = "/cohorts/{cohort}/enrolments"
	NewEnrolment       Of       = "/cohorts/{cohort}/enrolments/new"
	GroupNote          Of       = "/cohorts/{cohort}/notes"
	Participation      Of       = "/cohorts/{cohort}/participation"
	Outbox             Of       = "/cohorts/{cohort}/pre-assignments"
	CohortRoom         Of       = "/cohorts/{cohort}/room"
	CohortState        Of       = "/cohorts/{cohort}/state"
	Substitutes        Of       = "/cohorts/{cohort}/substitutes"
	Waiting            Of       = "/cohorts/{cohort}/waiting"
	Walk               Of       = "/cohorts/{cohort}/walk"
	Week               Numbered = "/cohorts/{cohort}/weeks/{week}"

	DraftDrop Of = "/drafts/{draft}/delete"

	Enrolment         Of = "/enrolments/{enrolment}"
	Appointments      Of = "/enrolments/{enrolment}/appointments"
	Choice            Of = "/enrolments/{enrolment}/choice"
	Consents          Of = "/enrolments/{enrolment}/consents"
	Eligibility       Of = "/enrolments/{enrolment}/eligibility"
	Goal              Of = "/enrolments/{enrolment}/goal"
	GoalChecks        Of = "/enrolments/{enrolment}/goal-checks"
	MatchingOf        Of = "/enrolments/{enrolment}/matching"
	Basics            Of = "/enrolments/{enrolment}/person"
	Inquiry           Of = "/enrolments/{enrolment}/absence"
	Merge             Of = "/enrolments/{enrolment}/merge"
	NationalID        Of = "/enrolments/{enrolment}/national-id"
	Notes             Of = "/enrolments/{enrolment}/notes"
	Obstacles         Of = "/enrolments/{enrolment}/obstacles"
	Offer             Of = "/enrolments/{enrolment}/offer"
	PlacementProfile  Of = "/enrolments/{enrolment}/placement-profile"
	SendOne           Of = "/enrolments/{enrolment}/pre-assignments"
	Profile           Of = "/enrolments/{enrolment}/profile"
	Protection        Of = "/enrolments/{enrolment}/protection"
	ProtectionContact Of = "/enrolments/{enrolment}/protection/contact"
	ProtectionLift    Of = "/enrolments/{enrolment}/protection/lifting"
	Referrals         Of = "/enrolments/{enrolment}/referrals"
	Refusal           Of = "/enrolments/{enrolment}/refusal"
	BookReview        Of = "/enrolments/{enrolment}/review"
	SearchSteps       Of = "/enrolments/{enrolment}/search-steps"
	EnrolmentState    Of = "/enrolments/{enrolment}/state"
	Support           Of = "/enrolments/{enrolment}/support"
	TrialBalance      Of = "/enrolments/{enrolment}/trial-balance"
	TrialEvidence     Of = "/enrolments/{enrolment}/trial-evidence"
	Trials            Of = "/enrolments/{enrolment}/trials"
	NewTrial          Of = "/enrolments/{enrolment}/trials/new"
	Withdrawal        Of = "/enrolments/{enrolment}/withdrawal"

	EvidenceDrop Of = "/evidence/{evidence}/withdrawal"

	Info       Of = "/info-sessions/{info}"
	InfoMarks  Of = "/info-sessions/{info}/attendance"
	InfoCancel Of = "/info-sessions/{info}/cancellation"
	InfoGuests Of = "/info-sessions/{info}/guests"

	Invitation Secret = "/invitations/{token}"

	Meeting        Of = "/meetings/{meeting}"
	Attendance     Of = "/meetings/{meeting}/attendance"
	MeetingCancel  Of = "/meetings/{meeting}/cancellation"
	MeetingRestore Of = "/meetings/{meeting}/restoration"
	MeetingMove    Of = "/meetings/{meeting}/move"
	MeetingRoom    Of = "/meetings/{meeting}/room"

	MergeUndo Of = "/merges/{merge}/undo"

	Note     Of = "/notes/{note}"
	NoteDrop Of = "/notes/{note}/delete"

	ObstacleSolve Of = "/obstacles/{obstacle}/solved"

	OpenDayCancel Of = "/open-days/{day}/cancellation"
	SignUps       Of = "/open-days/{day}/signups"

	ViewDrop Of = "/participants/views/{view}/delete"

	Pre        Of = "/pre-assignments/{pre}"
	PreAnswer  Of = "/pre-assignments/{pre}/answer"
	PreDiscuss Of = "/pre-assignments/{pre}/discussion"
	PreOpen    Of = "/pre-assignments/{pre}/opening"

	ProblemAction Of = "/problems/{problem}/action"

	PromiseKeep Of = "/promises/{promise}/done"

	Review          Of = "/reviews/{review}"
	ReviewAck       Of = "/reviews/{review}/acknowledgement"
	Decision        Of = "/reviews/{review}/decision"
	ReviewHand      Of = "/reviews/{review}/device"
	ReviewLock      Of = "/reviews/{review}/lock"
	Outcome         Of = "/reviews/{review}/outcome"
	ReviewReady     Of = "/reviews/{review}/ready"
	Summary         Of = "/reviews/{review}/summary"
	SummaryApproval Of = "/reviews/{review}/summary/approval"
	ReviewText      Of = "/reviews/{review}/text"
	ReviewMove      Of = "/reviews/{review}/meeting"

	Room Of = "/rooms/{room}"

	SignUpEnd Of = "/signups/{signup}/end"

	SitePersonEnd Of = "/site-people/{person}/end"

	Site         Of = "/sites/{site}"
	SiteCapacity Of = "/sites/{site}/capacity"
	SiteContacts Of = "/sites/{site}/contacts"
	SitePeople   Of = "/sites/{site}/people"
	SiteSettings Of = "/sites/{site}/settings"

	SubstituteEnd Of = "/substitutes/{duty}/end"

	Trial           Of = "/trials/{trial}"
	TrialActivation Of = "/trials/{trial}/activation"
	Agreement       Of = "/trials/{trial}/agreement"
	TrialAnswer     Of = "/trials/{trial}/answer"
	TrialAssessment Of = "/trials/{trial}/assessment"
	TrialComment    Of = "/trials/{trial}/comment"
	TrialContacts   Of = "/trials/{trial}/contacts"
	TrialDiary      Of = "/trials/{trial}/diary"
	TrialEnd        Of = "/trials/{trial}/end"
	TrialEndDate    Of = "/trials/{trial}/end-date"
	TrialInsurance  Of = "/trials/{trial}/insurance"
	TrialProblems   Of = "/trials/{trial}/problems"
	TrialSignatures Of = "/trials/{trial}/signatures"
	TrialTerms      Of = "/trials/{trial}/terms"
	TrialWaiver     Of = "/trials/{trial}/waiver"
)

// People is the list of people narrowed by a query, "" for none.
func People(query string) string { return with(Participants, query) }

// TrialAt is the form of a new trial at a site that fits.
func TrialAt(enrolment, site uuid.UUID) string {
	return NewTrial.At(enrolment) + "?site=" + site.String()
}

// Ledger is the list of employers narrowed by a query, "" for none; ending is "", ".csv" or ".xlsx".
func Ledger(query, ending string) string {
	switch ending {
	case ".csv":
		return with(EmployersCSV, query)
	case ".xlsx":
		return with(EmployersXLSX, query)
	}
	return with(Employers, query)
}

// ReferGuest is the referral of somebody who was told of an info session.
func ReferGuest(guest uuid.UUID) string { return NewReferral + "?guest=" + guest.String() }

// CohortLike is the form of a new cohort that takes after another one.
func CohortLike(cohort uuid.UUID) string { return NewCohort + "?like=" + cohort.String() }

// MergeWith is the preview of a merge with the person of another case.
func MergeWith(enrolment, other uuid.UUID) string {
	return Merge.At(enrolment) + "?with=" + other.String()
}

func with(path, query string) string {
	if query == "" {
		return path
	}
	return path + "?" + query
}
