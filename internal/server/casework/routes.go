package casework

import (
	"kuukausi/internal/access"
	"kuukausi/internal/casework"
	"kuukausi/internal/server/core"
	"kuukausi/web/paths"
)

// Handlers answer the pages and acts of one case.
type Handlers struct {
	*core.Site
	Casework    casework.Service
	ShowPerson  core.Show     // the page of one person, on which most acts of a case stand
	ShowMyMonth core.ShowForm // the participant's own page
}

// Routes are the URLs of this room.
func (s Handlers) Routes() []core.Route {
	return []core.Route{
		core.Post(paths.MyGoal, access.GoalOwn, s.setOwnGoal),
		core.Post(paths.EnrolmentState, access.EnrolmentMove, s.moveEnrolment),
		core.Post(paths.Goal, access.GoalSet, s.setGoal),
		core.Post(paths.Profile, access.ProfileEdit, s.editProfile),
		core.Post(paths.GoalChecks, access.GoalCheckAdd, s.checkGoal),
		core.Post(paths.PersonPromises, access.PromiseMake, s.promise),
		core.Post(paths.PromiseKeep, access.PromiseKeep, s.keepPromise),
		core.Post(paths.PromiseReopen, access.PromiseReopen, s.reopenPromise),
		core.Get(paths.Support, access.SupportView, core.Shown("enrolment", s.showSupport)),
		core.Post(paths.Eligibility, access.EligibilityRecord, s.recordEligibility),
		core.Post(paths.Obstacles, access.ObstacleName, s.nameObstacle),
		core.Post(paths.ObstacleSolve, access.ObstacleSolve, s.solveObstacle),
		core.Post(paths.Referrals, access.ReferralMake, s.refer),
		core.Post(paths.Notes, access.NoteAdd, s.addNote),
		core.Get(paths.Note, access.NoteView, core.Shown("note", s.showNote)),
		core.Post(paths.Note, access.NoteCorrect, s.correctNote),
		core.Post(paths.NoteDrop, access.NoteDrop, s.dropNote),
		core.Get(paths.GroupNote, access.RosterView, core.Shown("cohort", s.showGroupNote)),
		core.Post(paths.GroupNote, access.GroupNoteAdd, s.addGroupNote),
		core.Get(paths.Withdrawal, access.CaseView, core.Shown("enrolment", s.showWithdrawal)),
		core.Post(paths.Withdrawal, access.EnrolmentWithdraw, s.withdraw),
		core.Get(paths.CaseExpert, access.ExpertView, core.Shown("enrolment", s.showExpert)),
		core.Post(paths.CaseExpert, access.ExpertReplace, s.replaceExpert),
		core.Get(paths.Interruption, access.InterruptionView, core.Shown("enrolment", s.showInterruption)),
		core.Post(paths.Interruption, access.InterruptionMake, s.interrupt),
		core.Get(paths.Wording, access.WordingList, core.Blank(s.showWording)),
		core.Post(paths.Wording, access.WordingEdit, s.editWording),
	}
}
