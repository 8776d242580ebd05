package cohort

import (
	"net/http"
	"strings"

	"github.com/google/uuid"

	"kuukausi/internal/access"
	"kuukausi/internal/casework"
	"kuukausi/internal/server/core"
	"kuukausi/web/components"
	pages "kuukausi/web/pages/cohort"
	"kuukausi/web/paths"
)

func (s Handlers) showWalk(w http.ResponseWriter, r *http.Request, id uuid.UUID, ref components.Refused) error {
	core.Drafts(r, paths.Walk.At(id))
	x, err := s.Cohort.Walk(r.Context(), id)
	if err != nil {
		return err
	}
	return s.Page(w, r, core.Status(ref), pages.WalkPage(pages.Walk{
		Frame: s.Frame(w, r, "cohorts", "walk.title"),
		Walk:  x,
		Form:  core.Drafted(r, ref, "walk", paths.Walk.At(id), 0),
		Now:   access.From(r.Context()).Today(),
	}))
}

func (s Handlers) agree(w http.ResponseWriter, r *http.Request) error {
	return s.On(w, r, "cohort", "walk", s.showWalk, func(id uuid.UUID, t core.Typed) (string, string, error) {
		lines := map[uuid.UUID]casework.PromiseForm{}
		for k := range t.Values {
			if of, ok := strings.CutPrefix(k, "agreed."); ok {
				who, err := uuid.Parse(of)
				if err != nil {
					return "", "", core.ErrBadForm
				}
				lines[who] = casework.PromiseForm{Body: t.Get(k), Owner: t.Get("owner." + of), DueOn: t.Date("due." + of), Dated: t.Given("due." + of)}
			}
		}
		done, err := t.ChosenAll("done")
		if err != nil {
			return "", "", err
		}
		return "walk.saved", paths.Walk.At(id), s.Cohort.Agree(r.Context(), id, t.Form, lines, done)
	})
}
