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
	q := core.Typed{Values: r.URL.Query()}
	p, err := s.Recruitment.ServiceReferralPlan(r.Context(), q.Chosen("guest"))
	if err != nil {
		return err
	}
	return s.Page(w, r, core.Status(ref), pages.ServiceReferralPage(pages.ServiceReferral{
		Frame: s.Frame(w, r, "participants", "service_referral.title"),
		Plan:  p,
		Form:  ref.New("refer", paths.ServiceReferrals, 0),
		Guest: q.Chosen("guest"), Cohort: q.Chosen("cohort"), Next: q.Get("next") == "yes",
	}))
}

func (s Handlers) makeServiceReferral(w http.ResponseWriter, r *http.Request) error {
	return s.Made(w, r, "refer", s.showServiceReferral, func(t core.Typed) (string, string, error) {
		f := recruitment.ServiceReferralForm{
			PersonForm: typedPerson(t), Cohort: t.Chosen("cohort"), Guest: t.Chosen("guest"),
			Eligibility: casework.EligibilityForm{
				Since: t.Date("unemployed_since"), SinceDated: t.Given("unemployed_since"),
				AssessedOn: t.Date("assessed_on"), AssessedOnDated: t.Given("assessed_on"),
				Assessment: t.Get("assessment"), ExpertNote: t.Lines("expert_note"),
			},
		}
		to := paths.Enrolment.At(t.ID)
		if t.Get("next") == "yes" {
			to = paths.NextReferral(f.Cohort)
		}
		return "service_referral.done", to, s.Recruitment.ReferPerson(r.Context(), t.Form, f)
	})
}
