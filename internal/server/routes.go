package server

import (
	"net/http"

	"kuukausi/internal/access"
	"kuukausi/web/paths"
)

// Route is one URL: which act it is and who answers. A route without an act is public, and says so with a nil.
type Route struct {
	Method, Pattern string
	Action          *access.Action
	Handler         func(http.ResponseWriter, *http.Request) error
}

// Routes is every URL of the site; the visibility matrix has a line for each.
func (s *Server) Routes() []Route {
	get := func(pattern string, do access.Action, h func(http.ResponseWriter, *http.Request) error) Route {
		return Route{http.MethodGet, pattern, &do, h}
	}
	post := func(pattern string, do access.Action, h func(http.ResponseWriter, *http.Request) error) Route {
		return Route{http.MethodPost, pattern, &do, h}
	}
	public := func(method, pattern string, h func(http.ResponseWriter, *http.Request) error) Route {
		return Route{method, pattern, nil, h}
	}
	return []Route{
		public("GET", paths.Live, s.live),
		public("GET", paths.Ready, s.ready),
		public("GET", "/static/*", s.static),
		public("GET", paths.Login, s.loginPage),
		public("POST", paths.Login, s.login),
		public("POST", paths.Logout, s.logout),
		public("POST", paths.Language, s.language),
		public("GET", paths.Accessibility, s.accessibility),
		public("GET", paths.AccessibilityOld, s.accessibilityOld),
		public("GET", "/invitations/{token}", s.invitationPage),
		public("POST", "/invitations/{token}", s.acceptInvitation),
		get(paths.Membership, access.HeaderView, s.membershipPage),
		post(paths.Membership, access.HeaderView, s.switchMembership),

		get(paths.SignIns, access.SignInList, s.signIns),

		get(paths.Today, access.TodayView, s.today),
		get(paths.Me, access.MyMonthView, s.myMonth),
		post(paths.MyGoal, access.GoalOwn, s.setOwnGoal),

		get(paths.Cohorts, access.CohortList, s.cohorts),
		get(paths.NewCohort, access.CohortNew, s.newCohort),
		post(paths.Cohorts, access.CohortCreate, s.createCohort),
		get("/cohorts/{cohort}", access.MonthMapView, s.monthMap),
		get("/cohorts/{cohort}/details", access.CohortView, s.details),
		post("/cohorts/{cohort}/state", access.CohortMove, s.moveCohort),
		get("/cohorts/{cohort}/days/{date}", access.DayView, s.dayBoard),
		post("/cohorts/{cohort}/days/{date}", access.DayRecord, s.recordDay),
		post("/cohorts/{cohort}/days/{date}/calls", access.CallsRecord, s.recordCalls),
		get("/cohorts/{cohort}/weeks/{week}", access.WeekView, s.week),
		get("/cohorts/{cohort}/participation", access.ParticipationView, s.participation),
		get("/cohorts/{cohort}/enrolments/new", access.EnrolmentNew, s.newEnrolment),
		post("/cohorts/{cohort}/enrolments", access.EnrolmentCreate, s.enrol),
		get("/meetings/{meeting}", access.MeetingView, s.meeting),
		post("/meetings/{meeting}/move", access.MeetingMove, s.moveMeeting),
		post("/meetings/{meeting}/cancellation", access.MeetingCancel, s.cancelMeeting),
		get("/meetings/{meeting}/attendance", access.AttendanceView, s.attendance),
		post("/meetings/{meeting}/attendance", access.AttendanceRecord, s.recordAttendance),

		get(paths.Participants, access.ParticipantList, s.participants),
		post(paths.PeopleSearch, access.ParticipantSearch, s.searchPeople),
		post(paths.Views, access.ViewSave, s.saveView),
		post(paths.Views+"/{view}/delete", access.ViewDrop, s.dropView),
		get(paths.Rooms, access.RoomList, s.rooms),
		post(paths.Rooms, access.RoomSave, s.addRoom),
		post("/rooms/{room}", access.RoomSave, s.editRoom),
		post("/cohorts/{cohort}/room", access.RoomSet, s.setRoom),
		post("/meetings/{meeting}/room", access.MeetingRoomSet, s.setMeetingRoom),
		get("/cohorts/{cohort}/appointments", access.DiaryView, s.shown("cohort", s.showCohortDiary)),
		post("/cohorts/{cohort}/appointments", access.AppointmentMake, s.meetCohort),
		get("/enrolments/{enrolment}/appointments", access.DiaryView, s.shown("enrolment", s.showDiary)),
		post("/enrolments/{enrolment}/appointments", access.AppointmentMake, s.meetPerson),
		post("/appointments/{appointment}/state", access.AppointmentSettle, s.settleAppointment),
		get("/cohorts/{cohort}/waiting", access.WaitingView, s.shown("cohort", s.showWaiting)),
		post("/enrolments/{enrolment}/offer", access.PlaceOffer, s.offerPlace),
		get("/enrolments/{enrolment}/choice", access.ChoiceView, s.shown("enrolment", s.showChoice)),
		post("/enrolments/{enrolment}/choice", access.ChoiceRecord, s.recordChoice),
		get(paths.InfoSessions, access.InfoList, s.infoSessions),
		get(paths.NewInfoSession, access.InfoNew, s.newInfo),
		post(paths.InfoSessions, access.InfoCreate, s.createInfo),
		get("/info-sessions/{info}", access.InfoView, s.shown("info", s.showInfo)),
		post("/info-sessions/{info}/guests", access.InfoInform, s.informGuests),
		post("/info-sessions/{info}/attendance", access.InfoMark, s.markGuests),
		post("/info-sessions/{info}/cancellation", access.InfoCancel, s.cancelInfo),
		get(paths.NewReferral, access.ServiceReferralNew, s.newServiceReferral),
		post(paths.ServiceReferrals, access.ServiceReferralMake, s.makeServiceReferral),
		get("/enrolments/{enrolment}", access.EnrolmentView, s.enrolment),
		post("/enrolments/{enrolment}/state", access.EnrolmentMove, s.moveEnrolment),
		post("/enrolments/{enrolment}/goal", access.GoalSet, s.setGoal),
		post("/enrolments/{enrolment}/profile", access.ProfileEdit, s.editProfile),
		post("/enrolments/{enrolment}/search-steps", access.SearchStepAdd, s.addSearchStep),
		post("/enrolments/{enrolment}/goal-checks", access.GoalCheckAdd, s.checkGoal),
		post("/enrolments/{enrolment}/pre-assignments", access.PreAssignSendOne, s.sendPreOne),
		get("/cohorts/{cohort}/pre-assignments", access.PreAssignList, s.outbox),
		post("/cohorts/{cohort}/pre-assignments", access.PreAssignSend, s.sendPre),
		get("/pre-assignments/{pre}", access.PreAssignView, s.preAssignment),
		post("/pre-assignments/{pre}/opening", access.PreAssignOpen, s.openPre),
		post("/pre-assignments/{pre}/answer", access.PreAssignAnswer, s.answerPre),
		post("/pre-assignments/{pre}/discussion", access.PreAssignDiscuss, s.discussPre),
		get("/cohorts/{cohort}/walk", access.WalkView, s.walk),
		post("/cohorts/{cohort}/walk", access.WalkAgree, s.agree),
		get(paths.Promises, access.PromiseList, s.promises),
		post("/promises/{promise}/done", access.PromiseKeep, s.keepPromise),
		get("/cohorts/{cohort}/briefing", access.BriefingView, s.briefing),
		get("/cohorts/{cohort}/substitutes", access.SubstituteNew, s.substitutes),
		post("/cohorts/{cohort}/substitutes", access.SubstituteName, s.nameSubstitute),
		get("/enrolments/{enrolment}/protection", access.ProtectionView, s.shown("enrolment", s.showProtection)),
		post("/enrolments/{enrolment}/protection", access.ProtectionSet, s.protect),
		post("/enrolments/{enrolment}/protection/contact", access.ProtectionContact, s.editContact),
		post("/enrolments/{enrolment}/protection/lifting", access.ProtectionLift, s.liftProtection),
		get("/enrolments/{enrolment}/national-id", access.NationalIDReveal, s.shown("enrolment", s.showNationalID)),
		post("/enrolments/{enrolment}/national-id", access.NationalIDSet, s.setNationalID),
		get("/enrolments/{enrolment}/support", access.SupportView, s.support),
		post("/enrolments/{enrolment}/eligibility", access.EligibilityRecord, s.recordEligibility),
		post("/enrolments/{enrolment}/obstacles", access.ObstacleName, s.nameObstacle),
		post("/obstacles/{obstacle}/solved", access.ObstacleSolve, s.solveObstacle),
		post("/enrolments/{enrolment}/referrals", access.ReferralMake, s.refer),
		post("/enrolments/{enrolment}/notes", access.NoteAdd, s.addNote),
		get("/notes/{note}", access.NoteView, s.note),
		post("/notes/{note}", access.NoteCorrect, s.correctNote),
		post("/notes/{note}/delete", access.NoteDrop, s.dropNote),
		get("/cohorts/{cohort}/notes", access.RosterView, s.groupNote),
		post("/cohorts/{cohort}/notes", access.GroupNoteAdd, s.addGroupNote),
		post(paths.Drafts, access.DraftSave, s.saveDraft),
		post("/drafts/{draft}/delete", access.DraftDrop, s.dropDraft),
		get("/enrolments/{enrolment}/withdrawal", access.CaseView, s.withdrawal),
		post("/enrolments/{enrolment}/withdrawal", access.EnrolmentWithdraw, s.withdraw),
		get("/enrolments/{enrolment}/trials/new", access.TrialNew, s.newTrial),
		post("/enrolments/{enrolment}/trials", access.TrialCreate, s.createTrial),
		get("/enrolments/{enrolment}/review", access.CaseView, s.bookReviewPage),
		post("/enrolments/{enrolment}/review", access.ReviewBook, s.bookReview),

		get(paths.Employers, access.EmployerList, s.employers),
		get(paths.NewEmployer, access.EmployerNew, s.newEmployer),
		post(paths.Employers, access.EmployerCreate, s.createEmployer),
		get("/sites/{site}", access.SiteView, s.site),
		post("/sites/{site}/contacts", access.SiteContactAdd, s.addSiteContact),
		get("/trials/{trial}", access.TrialView, s.trial),
		post("/trials/{trial}/terms", access.TrialEdit, s.editTrial),
		post("/trials/{trial}/signatures", access.TrialSign, s.signTrial),
		post("/trials/{trial}/insurance", access.TrialInsure, s.insureTrial),
		post("/trials/{trial}/activation", access.TrialActivate, s.activateTrial),
		post("/trials/{trial}/contacts", access.TrialContact, s.addTrialContact),
		post("/trials/{trial}/end", access.TrialEnd, s.endTrial),

		get(paths.Reviews, access.ReviewList, s.reviews),
		get("/reviews/{review}", access.ReviewView, s.review),
		post("/reviews/{review}/text", access.ReviewWrite, s.writeReview),
		post("/reviews/{review}/ready", access.ReviewReady, s.readyReview),
		post("/reviews/{review}/acknowledgement", access.ReviewAcknowledge, s.acknowledge),
		post("/reviews/{review}/lock", access.ReviewLock, s.lockReview),
		post("/reviews/{review}/device", access.DeviceHand, s.handDevice),
		get("/reviews/{review}/decision", access.DecisionView, s.decisionPage),
		post("/reviews/{review}/decision", access.DecisionRecord, s.decide),
		get("/reviews/{review}/summary", access.SummaryView, s.summary),
		post("/reviews/{review}/summary/approval", access.TransferApprove, s.approveTransfer),
		post("/reviews/{review}/outcome", access.OutcomeRecord, s.recordOutcome),

		get(paths.Handed, access.HandedView, s.handed),
		post(paths.HandedAck(), access.HandedAcknowledge, s.handedAcknowledge),
		post(paths.HandedApproval(), access.HandedApprove, s.handedApprove),
		post(paths.HandedReturn(), access.HandedView, s.returnDevice),

		get(paths.ClosedDays, access.ClosedDayList, s.closedDays),
		post(paths.ClosedDays, access.ClosedDayAdd, s.closeDays),
		post(paths.ClosedDays+"/{date}/delete", access.ClosedDayDrop, s.openDay),
		get(paths.Models, access.ModelList, s.models),
		get("/admin/models/{version}", access.ModelView, s.shown("version", s.showModel)),
		post("/admin/models/{version}/copy", access.ModelCopy, s.copyModel),
		post("/admin/models/{version}/publication", access.ModelPublish, s.publishModel),
		post("/admin/models/{version}/delete", access.ModelDrop, s.dropModel),
		get("/admin/models/{version}/facts", access.ModelView, s.shown("version", s.showModelFacts)),
		post("/admin/models/{version}/facts", access.ModelEdit, s.editModelFacts),
		get("/admin/models/{version}/weeks/{week}", access.ModelView, s.shown("version", s.showModelWeek)),
		post("/admin/models/{version}/weeks/{week}", access.ModelEdit, s.editModelWeek),
		get("/admin/models/{version}/pre-assignments", access.ModelView, s.shown("version", s.showModelPre)),
		post("/admin/models/{version}/pre-assignments", access.ModelEdit, s.editModelPre),
		get(paths.Members, access.MemberList, s.members),
		post(paths.Invitations(), access.MemberInvite, s.invite),
		get(paths.Wording, access.WordingList, s.wording),
		post(paths.Wording, access.WordingEdit, s.editWording),
		post(paths.Members+"/{member}/role", access.MemberRole, s.changeRole),
		post(paths.Members+"/{member}/end", access.MemberEnd, s.endMembership),
		post(paths.Members+"/{member}/duties", access.DutyHandOver, s.handOver),
	}
}
