package placement

import (
	"net/http"

	"github.com/google/uuid"

	"kuukausi/internal/placement"
	"kuukausi/internal/server/core"
	"kuukausi/web/paths"
)

func (s Handlers) comment(w http.ResponseWriter, r *http.Request) error {
	id, err := core.PathID(r, "trial")
	if err != nil {
		return err
	}
	return s.Made(w, r, "comment-"+id.String(), s.ShowMyTrials, func(t core.Typed) (string, string, error) {
		return "saved", paths.MyTrials, s.Placement.Comment(r.Context(), id, t.Form, t.Lines("comment"))
	})
}

func (s Handlers) assess(w http.ResponseWriter, r *http.Request) error {
	return s.onTrial(w, r, "assess", "assessment.saved", func(id uuid.UUID, t core.Typed) error {
		return s.Placement.Assess(r.Context(), id, t.Form, placement.Assessment{
			Suitability: t.Lines("suitability"),
			Skills:      t.Lines("skills"),
			GivenBy:     t.Get("given_by"),
			GivenOn:     t.Date("given_on"),
			How:         t.Get("how"),
		})
	})
}

func (s Handlers) waive(w http.ResponseWriter, r *http.Request) error {
	return s.onTrial(w, r, "waive", "saved", func(id uuid.UUID, t core.Typed) error {
		return s.Placement.Waive(r.Context(), id, t.Form, t.Lines("grounds"))
	})
}
