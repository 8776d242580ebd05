package casework

import (
	"net/http"
	"strings"

	"kuukausi/internal/server/core"
	"kuukausi/web/components"
	pages "kuukausi/web/pages/casework"
	"kuukausi/web/paths"
)

func (s Handlers) showWording(w http.ResponseWriter, r *http.Request, ref components.Refused) error {
	words, err := s.Casework.Words(r.Context())
	if err != nil {
		return err
	}
	return s.Page(w, r, core.Status(ref), pages.WordingPage(
		pages.Wording{Frame: s.Frame(w, r, "wording", "wording.title"), Words: words, Form: ref.New("wording", paths.Wording, 0)},
	))
}

func (s Handlers) editWording(w http.ResponseWriter, r *http.Request) error {
	return s.Made(w, r, "wording", s.showWording, func(t core.Typed) (string, string, error) {
		return "saved", paths.Wording, s.Casework.SetWords(r.Context(), t.Form, strings.Split(t.Lines("words"), "\n"))
	})
}
