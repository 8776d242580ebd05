package cohort

import (
	"context"
	"time"

	"github.com/google/uuid"

	"kuukausi/internal/access"
	"kuukausi/internal/participant"
)

// Store is what this room needs of the database. Reads return a whole page; writes lock the state, ask decide, and
// store what it answers. Every method answers fault.ErrNotFound for what the actor may not know of.
type Store interface {
	Today(ctx context.Context) (Today, error)
	Cohorts(ctx context.Context) ([]Summary, error)
	CohortPlan(ctx context.Context, like uuid.UUID) (Plan, error)
	MonthMap(ctx context.Context, cohort uuid.UUID) (MonthMap, error)
	Details(ctx context.Context, cohort uuid.UUID) (Details, error)
	Sheet(ctx context.Context, meeting uuid.UUID) (Sheet, error)
	DayBoard(ctx context.Context, cohort uuid.UUID, day time.Time) (DayBoard, error)
	EnrolmentPlan(ctx context.Context, cohort uuid.UUID) (EnrolmentPlan, error)
	Person(ctx context.Context, enrolment uuid.UUID) (Person, error)
	Case(ctx context.Context, enrolment uuid.UUID) (Case, error)
	People(ctx context.Context, do access.Action, f PeopleFilter) (People, error)
	PeopleByCode(ctx context.Context, f PeopleFilter, index []byte) (People, error)
	MyMonth(ctx context.Context) (MyMonth, error)
	Outbox(ctx context.Context, cohort uuid.UUID) (Outbox, error)
	PreAssignment(ctx context.Context, pre uuid.UUID) (PrePage, error)
	Support(ctx context.Context, enrolment uuid.UUID) (Support, error)
	Schedule(ctx context.Context, meeting uuid.UUID) (Schedule, error)
	Walk(ctx context.Context, cohort uuid.UUID) (Walk, error)
	Promises(ctx context.Context) ([]OwnPromise, error)
	Briefing(ctx context.Context, cohort uuid.UUID) (Briefing, error)
	SubstitutePlan(ctx context.Context, cohort uuid.UUID) (Briefing, error)
	NotePage(ctx context.Context, note uuid.UUID) (HeldNote, error)
	Roster(ctx context.Context, cohort uuid.UUID) (Roster, error)
	Words(ctx context.Context) ([]string, error)
	Week(ctx context.Context, cohort uuid.UUID, week int) (WeekPlan, error)
	Participation(ctx context.Context, cohort uuid.UUID, from, until time.Time) (Participation, error)
	Rooms(ctx context.Context) ([]Room, error)
	Diary(ctx context.Context, cohort, enrolment uuid.UUID) (Diary, error)
	Waiting(ctx context.Context, cohort uuid.UUID) (Waiting, error)
	Choosing(ctx context.Context, enrolment uuid.UUID) (Choosing, error)
	ServiceReferralPlan(ctx context.Context, guest uuid.UUID) (ServiceReferralPlan, error)
	InfoSessions(ctx context.Context) ([]InfoSession, error)
	InfoPlan(ctx context.Context) (participant.Texts, error)
	InfoSession(ctx context.Context, info uuid.UUID) (InfoSessionPage, error)

	CreateCohort(ctx context.Context, form access.Form, version uuid.UUID, decide func(access.Actor, Plan) (NewCohort, error)) error
	MoveCohort(ctx context.Context, cohort uuid.UUID, form access.Form, decide func(access.Actor, Standing) (CohortMove, error)) error
	RecordAttendance(ctx context.Context, do access.Action, which Which, form access.Form, decide func(access.Actor, Sheet) (Marking, error)) error
	Enrol(ctx context.Context, form access.Form, cohort, version uuid.UUID, who Lookup, decide func(access.Actor, EnrolmentPlan) (NewEnrolment, error)) error
	MoveEnrolment(ctx context.Context, do access.Action, enrolment uuid.UUID, form access.Form, decide func(access.Actor, Case) (EnrolmentMove, error)) error
	EditProfile(ctx context.Context, enrolment uuid.UUID, form access.Form, decide func(access.Actor, Case) (Profile, error)) error
	StoreRoom(ctx context.Context, room uuid.UUID, form access.Form, f RoomForm, refused error) error
	SetRoom(ctx context.Context, cohort, meeting uuid.UUID, form access.Form, room uuid.UUID) error
	AddAppointments(ctx context.Context, cohort, enrolment uuid.UUID, form access.Form, f AppointmentForm, decide func(access.Actor, Booking) error) error
	EndAppointment(ctx context.Context, id uuid.UUID, form access.Form, to string, decide func(access.Actor, Appointment) error) (enrolment uuid.UUID, err error)
	OfferPlace(ctx context.Context, enrolment uuid.UUID, form access.Form, decide func(access.Actor, Waiting) (answerBy time.Time, err error)) (cohort uuid.UUID, err error)
	StoreChoice(ctx context.Context, enrolment uuid.UUID, form access.Form, decide func(access.Actor, Choosing) (NewChoice, error)) error
	AddServiceReferral(ctx context.Context, form access.Form, who Lookup, decide func(access.Actor, ServiceReferralPlan) (ServiceReferral, error)) error
	AddInfoSession(ctx context.Context, form access.Form, decide func(a access.Actor, texts participant.Texts, closed []time.Time) (NewInfoSession, error)) error
	AddGuests(ctx context.Context, info uuid.UUID, form access.Form, decide func(access.Actor, InfoSession) (names []string, err error)) error
	StoreGuests(ctx context.Context, info uuid.UUID, form access.Form, shown, came []uuid.UUID, decide func(access.Actor, InfoSession) error) error
	EndInfoSession(ctx context.Context, info uuid.UUID, form access.Form, decide func(access.Actor, InfoSession) error) error
	AddNote(ctx context.Context, enrolment uuid.UUID, form access.Form, decide func(NoteCase) (NewNote, error)) error
	ChangeNote(ctx context.Context, do access.Action, note uuid.UUID, form access.Form, decide func(access.Actor, HeldNote) (NewNote, error)) (enrolment uuid.UUID, err error)
	AddGroupNote(ctx context.Context, cohort uuid.UUID, form access.Form, decide func(Roster) ([]NewNote, error)) error
	EditWords(ctx context.Context, form access.Form, decide func(have []string) (add, drop []string, err error)) error
	AddEligibility(ctx context.Context, enrolment uuid.UUID, form access.Form, decide func(access.Actor, NoteCase) (Eligibility, error)) error
	AddObstacle(ctx context.Context, enrolment uuid.UUID, form access.Form, decide func(access.Actor, NoteCase) (Obstacle, error)) error
	SolveObstacle(ctx context.Context, obstacle uuid.UUID, form access.Form) (enrolment uuid.UUID, err error)
	AddReferral(ctx context.Context, enrolment uuid.UUID, form access.Form, decide func(access.Actor, NoteCase) (Referral, error)) error
	Reschedule(ctx context.Context, meeting uuid.UUID, form access.Form, reason string, decide func(access.Actor, Schedule) ([]Change, error)) error
	Cancel(ctx context.Context, meeting uuid.UUID, form access.Form, reason string, decide func(Schedule) error) error
	AddView(ctx context.Context, form access.Form, decide func([]SavedView) (SavedView, error)) error
	DropView(ctx context.Context, view uuid.UUID, form access.Form) error
	AddPromises(ctx context.Context, cohort uuid.UUID, form access.Form, done []uuid.UUID, decide func(access.Actor, Walk) ([]NewPromise, error)) error
	EndPromise(ctx context.Context, promise uuid.UUID, form access.Form) (enrolment uuid.UUID, err error)
	AddSubstitute(ctx context.Context, cohort uuid.UUID, form access.Form, decide func(access.Actor, Briefing) (NewDuty, error)) error
	AddAbsence(ctx context.Context, cohort uuid.UUID, form access.Form, from, until time.Time, decide func(access.Actor, Briefing) error) error
	EndSubstitute(ctx context.Context, duty uuid.UUID, form access.Form, decide func(access.Actor, Briefing) error) (cohort uuid.UUID, err error)
	EndAbsence(ctx context.Context, absence uuid.UUID, form access.Form) (cohort uuid.UUID, err error)
	AddGoalCheck(ctx context.Context, enrolment uuid.UUID, form access.Form, decide func(access.Actor, GoalWeek) (GoalCheck, error)) error
	SendPre(ctx context.Context, cohort, enrolment uuid.UUID, form access.Form, decide func(access.Actor, Outbox) (PreSending, error)) error
	ChangePre(ctx context.Context, do access.Action, pre uuid.UUID, form access.Form, decide func(access.Actor, PrePage) (PreChange, error)) error
	SetGoal(ctx context.Context, do access.Action, enrolment uuid.UUID, form access.Form, decide func(access.Actor, Case) (NewGoal, error)) error
}

// Service is the room's door for the server.
type Service struct {
	Store
	Codes participant.Codes
}

// Duty is who works with a cohort, in words.
type Duty struct {
	Kind string
	Name string
	Own  bool // the reader's
}

// Colleague can be chosen as coach, coordinator or expert.
type Colleague struct {
	ID   uuid.UUID
	Name string
	Role access.Role
	Area string
}
