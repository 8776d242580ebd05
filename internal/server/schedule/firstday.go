package schedule

import (
	"net/http"

	"kuukausi/internal/server/core"
	"kuukausi/web/components"
	pages "kuukausi/web/pages/schedule"
	"kuukausi/web/paths"
)

// moveFirstDay shows every date that changes first; only the form of that page changes them.
func (s Handlers) moveFirstDay(w http.ResponseWriter, r *http.Request) error {
	id, err := core.PathID(r, "cohort")
	if err != nil {
		return err
	}
	t, err := s.Form(w, r)
	if err != nil {
		return err
	}
	back := func(ref components.Refused) error { return s.ShowFacts(w, r, id, ref) }
	to := t.Date("to")
	if t.Get("confirmed") == "yes" {
		if err := s.Schedule.MoveFirstDay(r.Context(), id, t.Form, to); err != nil {
			return core.Again(err, "first_day", t, back)
		}
		return s.Done(w, r, "first_day.done", paths.CohortDetails.At(id))
	}
	f, changes, err := s.Schedule.PreviewFirstDay(r.Context(), id, to)
	if err != nil {
		return core.Again(err, "first_day", t, back)
	}
	form := components.Refused{Name: "first_day", ID: t.ID, Values: t.Values}.New("first_day", paths.FirstDay.At(id), f.Head.Version)
	form.Version = t.Version // what changed since the first page is told when it is confirmed
	return s.Page(w, r, http.StatusOK, pages.FirstDayPage(pages.FirstDay{
		Frame: s.Frame(w, r, "cohorts", "first_day.title"), FirstDay: f, Changes: changes, To: to, Form: form,
	}))
}
