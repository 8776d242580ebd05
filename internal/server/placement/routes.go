package placement

import (
	"kuukausi/internal/access"
	"kuukausi/internal/placement"
	"kuukausi/internal/server/core"
	"kuukausi/web/paths"
)

// Handlers answer the pages and acts of trials.
type Handlers struct {
	*core.Site
	Placement placement.Service
}

// Routes are the URLs of this room.
func (s Handlers) Routes() []core.Route {
	return []core.Route{
		core.Get(paths.NewTrial, access.TrialNew, core.Shown("enrolment", s.showNewTrial)),
		core.Post(paths.Trials, access.TrialCreate, s.createTrial),
		core.Get(paths.Trial, access.TrialView, core.Shown("trial", s.showTrial)),
		core.Post(paths.TrialTerms, access.TrialEdit, s.editTrial),
		core.Post(paths.TrialSignatures, access.TrialSign, s.signTrial),
		core.Post(paths.TrialInsurance, access.TrialInsure, s.insureTrial),
		core.Post(paths.TrialActivation, access.TrialActivate, s.activateTrial),
		core.Post(paths.TrialContacts, access.TrialContact, s.addTrialContact),
		core.Post(paths.TrialEnd, access.TrialEnd, s.endTrial),
		core.Post(paths.TrialAnswer, access.TrialAnswer, s.answerTrial),
		core.Get(paths.Agreement, access.AgreementView, core.Shown("trial", s.showAgreement)),
		core.Get(paths.TrialEndDate, access.TrialEndView, core.Shown("trial", s.showEndDate)),
		core.Post(paths.TrialEndDate, access.TrialEndChange, s.changeEndDate),
		core.Post(paths.TrialProblems, access.ProblemReport, s.reportProblem),
		core.Post(paths.ProblemAction, access.ProblemAct, s.actOnProblem),
		core.Post(paths.TrialAssessment, access.AssessmentAdd, s.assess),
		core.Post(paths.TrialWaiver, access.AssessmentWaive, s.waive),
		core.Post(paths.TrialComment, access.AssessmentComment, s.comment),
		core.Get(paths.TrialBalance, access.BalanceView, core.Shown("enrolment", s.showBalance)),
		core.Post(paths.TrialEvidence, access.EvidenceAdd, s.addEvidence),
		core.Post(paths.EvidenceDrop, access.EvidenceDrop, s.dropEvidence),
		core.Post(paths.TrialDiary, access.DiaryWrite, s.writeDiary),
		core.Get(paths.MyTrials, access.MyTrialsView, core.Blank(s.ShowMyTrials)),
	}
}
