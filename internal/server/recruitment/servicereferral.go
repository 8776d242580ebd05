package recruitment

import (
	"net/http"

	"kuukausi/internal/casework"
	"kuukausi/internal/recruitment"
	"kuukausi/internal/server/core"
	"kuukausi/web/components"
	pages "kuukausi/web/pages/recruitment"
	"kuukausi/web/paths"
)

func (s Handlers) showServiceReferral(w http.ResponseWriter, r *http.Request, ref components.Refused) error {
	p, err := s.Recruitment.ServiceReferralPlan(r.Context(), core.Typed{Values: r.URL.Query()}.Chosen("guest"))
	if err != nil {
		return err
	}
	return s.Page(w, r, core.Status(ref), pages.ServiceReferralPage(pages.ServiceReferral{
		Frame: s.Frame(w, r, "participants", "service_referral.title"),
		Plan:  p,
		Form:  ref.New("refer", paths.ServiceReferrals, 0),
	}))
}

func (s Handlers) makeServiceReferral(w http.ResponseWriter, r *http.Request) error {
	return s.Made(w, r, "refer", s.showServiceReferral, func(t core.Typed) (string, string, error) {
		f := recruitment.ServiceReferralForm{PersonForm: typedPerson(t), Cohort: t.Chosen("cohort"), Eligibility: casework.EligibilityForm{
			Since: t.Date(
				"unemployed_since",
			), SinceDated: t.Given("unemployed_since"), AssessedOn: t.Date("assessed_on"), AssessedOnDated: t.Given("assessed_on"),
			Assessment: t.Get("assessment"), ExpertNote: t.Lines("expert_note")}}
		return "service_referral.done", paths.Enrolment.At(t.ID), s.Recruitment.ReferPerson(r.Context(), t.Form, f)
	})
}
