package placement

import (
	"net/http"

	"kuukausi/internal/access"
	"kuukausi/internal/server/core"
	"kuukausi/web/components"
	pages "kuukausi/web/pages/placement"
	"kuukausi/web/paths"
)

func (s Handlers) ShowMyTrials(w http.ResponseWriter, r *http.Request, ref components.Refused) error {
	m, err := s.Placement.MyTrials(r.Context())
	if err != nil {
		return err
	}
	version := 0
	if m.Profile != nil {
		version = m.Profile.Version
	}
	return s.Page(w, r, core.Status(ref), pages.MyTrialsPage(pages.MyTrials{
		Frame:   s.Frame(w, r, "my_trials", "my_trials.title"),
		Mine:    m,
		Now:     access.From(r.Context()).Today(),
		Refused: ref,
		Profile: ref.New("profile", paths.MyProfile, version),
	}))
}
