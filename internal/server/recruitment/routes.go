package recruitment

import (
	"kuukausi/internal/access"
	"kuukausi/internal/casework"
	"kuukausi/internal/recruitment"
	"kuukausi/internal/server/core"
	"kuukausi/web/paths"
)

// Handlers answer the pages and acts of the way in.
type Handlers struct {
	*core.Site
	Recruitment recruitment.Service
	Casework    casework.Service
}

// Routes are the URLs of this room.
func (s Handlers) Routes() []core.Route {
	return []core.Route{
		core.Get(paths.NewEnrolment, access.EnrolmentNew, core.Shown("cohort", s.showNewEnrolment)),
		core.Post(paths.Enrolments, access.EnrolmentCreate, s.enrol),
		core.Get(paths.NewCase, access.CaseNew, core.Blank(s.showNewCase)),
		core.Post(paths.Cases, access.CaseCreate, s.createCase),
		core.Get(paths.Waiting, access.WaitingView, core.Shown("cohort", s.showWaiting)),
		core.Post(paths.Offer, access.PlaceOffer, s.offerPlace),
		core.Get(paths.Choice, access.ChoiceView, core.Shown("enrolment", s.showChoice)),
		core.Post(paths.Choice, access.ChoiceRecord, s.recordChoice),
		core.Post(paths.Refusal, access.PlaceRefuse, s.refusePlace),
		core.Get(paths.InfoSessions, access.InfoList, s.infoSessions),
		core.Get(paths.NewInfoSession, access.InfoNew, core.Blank(s.showNewInfo)),
		core.Post(paths.InfoSessions, access.InfoCreate, s.createInfo),
		core.Get(paths.Info, access.InfoView, core.Shown("info", s.showInfo)),
		core.Post(paths.InfoGuests, access.InfoInform, s.informGuests),
		core.Post(paths.InfoMarks, access.InfoMark, s.markGuests),
		core.Post(paths.InfoCancel, access.InfoCancel, s.cancelInfo),
		core.Get(paths.NewReferral, access.ServiceReferralNew, core.Blank(s.showServiceReferral)),
		core.Post(paths.ServiceReferrals, access.ServiceReferralMake, s.makeServiceReferral),
	}
}
