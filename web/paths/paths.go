// Package paths holds every URL once: routes, redirects and links all take theirs from here.
package paths

import (
	"strconv"
	"time"

	"github.com/google/uuid"
)

// The pages without an id.
const (
	Today            = "/"
	Login            = "/login"
	Logout           = "/logout"
	Language         = "/language"
	SignIns          = "/sign-ins"
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
	Law              = "/admin/law"
	Matching         = "/matching"
	OpenDays         = "/open-days"
	MyTrials         = "/me/trials"
	MyProfile        = "/me/placement-profile"
)

func Cohort(id uuid.UUID) string        { return "/cohorts/" + id.String() }
func CohortDetails(id uuid.UUID) string { return Cohort(id) + "/details" }
func CohortState(id uuid.UUID) string   { return Cohort(id) + "/state" }
func NewEnrolment(id uuid.UUID) string  { return Cohort(id) + "/enrolments/new" }
func Enrolments(id uuid.UUID) string    { return Cohort(id) + "/enrolments" }
func Day(id uuid.UUID, d time.Time) string {
	return Cohort(id) + "/days/" + d.Format("2006-01-02")
}
func Meeting(id uuid.UUID) string           { return "/meetings/" + id.String() }
func MeetingMove(id uuid.UUID) string       { return Meeting(id) + "/move" }
func MeetingCancel(id uuid.UUID) string     { return Meeting(id) + "/cancellation" }
func Attendance(meeting uuid.UUID) string   { return "/meetings/" + meeting.String() + "/attendance" }
func Enrolment(id uuid.UUID) string         { return "/enrolments/" + id.String() }
func EnrolmentState(id uuid.UUID) string    { return Enrolment(id) + "/state" }
func Goal(id uuid.UUID) string              { return Enrolment(id) + "/goal" }
func Profile(id uuid.UUID) string           { return Enrolment(id) + "/profile" }
func SearchSteps(id uuid.UUID) string       { return Enrolment(id) + "/search-steps" }
func Withdrawal(id uuid.UUID) string        { return Enrolment(id) + "/withdrawal" }
func NewTrial(enrolment uuid.UUID) string   { return Enrolment(enrolment) + "/trials/new" }
func Trials(enrolment uuid.UUID) string     { return Enrolment(enrolment) + "/trials" }
func BookReview(enrolment uuid.UUID) string { return Enrolment(enrolment) + "/review" }
func GoalChecks(enrolment uuid.UUID) string { return Enrolment(enrolment) + "/goal-checks" }
func SendOne(enrolment uuid.UUID) string    { return Enrolment(enrolment) + "/pre-assignments" }
func Outbox(cohort uuid.UUID) string        { return Cohort(cohort) + "/pre-assignments" }
func Pre(id uuid.UUID) string               { return "/pre-assignments/" + id.String() }
func PreOpen(id uuid.UUID) string           { return Pre(id) + "/opening" }
func PreAnswer(id uuid.UUID) string         { return Pre(id) + "/answer" }
func PreDiscuss(id uuid.UUID) string        { return Pre(id) + "/discussion" }
func Walk(cohort uuid.UUID) string          { return Cohort(cohort) + "/walk" }
func Briefing(cohort uuid.UUID) string      { return Cohort(cohort) + "/briefing" }
func Substitutes(cohort uuid.UUID) string   { return Cohort(cohort) + "/substitutes" }
func SubstituteEnd(duty uuid.UUID) string   { return "/substitutes/" + duty.String() + "/end" }
func PromiseKeep(id uuid.UUID) string       { return Promises + "/" + id.String() + "/done" }

// People is the list of people narrowed by a query, "" for none.
func People(query string) string {
	if query == "" {
		return Participants
	}
	return Participants + "?" + query
}

func ViewDrop(id uuid.UUID) string                { return Views + "/" + id.String() + "/delete" }
func Support(enrolment uuid.UUID) string          { return Enrolment(enrolment) + "/support" }
func Eligibility(enrolment uuid.UUID) string      { return Enrolment(enrolment) + "/eligibility" }
func Obstacles(enrolment uuid.UUID) string        { return Enrolment(enrolment) + "/obstacles" }
func ObstacleSolve(id uuid.UUID) string           { return "/obstacles/" + id.String() + "/solved" }
func Referrals(enrolment uuid.UUID) string        { return Enrolment(enrolment) + "/referrals" }
func Notes(enrolment uuid.UUID) string            { return Enrolment(enrolment) + "/notes" }
func Note(id uuid.UUID) string                    { return "/notes/" + id.String() }
func NoteDrop(id uuid.UUID) string                { return Note(id) + "/delete" }
func GroupNote(cohort uuid.UUID) string           { return Cohort(cohort) + "/notes" }
func DraftDrop(id uuid.UUID) string               { return Drafts + "/" + id.String() + "/delete" }
func Site(id uuid.UUID) string                    { return "/sites/" + id.String() }
func SiteContacts(id uuid.UUID) string            { return Site(id) + "/contacts" }
func Trial(id uuid.UUID) string                   { return "/trials/" + id.String() }
func TrialTerms(id uuid.UUID) string              { return Trial(id) + "/terms" }
func TrialSignatures(id uuid.UUID) string         { return Trial(id) + "/signatures" }
func TrialInsurance(id uuid.UUID) string          { return Trial(id) + "/insurance" }
func TrialActivation(id uuid.UUID) string         { return Trial(id) + "/activation" }
func TrialAnswer(id uuid.UUID) string             { return Trial(id) + "/answer" }
func TrialEndDate(id uuid.UUID) string            { return Trial(id) + "/end-date" }
func TrialProblems(id uuid.UUID) string           { return Trial(id) + "/problems" }
func ProblemAction(id uuid.UUID) string           { return "/problems/" + id.String() + "/action" }
func TrialAssessment(id uuid.UUID) string         { return Trial(id) + "/assessment" }
func TrialWaiver(id uuid.UUID) string             { return Trial(id) + "/waiver" }
func TrialComment(id uuid.UUID) string            { return Trial(id) + "/comment" }
func Agreement(id uuid.UUID) string               { return Trial(id) + "/agreement" }
func TrialBalance(enrolment uuid.UUID) string     { return Enrolment(enrolment) + "/trial-balance" }
func TrialEvidence(enrolment uuid.UUID) string    { return Enrolment(enrolment) + "/trial-evidence" }
func EvidenceDrop(id uuid.UUID) string            { return "/evidence/" + id.String() + "/withdrawal" }
func TrialDiary(id uuid.UUID) string              { return Trial(id) + "/diary" }
func MatchingOf(enrolment uuid.UUID) string       { return Enrolment(enrolment) + "/matching" }
func PlacementProfile(enrolment uuid.UUID) string { return Enrolment(enrolment) + "/placement-profile" }
func SiteSettings(id uuid.UUID) string            { return Site(id) + "/settings" }
func SitePeople(id uuid.UUID) string              { return Site(id) + "/people" }
func SiteCapacity(id uuid.UUID) string            { return Site(id) + "/capacity" }
func SitePersonEnd(id uuid.UUID) string           { return "/site-people/" + id.String() + "/end" }
func CapacityEnd(id uuid.UUID) string             { return "/capacities/" + id.String() + "/end" }
func SignUps(day uuid.UUID) string                { return OpenDays + "/" + day.String() + "/signups" }
func OpenDayCancel(day uuid.UUID) string          { return OpenDays + "/" + day.String() + "/cancellation" }
func SignUpEnd(id uuid.UUID) string               { return "/signups/" + id.String() + "/end" }

// TrialAt is the form of a new trial at a site that fits.
func TrialAt(enrolment, site uuid.UUID) string { return NewTrial(enrolment) + "?site=" + site.String() }

// Ledger is the list of employers narrowed by a query, "" for none; ending is "", ".csv" or ".xlsx".
func Ledger(query, ending string) string {
	at := Employers
	if ending != "" {
		at += "/export" + ending
	}
	if query != "" {
		at += "?" + query
	}
	return at
}
func TrialContacts(id uuid.UUID) string   { return Trial(id) + "/contacts" }
func TrialEnd(id uuid.UUID) string        { return Trial(id) + "/end" }
func Review(id uuid.UUID) string          { return "/reviews/" + id.String() }
func ReviewText(id uuid.UUID) string      { return Review(id) + "/text" }
func ReviewReady(id uuid.UUID) string     { return Review(id) + "/ready" }
func ReviewAck(id uuid.UUID) string       { return Review(id) + "/acknowledgement" }
func ReviewLock(id uuid.UUID) string      { return Review(id) + "/lock" }
func ReviewHand(id uuid.UUID) string      { return Review(id) + "/device" }
func Decision(id uuid.UUID) string        { return Review(id) + "/decision" }
func Summary(id uuid.UUID) string         { return Review(id) + "/summary" }
func SummaryApproval(id uuid.UUID) string { return Summary(id) + "/approval" }
func Outcome(id uuid.UUID) string         { return Review(id) + "/outcome" }
func MemberRole(id uuid.UUID) string      { return Members + "/" + id.String() + "/role" }
func MemberEnd(id uuid.UUID) string       { return Members + "/" + id.String() + "/end" }
func HandOver(id uuid.UUID) string        { return Members + "/" + id.String() + "/duties" }
func Invitations() string                 { return Members + "/invitations" }
func Invitation(token string) string      { return "/invitations/" + token }
func HandedAck() string                   { return Handed + "/acknowledgement" }
func HandedApproval() string              { return Handed + "/approval" }
func HandedReturn() string                { return Handed + "/return" }

func Waiting(cohort uuid.UUID) string    { return Cohort(cohort) + "/waiting" }
func Offer(enrolment uuid.UUID) string   { return Enrolment(enrolment) + "/offer" }
func Refusal(enrolment uuid.UUID) string { return Enrolment(enrolment) + "/refusal" }
func Choice(enrolment uuid.UUID) string  { return Enrolment(enrolment) + "/choice" }
func Info(id uuid.UUID) string           { return InfoSessions + "/" + id.String() }
func InfoGuests(id uuid.UUID) string     { return Info(id) + "/guests" }
func InfoMarks(id uuid.UUID) string      { return Info(id) + "/attendance" }
func InfoCancel(id uuid.UUID) string     { return Info(id) + "/cancellation" }

// ReferGuest is the referral of somebody who was told of an info session.
func ReferGuest(guest uuid.UUID) string { return NewReferral + "?guest=" + guest.String() }

// CohortLike is the form of a new cohort that takes after another one.
func CohortLike(cohort uuid.UUID) string  { return NewCohort + "?like=" + cohort.String() }
func Model(version uuid.UUID) string      { return Models + "/" + version.String() }
func ModelFacts(version uuid.UUID) string { return Model(version) + "/facts" }
func ModelWeek(version uuid.UUID, week int) string {
	return Model(version) + "/weeks/" + strconv.Itoa(week)
}
func ModelPre(version uuid.UUID) string     { return Model(version) + "/pre-assignments" }
func ModelCopy(version uuid.UUID) string    { return Model(version) + "/copy" }
func ModelPublish(version uuid.UUID) string { return Model(version) + "/publication" }
func ModelDrop(version uuid.UUID) string    { return Model(version) + "/delete" }

func ClosedDayDrop(d time.Time) string           { return ClosedDays + "/" + d.Format("2006-01-02") + "/delete" }
func Room(id uuid.UUID) string                   { return Rooms + "/" + id.String() }
func CohortRoom(cohort uuid.UUID) string         { return Cohort(cohort) + "/room" }
func MeetingRoom(id uuid.UUID) string            { return Meeting(id) + "/room" }
func Appointments(enrolment uuid.UUID) string    { return Enrolment(enrolment) + "/appointments" }
func CohortAppointments(cohort uuid.UUID) string { return Cohort(cohort) + "/appointments" }
func AppointmentEnd(id uuid.UUID) string         { return "/appointments/" + id.String() + "/state" }

func Calls(cohort uuid.UUID, d time.Time) string { return Day(cohort, d) + "/calls" }
func Week(cohort uuid.UUID, week int) string     { return Cohort(cohort) + "/weeks/" + strconv.Itoa(week) }
func Participation(cohort uuid.UUID) string      { return Cohort(cohort) + "/participation" }

func NationalID(enrolment uuid.UUID) string { return Enrolment(enrolment) + "/national-id" }

func Protection(enrolment uuid.UUID) string        { return Enrolment(enrolment) + "/protection" }
func ProtectionContact(enrolment uuid.UUID) string { return Protection(enrolment) + "/contact" }
func ProtectionLift(enrolment uuid.UUID) string    { return Protection(enrolment) + "/lifting" }

func Merge(enrolment uuid.UUID) string { return Enrolment(enrolment) + "/merge" }

// MergeWith is the preview of a merge with the person of another case.
func MergeWith(enrolment, other uuid.UUID) string {
	return Merge(enrolment) + "?with=" + other.String()
}
func MergeUndo(id uuid.UUID) string { return "/merges/" + id.String() + "/undo" }

func BreakingSeen(id uuid.UUID) string { return Breakings + "/" + id.String() + "/seen" }

func Absences(cohort uuid.UUID) string    { return Cohort(cohort) + "/absences" }
func AbsenceEnd(id uuid.UUID) string      { return "/absences/" + id.String() + "/end" }
func Consents(enrolment uuid.UUID) string { return Enrolment(enrolment) + "/consents" }
