package server

import (
	"net/http"

	"github.com/google/uuid"

	"kuukausi/internal/access"
	"kuukausi/internal/cohort"
	"kuukausi/web/components"
	"kuukausi/web/pages"
	"kuukausi/web/paths"
)

func (s *Server) showSupport(w http.ResponseWriter, r *http.Request, id uuid.UUID, ref components.Refused) error {
	x, err := s.Cohorts.Support(r.Context(), id)
	if err != nil {
		return err
	}
	v := access.From(r.Context())
	return s.page(w, r, status(ref), pages.SupportPage(pages.Support{Frame: s.frame(w, r, "participants", "support.title"), Support: x, Now: v.Today(), Coach: v.Actor.Role == access.Coach,
		Eligibility: ref.New("eligibility", paths.Eligibility(id), 0), Obstacle: ref.New("obstacle", paths.Obstacles(id), 0), Referral: ref.New("referral", paths.Referrals(id), 0)}))
}

// onSupport reads the id and the form of an act on the page of support, does it, and shows the page again.
func (s *Server) onSupport(w http.ResponseWriter, r *http.Request, name string, do func(uuid.UUID, typed) error) error {
	return s.on(w, r, "enrolment", name, s.showSupport, func(id uuid.UUID, t typed) (string, string, error) {
		return "saved", paths.Support(id), do(id, t)
	})
}

// eligibility is the evidence as typed.
func typedEligibility(t typed) cohort.EligibilityForm {
	return cohort.EligibilityForm{Since: t.date("unemployed_since"), SinceDated: t.given("unemployed_since"),
		AssessedOn: t.date("assessed_on"), AssessedOnDated: t.given("assessed_on"), Assessment: t.Get("assessment"), ExpertNote: t.Get("expert_note")}
}

func (s *Server) recordEligibility(w http.ResponseWriter, r *http.Request) error {
	return s.onSupport(w, r, "eligibility", func(id uuid.UUID, t typed) error {
		return s.Cohorts.RecordEligibility(r.Context(), id, t.Form, typedEligibility(t))
	})
}

func (s *Server) nameObstacle(w http.ResponseWriter, r *http.Request) error {
	return s.onSupport(w, r, "obstacle", func(id uuid.UUID, t typed) error {
		return s.Cohorts.NameObstacle(r.Context(), id, t.Form, t.Get("area"), t.Get("body"), t.Get("source"))
	})
}

func (s *Server) refer(w http.ResponseWriter, r *http.Request) error {
	return s.onSupport(w, r, "referral", func(id uuid.UUID, t typed) error {
		return s.Cohorts.Refer(r.Context(), id, t.Form, cohort.ReferralForm{Kind: t.Get("kind"), Reason: t.Get("reason"), Agreed: t.Get("agreed") == "yes", AgreedHow: t.Get("agreed_how")})
	})
}

func (s *Server) solveObstacle(w http.ResponseWriter, r *http.Request) error {
	id, err := pathID(r, "obstacle")
	if err != nil {
		return err
	}
	t, err := s.form(w, r)
	if err != nil {
		return err
	}
	enrolment, err := s.Cohorts.SolveObstacle(r.Context(), id, t.Form)
	if err != nil {
		return err
	}
	return s.done(w, r, "saved", paths.Support(enrolment))
}
