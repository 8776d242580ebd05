package partner

import (
	"net/http"

	"github.com/google/uuid"

	"kuukausi/internal/access"
	"kuukausi/internal/partner"
	"kuukausi/internal/server/core"
	"kuukausi/web/paths"
)

// profile is a placement profile as it was typed.
func typedProfile(t core.Typed) partner.ProfileForm {
	return partner.ProfileForm{
		Profile: partner.Profile{
			Fields:         t.Values["fields"],
			Tasks:          t.Lines("profile_tasks"),
			Limits:         t.Lines("limits"),
			Municipalities: t.Get("municipalities"),
			TravelMinutes:  t.Whole("travel"),
		},
		Approved: t.Get("approved") == "yes",
		Way:      t.Get("way"),
	}
}

func (s Handlers) writePlacementProfile(w http.ResponseWriter, r *http.Request) error {
	return s.On(w, r, "enrolment", "profile", s.showMatching, func(id uuid.UUID, t core.Typed) (string, string, error) {
		return "saved", paths.MatchingOf.At(id), s.Partner.WriteProfile(r.Context(), access.PlacementProfileWrite, id, t.Form, typedProfile(t))
	})
}

func (s Handlers) writeMyProfile(w http.ResponseWriter, r *http.Request) error {
	return s.Made(w, r, "profile", s.ShowMyTrials, func(t core.Typed) (string, string, error) {
		own := access.PlacementProfileOwn
		return "my_trials.profile_saved", paths.MyTrials, s.Partner.WriteProfile(r.Context(), own, t.Chosen("enrolment"), t.Form, typedProfile(t))
	})
}
