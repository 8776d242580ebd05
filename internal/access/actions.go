package access

func roles(r ...Role) []Role { return r }

func read(name string, may ...Role) Action { return Action{Name: name, May: may} }
func sensitive(name string, may ...Role) Action {
	return Action{Name: name, May: may, Sensitive: true, Purpose: "coaching"}
}
func write(name string, may ...Role) Action {
	return Action{Name: name, May: may, Write: true, Purpose: "coaching"}
}
func (a Action) forPurpose(purpose string) Action { a.Purpose = purpose; return a }
func (a Action) seen(code string, by ...Role) Action {
	a.Code, a.Sees = code, by
	return a
}

// Everyone signed in with their own login.
var everyone = roles(Coach, Coordinator, Expert, Participant, Admin)

// The acts. "Who may do what" in internal/domain.md says who; a role that is not named gets no row-level context.
var (
	TodayView  = sensitive("today_view", Coach, Coordinator, Expert, Admin, Participant)
	HeaderView = read("header_view", append(everyone, Handed)...)

	SignInList = read("sign_in_list", everyone...)

	CohortList   = read("cohort_list", Coach, Coordinator)
	CohortNew    = read("cohort_new", Coach, Coordinator)
	CohortCreate = write("cohort_create", Coach, Coordinator)
	MonthMapView = sensitive("month_map_view", Coach, Coordinator)
	CohortView   = sensitive("cohort_view", Coach, Coordinator)
	CohortMove   = write("cohort_move", Coach, Coordinator)
	FactsView    = sensitive("facts_view", Coach, Coordinator) // another first day names whose trial it touches
	FactsCorrect = write("facts_correct", Coach, Coordinator)
	FirstDayMove = write("first_day_move", Coach, Coordinator)

	AttendanceView   = sensitive("attendance_view", Coach)
	AttendanceRecord = write("attendance_record", Coach)
	InquiryView      = sensitive("inquiry_view", Coach, Expert)
	InquiryAnswer    = write("inquiry_answer", Coach, Expert)
	DayView          = sensitive("day_view", Coach, Coordinator)
	DayRecord        = write("day_record", Coach).seen("E_FORBIDDEN", Coordinator)

	CallsRecord       = write("calls_record", Coach)
	WeekView          = sensitive("week_view", Coach)
	ParticipationView = sensitive("participation_view", Coach).forPurpose("expense_compensation")

	EnrolmentNew      = read("enrolment_new", Coach, Coordinator)
	EnrolmentCreate   = write("enrolment_create", Coach, Coordinator)
	CaseNew           = read("case_new", Coach)
	CaseCreate        = write("case_create", Coach)
	WaitingView       = sensitive("waiting_view", Coach, Coordinator)
	PlaceOffer        = write("place_offer", Coach, Coordinator)
	PlaceRefuse       = write("place_refuse", Coach, Coordinator)
	ChoiceView        = sensitive("choice_view", Coach, Coordinator)
	ChoiceRecord      = write("choice_record", Coach).seen("E_FORBIDDEN", Coordinator)
	EnrolmentView     = sensitive("enrolment_view", Coach, Expert)
	EnrolmentMove     = write("enrolment_move", Coach)
	EnrolmentWithdraw = write("enrolment_withdraw", Coach)
	GoalSet           = write("goal_set", Coach)
	GoalOwn           = write("goal_own", Participant)
	GoalCheckAdd      = write("goal_check_add", Coach)
	PreAssignList     = sensitive("pre_assign_list", Coach)
	PreAssignSend     = write("pre_assign_send", Coach)
	PreAssignSendOne  = write("pre_assign_send_one", Coach)
	PreAssignView     = sensitive("pre_assign_view", Coach, Participant)
	PreAssignOpen     = write("pre_assign_open", Participant)
	PreAssignAnswer   = write("pre_assign_answer", Coach, Participant)
	PreAssignDiscuss  = write("pre_assign_discuss", Coach)
	ProfileEdit       = write("profile_edit", Coach)
	SearchStepAdd     = write("search_step_add", Coach)
	ParticipantList   = sensitive("participant_list", Coach, Coordinator, Expert)
	CaseView          = sensitive("case_view", Coach)
	InterruptionView  = sensitive("interruption_view", Expert)
	InterruptionMake  = write("interruption_make", Expert)
	ExpertView        = sensitive("expert_view", Coach)
	ExpertReplace     = write("expert_replace", Coach)
	SignalSee         = write("signal_see", Coach, Expert)

	InfoList            = read("info_list", Coach, Coordinator, Expert)
	InfoNew             = read("info_new", Coach, Coordinator)
	InfoCreate          = write("info_create", Coach, Coordinator).forPurpose("recruitment")
	InfoView            = sensitive("info_view", Coach, Coordinator, Expert).forPurpose("recruitment")
	InfoInform          = write("info_inform", Coach, Coordinator, Expert).forPurpose("recruitment")
	InfoMark            = write("info_mark", Coach, Coordinator, Expert).forPurpose("recruitment")
	InfoCancel          = write("info_cancel", Coach, Coordinator).forPurpose("recruitment")
	ServiceReferralNew  = sensitive("service_referral_new", Expert).forPurpose("recruitment")
	ServiceReferralMake = write("service_referral_make", Expert).forPurpose("recruitment")

	RoomList          = read("room_list", Coach, Coordinator)
	RoomSave          = write("room_save", Coach, Coordinator)
	RoomSet           = write("room_set", Coach, Coordinator)
	MeetingRoomSet    = write("meeting_room_set", Coach)
	DiaryView         = sensitive("diary_view", Coach)
	AppointmentMake   = write("appointment_make", Coach)
	AppointmentSettle = write("appointment_settle", Coach)

	ProtectionView    = sensitive("protection_view", Coach, Coordinator)
	ProtectionSet     = write("protection_set", Coach)
	ProtectionContact = write("protection_contact", Coach)
	ProtectionLift    = write("protection_lift", Coach)

	BreakGlassNew  = read("break_glass_new", Coach, Expert)
	BreakGlass     = write("break_glass", Coach, Expert).forPurpose("break_glass")
	BreakGlassList = read("break_glass_list", Admin, Coach, Coordinator, Expert)
	BreakGlassSee  = write("break_glass_see", Admin, Coach, Coordinator, Expert).forPurpose("administration")
	OpeningList    = sensitive("opening_list", Coach)
	BasicsView     = sensitive("basics_view", Coach)
	BasicsCorrect  = write("basics_correct", Coach)
	OpeningNote    = write("opening_note", Coach)

	ConsentView = sensitive("consent_view", Coach)
	ConsentNote = write("consent_note", Coach)
	MyConsents  = sensitive("my_consents", Participant)
	ConsentGive = write("consent_give", Participant)
	OpenedView  = sensitive("opened_view", Participant)
	AbsenceNote = write("absence_note", Coach, Coordinator).forPurpose("administration")
	AbsenceEnd  = write("absence_end", Coach, Coordinator).forPurpose("administration")

	MergeView = sensitive("merge_view", Coach)
	MergeMake = write("merge_make", Coach)
	MergeUndo = write("merge_undo", Coach)

	NationalIDReveal = sensitive("national_id_reveal", Coach, Expert)
	NationalIDSet    = write("national_id_set", Coach)
	// an act of its own behind the URL of the search by name
	NationalIDSearch = sensitive("national_id_search", Coach, Coordinator, Expert).forPurpose("search")

	SupportView       = sensitive("support_view", Coach, Expert)
	EligibilityRecord = write("eligibility_record", Coach, Expert)
	ObstacleName      = write("obstacle_name", Coach)
	ObstacleSolve     = write("obstacle_solve", Coach)
	ReferralMake      = write("referral_make", Coach)
	MeetingView       = sensitive("meeting_view", Coach)
	MeetingMove       = write("meeting_move", Coach)
	MeetingCancel     = write("meeting_cancel", Coach)
	MeetingRestore    = write("meeting_restore", Coach)
	ParticipantSearch = sensitive("participant_search", Coach, Coordinator, Expert).forPurpose("search")
	ViewSave          = write("view_save", Coach, Coordinator, Expert)
	ViewDrop          = write("view_drop", Coach, Coordinator, Expert)

	WalkView       = sensitive("walk_view", Coach)
	WalkAgree      = write("walk_agree", Coach)
	PromiseList    = sensitive("promise_list", Coach, Coordinator, Expert)
	PromiseMake    = write("promise_make", Coach)
	PromiseKeep    = write("promise_keep", Coach, Coordinator, Expert)
	PromiseReopen  = write("promise_reopen", Coach, Coordinator, Expert)
	BriefingView   = sensitive("briefing_view", Coach).forPurpose("substitution")
	SubstituteNew  = read("substitute_new", Coach, Coordinator)
	SubstituteName = write("substitute_name", Coach, Coordinator).forPurpose("administration")
	SubstituteEnd  = write("substitute_end", Coach, Coordinator).forPurpose("administration")

	NoteAdd      = write("note_add", Coach)
	NoteView     = sensitive("note_view", Coach)
	NoteCorrect  = write("note_correct", Coach)
	NoteDrop     = write("note_drop", Coach)
	RosterView   = sensitive("roster_view", Coach)
	GroupNoteAdd = write("group_note_add", Coach)
	WordingList  = read("wording_list", Admin)
	WordingEdit  = write("wording_edit", Admin).forPurpose("administration")
	DraftSave    = write("draft_save", everyone...)
	DraftDrop    = write("draft_drop", everyone...)

	EmployerList   = read("employer_list", Coach, Coordinator, Expert)
	EmployerNew    = read("employer_new", Coordinator).seen("E_FORBIDDEN", Coach, Expert)
	EmployerCreate = write("employer_create", Coordinator).seen("E_FORBIDDEN", Coach, Expert).forPurpose("placement")
	SiteView       = sensitive("site_view", Coach, Coordinator, Expert).forPurpose("placement")
	SiteContactAdd = write("site_contact_add", Coach, Coordinator).seen("E_FORBIDDEN", Expert).forPurpose("placement")
	TrialNew       = sensitive("trial_new", Coordinator).forPurpose("placement")
	TrialCreate    = write("trial_create", Coordinator).forPurpose("placement")
	TrialView      = sensitive("trial_view", Coach, Coordinator, Expert).forPurpose("placement")
	TrialEdit      = write("trial_edit", Coordinator).seen("E_FORBIDDEN", Coach, Expert).forPurpose("placement")
	TrialSign      = write("trial_sign", Coordinator, Expert, Participant).seen("E_FORBIDDEN", Coach).forPurpose("placement")
	TrialInsure    = write("trial_insure", Coordinator).seen("E_FORBIDDEN", Coach, Expert).forPurpose("placement")
	TrialActivate  = write("trial_activate", Coordinator).seen("E_FORBIDDEN", Coach, Expert).forPurpose("placement")
	TrialContact   = write("trial_contact", Coach, Coordinator).seen("E_FORBIDDEN", Expert).forPurpose("placement")
	TrialEnd       = write("trial_end", Coordinator).seen("E_FORBIDDEN", Coach, Expert).forPurpose("placement")

	// EmployerView and EmployerCorrect are who stands behind a site.
	EmployerView    = read("employer_view", Coordinator).seen("E_FORBIDDEN", Coach, Expert)
	EmployerCorrect = write("employer_correct", Coordinator).seen("E_FORBIDDEN", Coach, Expert).forPurpose("placement")

	EmployerExport = sensitive("employer_export", Coach, Coordinator).forPurpose("placement")
	SiteKeep       = write("site_keep", Coordinator).seen("E_FORBIDDEN", Coach, Expert).forPurpose("placement")
	SitePersonAdd  = write("site_person_add", Coordinator).seen("E_FORBIDDEN", Coach, Expert).forPurpose("placement")
	CapacityAdd    = write("capacity_add", Coordinator).seen("E_FORBIDDEN", Coach, Expert).forPurpose("placement")
	SitePersonEnd  = write("site_person_end", Coordinator).seen("E_FORBIDDEN", Coach, Expert).forPurpose("placement")
	CapacityEnd    = write("capacity_end", Coordinator).seen("E_FORBIDDEN", Coach, Expert).forPurpose("placement")

	TrialAnswer       = write("trial_answer", Coach, Coordinator, Participant).seen("E_FORBIDDEN", Expert).forPurpose("placement")
	TrialEndView      = sensitive("trial_end_view", Coordinator).seen("E_FORBIDDEN", Coach, Expert).forPurpose("placement")
	TrialEndChange    = write("trial_end_change", Coordinator).seen("E_FORBIDDEN", Coach, Expert).forPurpose("placement")
	AgreementView     = sensitive("agreement_view", Coach, Coordinator, Expert, Participant).forPurpose("placement")
	ProblemReport     = write("problem_report", Coach, Coordinator, Participant).seen("E_FORBIDDEN", Expert).forPurpose("placement")
	ProblemAct        = write("problem_act", Coordinator).seen("E_FORBIDDEN", Coach).forPurpose("placement")
	AssessmentAdd     = write("assessment_add", Coach, Coordinator).seen("E_FORBIDDEN", Expert).forPurpose("placement")
	AssessmentWaive   = write("assessment_waive", Expert).seen("E_NOT_EXPERT", Coach, Coordinator).forPurpose("placement")
	AssessmentComment = write("assessment_comment", Participant).forPurpose("placement")
	MyTrialsView      = sensitive("my_trials_view", Participant).forPurpose("placement")

	BalanceView           = sensitive("balance_view", Coach, Coordinator, Expert).forPurpose("placement")
	EvidenceAdd           = write("evidence_add", Coach, Coordinator, Expert).forPurpose("placement")
	EvidenceDrop          = write("evidence_drop", Coach, Coordinator, Expert).forPurpose("placement")
	DiaryWrite            = write("diary_write", Participant).forPurpose("placement")
	MatchingView          = sensitive("matching_view", Coach, Coordinator).forPurpose("placement")
	MatchingBoard         = sensitive("matching_board", Coordinator).forPurpose("placement")
	PlacementProfileWrite = write("placement_profile_write", Coach).forPurpose("placement")
	PlacementProfileOwn   = write("placement_profile_own", Participant).forPurpose("placement")

	OpenDayList    = sensitive("open_day_list", Coach, Coordinator).forPurpose("placement")
	OpenDayHold    = write("open_day_hold", Coach, Coordinator).forPurpose("placement")
	OpenDaySignUp  = write("open_day_sign_up", Coach, Coordinator, Participant).forPurpose("placement")
	OpenDaySignOff = write("open_day_sign_off", Coach, Coordinator, Participant).forPurpose("placement")
	OpenDayCancel  = write("open_day_cancel", Coach, Coordinator).forPurpose("placement")

	LawList = read("law_list", Admin)
	LawSet  = write("law_set", Admin).forPurpose("administration")

	ReviewList        = sensitive("review_list", Coach, Expert).forPurpose("review")
	ReviewBook        = write("review_book", Coach).forPurpose("review")
	SlotsView         = sensitive("slots_view", Coach)
	ReviewView        = sensitive("review_view", Coach, Expert, Participant).forPurpose("review")
	ReviewMove        = write("review_move", Coach).seen("E_FORBIDDEN", Expert, Participant).forPurpose("review")
	ReviewWrite       = write("review_write", Coach).seen("E_FORBIDDEN", Expert, Participant).forPurpose("review")
	ReviewReady       = write("review_ready", Coach).seen("E_FORBIDDEN", Expert, Participant).forPurpose("review")
	ReviewAcknowledge = write("review_acknowledge", Coach, Expert, Participant).forPurpose("review")
	ReviewLock        = write("review_lock", Coach).seen("E_FORBIDDEN", Expert, Participant).forPurpose("review")
	DeviceHand        = write("device_hand", Coach).seen("E_FORBIDDEN", Expert, Participant).forPurpose("review")
	HandedView        = sensitive("handed_view", Handed).forPurpose("review")
	HandedAcknowledge = write("handed_acknowledge", Handed).forPurpose("review")
	HandedApprove     = write("handed_approve", Handed).forPurpose("review")
	DecisionView      = sensitive("decision_view", Expert).seen("E_NOT_EXPERT", Coach, Participant).forPurpose("review")
	DecisionRecord    = write("decision_record", Expert).seen("E_NOT_EXPERT", Coach, Participant).forPurpose("review")
	DecisionWithdraw  = write("decision_withdraw", Expert).seen("E_NOT_EXPERT", Coach, Participant).forPurpose("review")
	SummaryView       = sensitive("summary_view", Coach, Expert, Participant).forPurpose("review")
	TransferApprove   = write("transfer_approve", Participant).seen("E_FORBIDDEN", Coach, Expert).forPurpose("review")
	OutcomeRecord     = write("outcome_record", Coach).forPurpose("review")

	MyMonthView = sensitive("my_month_view", Participant)
)

// Table is every act there is: the start-up check, the tests and the visibility matrix walk it.
var Table = []Action{
	TodayView, HeaderView, SignInList,
	CohortList, CohortNew, CohortCreate, MonthMapView, CohortView, CohortMove,
	FactsView, FactsCorrect, FirstDayMove,
	AttendanceView, AttendanceRecord, InquiryView, InquiryAnswer, DayView, DayRecord,
	EnrolmentNew, EnrolmentCreate, CaseNew, CaseCreate, EnrolmentView, EnrolmentMove, EnrolmentWithdraw, GoalSet, ProfileEdit, SearchStepAdd,
	ParticipantList, CaseView, InterruptionView, InterruptionMake, ExpertView, ExpertReplace, SignalSee,
	WaitingView, PlaceOffer, PlaceRefuse, ChoiceView, ChoiceRecord,
	InfoList, InfoNew, InfoCreate, InfoView, InfoInform, InfoMark, InfoCancel, ServiceReferralNew, ServiceReferralMake,
	GoalOwn, GoalCheckAdd, PreAssignList, PreAssignSend, PreAssignSendOne, PreAssignView, PreAssignOpen, PreAssignAnswer, PreAssignDiscuss,
	SupportView, EligibilityRecord, ObstacleName, ObstacleSolve, ReferralMake, MeetingView, MeetingMove, MeetingCancel, MeetingRestore,
	ParticipantSearch, ViewSave, ViewDrop, WalkView, WalkAgree,
	PromiseList, PromiseMake, PromiseKeep, PromiseReopen, BriefingView, SubstituteNew,
	SubstituteName, SubstituteEnd,
	NoteAdd, NoteView, NoteCorrect, NoteDrop, RosterView, GroupNoteAdd, WordingList, WordingEdit, DraftSave, DraftDrop,
	EmployerExport, EmployerView, EmployerCorrect, SiteKeep, SitePersonAdd, SitePersonEnd, CapacityAdd, CapacityEnd,
	TrialAnswer, TrialEndView, TrialEndChange, AgreementView, ProblemReport, ProblemAct, AssessmentAdd, AssessmentWaive,
	AssessmentComment, MyTrialsView,
	BalanceView, EvidenceAdd, EvidenceDrop, DiaryWrite, MatchingView, MatchingBoard, PlacementProfileWrite, PlacementProfileOwn,
	OpenDayList, OpenDayHold, OpenDaySignUp, OpenDaySignOff, OpenDayCancel, LawList, LawSet,
	EmployerList, EmployerNew, EmployerCreate, SiteView, SiteContactAdd,
	TrialNew, TrialCreate, TrialView, TrialEdit, TrialSign, TrialInsure, TrialActivate, TrialContact, TrialEnd,
	ReviewList, SlotsView, ReviewBook, ReviewView, ReviewMove, ReviewWrite, ReviewReady, ReviewAcknowledge, ReviewLock, DeviceHand,
	HandedView, HandedAcknowledge, HandedApprove, DecisionView, DecisionRecord, DecisionWithdraw,
	SummaryView, TransferApprove, OutcomeRecord,
	MyMonthView,
	ConsentView, ConsentNote, MyConsents, ConsentGive, OpenedView, AbsenceNote, AbsenceEnd, BreakGlassNew, BreakGlass,
	BreakGlassList, BreakGlassSee, OpeningList, OpeningNote, BasicsView, BasicsCorrect,
	MergeView, MergeMake, MergeUndo, ProtectionView, ProtectionSet, ProtectionContact,
	ProtectionLift, NationalIDReveal, NationalIDSet, NationalIDSearch, CallsRecord, WeekView, ParticipationView, RoomList,
	RoomSave, RoomSet, MeetingRoomSet, DiaryView, AppointmentMake, AppointmentSettle, ClosedDayList, ClosedDayAdd, ClosedDayDrop,
	ModelList, ModelView, ModelNew, ModelCreate, ModelCopy, ModelEdit, ModelPublish, ModelDrop,
	MemberList, MemberInvite, MemberReset, LinkWithdraw, LinkConfirm, ConfirmationList, MemberRole, MemberEnd, DutyHandOver,
	TrailView, TrailExport, ContactName,
}
