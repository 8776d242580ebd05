package casework

import (
	"net/http"

	"github.com/google/uuid"

	"kuukausi/internal/access"
	"kuukausi/internal/casework"
	"kuukausi/internal/server/core"
	"kuukausi/web/components"
	pages "kuukausi/web/pages/casework"
	"kuukausi/web/paths"
)

func (s Handlers) showSupport(w http.ResponseWriter, r *http.Request, id uuid.UUID, ref components.Refused) error {
	x, err := s.Casework.Support(r.Context(), id)
	if err != nil {
		return err
	}
	v := access.From(r.Context())
	return s.Page(w, r, core.Status(ref), pages.SupportPage(
		pages.Support{Frame: s.Frame(w, r, "participants", "support.title"), Support: x, Now: v.Today(), Coach: v.Actor.Role == access.Coach,
			Eligibility: ref.New(
				"eligibility",
				paths.Eligibility.At(id),
				0,
			), Obstacle: ref.New("obstacle", paths.Obstacles.At(id), 0), Referral: ref.New("referral", paths.Referrals.At(id), 0)},
	))
}

// onSupport reads the id and the form of an act on the page of support, does it, and shows the page again.
func (s Handlers) onSupport(w http.ResponseWriter, r *http.Request, name string, do func(uuid.UUID, core.Typed) error) error {
	return s.On(w, r, "enrolment", name, s.showSupport, func(id uuid.UUID, t core.Typed) (string, string, error) {
		return "saved", paths.Support.At(id), do(id, t)
	})
}

// eligibility is the evidence as typed.
func typedEligibility(t core.Typed) casework.EligibilityForm {
	return casework.EligibilityForm{Since: t.Date("unemployed_since"), SinceDated: t.Given("unemployed_since"),
		AssessedOn: t.Date(
			"assessed_on",
		), AssessedOnDated: t.Given("assessed_on"), Assessment: t.Get("assessment"), ExpertNote: t.Lines("expert_note")}
}

func (s Handlers) recordEligibility(w http.ResponseWriter, r *http.Request) error {
	return s.onSupport(w, r, "eligibility", func(id uuid.UUID, t core.Typed) error {
		return s.Casework.RecordEligibility(r.Context(), id, t.Form, typedEligibility(t))
	})
}

func (s Handlers) nameObstacle(w http.ResponseWriter, r *http.Request) error {
	return s.onSupport(w, r, "obstacle", func(id uuid.UUID, t core.Typed) error {
		return s.Casework.NameObstacle(r.Context(), id, t.Form, t.Get("area"), t.Lines("body"), t.Get("source"))
	})
}

func (s Handlers) refer(w http.ResponseWriter, r *http.Request) error {
	return s.onSupport(w, r, "referral", func(id uuid.UUID, t core.Typed) error {
		return s.Casework.Refer(
			r.Context(),
			id,
			t.Form,
			casework.ReferralForm{Kind: t.Get("kind"), Reason: t.Lines("reason"), Agreed: t.Get("agreed") == "yes", AgreedHow: t.Get("agreed_how")},
		)
	})
}

func (s Handlers) solveObstacle(w http.ResponseWriter, r *http.Request) error {
	id, err := core.PathID(r, "obstacle")
	if err != nil {
		return err
	}
	t, err := s.Form(w, r)
	if err != nil {
		return err
	}
	enrolment, err := s.Casework.SolveObstacle(r.Context(), id, t.Form)
	if err != nil {
		return err
	}
	return s.Done(w, r, "saved", paths.Support.At(enrolment))
}
