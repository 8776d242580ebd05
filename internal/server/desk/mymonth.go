package desk

import (
	"net/http"

	"kuukausi/internal/access"
	"kuukausi/internal/server/core"
	"kuukausi/web/components"
	pages "kuukausi/web/pages/desk"
	"kuukausi/web/paths"
)

func (s Handlers) ShowMyMonth(w http.ResponseWriter, r *http.Request, ref components.Refused) error {
	m, err := s.Desk.MyMonth(r.Context())
	if err != nil {
		return err
	}
	return s.Page(
		w,
		r,
		core.Status(ref),
		pages.MyMonthPage(pages.MyMonth{Frame: s.Frame(w, r, "me", "me.title"), Month: m, Now: access.From(r.Context()).Today(),
			Goal: ref.New("goal", paths.MyGoal, m.Case.Goals)}),
	)
}
