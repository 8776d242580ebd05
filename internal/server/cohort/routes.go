package cohort

import (
	"kuukausi/internal/access"
	"kuukausi/internal/cohort"
	"kuukausi/internal/server/core"
	"kuukausi/web/paths"
)

// Handlers answer the pages and acts of a group.
type Handlers struct {
	*core.Site
	Cohort cohort.Service
}

// Routes are the URLs of this room.
func (s Handlers) Routes() []core.Route {
	return []core.Route{
		core.Get(paths.Cohorts, access.CohortList, s.cohorts),
		core.Get(paths.NewCohort, access.CohortNew, core.Blank(s.showNewCohort)),
		core.Post(paths.Cohorts, access.CohortCreate, s.createCohort),
		core.Get(paths.Cohort, access.MonthMapView, s.monthMap),
		core.Get(paths.CohortDetails, access.CohortView, core.Shown("cohort", s.ShowDetails)),
		core.Get(paths.CohortFacts, access.FactsView, core.Shown("cohort", s.ShowFacts)),
		core.Post(paths.CohortFacts, access.FactsCorrect, s.correctFacts),
		core.Post(paths.CohortState, access.CohortMove, s.moveCohort),
		core.Get(paths.Day, access.DayView, s.dayBoard),
		core.Post(paths.Day, access.DayRecord, s.recordDay),
		core.Get(paths.Participation, access.ParticipationView, s.participation),
		core.Get(paths.Attendance, access.AttendanceView, core.Shown("meeting", s.showAttendance)),
		core.Post(paths.Attendance, access.AttendanceRecord, s.recordAttendance),
		core.Get(paths.Inquiry, access.InquiryView, core.Shown("enrolment", s.showInquiry)),
		core.Post(paths.Inquiry, access.InquiryAnswer, s.answerInquiry),
		core.Get(paths.Walk, access.WalkView, core.Shown("cohort", s.showWalk)),
		core.Post(paths.Walk, access.WalkAgree, s.agree),
	}
}
