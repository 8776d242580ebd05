package schedule

import (
	"net/http"

	"kuukausi/internal/access"
	"kuukausi/internal/server/core"
	"kuukausi/web/components"
	pages "kuukausi/web/pages/schedule"
	"kuukausi/web/paths"
)

func (s Handlers) showClosedDays(w http.ResponseWriter, r *http.Request, ref components.Refused) error {
	days, err := s.Schedule.ClosedDays(r.Context())
	if err != nil {
		return err
	}
	return s.Page(
		w,
		r,
		core.Status(ref),
		pages.ClosedDaysPage(pages.ClosedDays{Frame: s.Frame(w, r, "closed", "nav.closed"), Days: days, Now: access.From(r.Context()).Today(),
			Form: ref.New("closed", paths.ClosedDays, 0), Drop: ref}),
	)
}

func (s Handlers) closeDays(w http.ResponseWriter, r *http.Request) error {
	return s.Made(w, r, "closed", s.showClosedDays, func(t core.Typed) (string, string, error) {
		return "closed.saved", paths.ClosedDays, s.Schedule.CloseDays(
			r.Context(),
			t.Form,
			t.Date("from"),
			t.Date("until"),
			t.Given("until"),
			t.Get("reason"),
		)
	})
}

func (s Handlers) openDay(w http.ResponseWriter, r *http.Request) error {
	day, err := core.PathDay(r)
	if err != nil {
		return err
	}
	return s.Made(w, r, "drop", s.showClosedDays, func(t core.Typed) (string, string, error) {
		return "closed.dropped", paths.ClosedDays, s.Schedule.OpenDay(r.Context(), day, t.Form)
	})
}
