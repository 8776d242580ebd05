package schedule

import (
	"net/http"

	"kuukausi/internal/server/core"
	pages "kuukausi/web/pages/schedule"
)

func (s Handlers) week(w http.ResponseWriter, r *http.Request) error {
	id, err := core.PathID(r, "cohort")
	if err != nil {
		return err
	}
	week, err := core.PathWeek(r)
	if err != nil {
		return err
	}
	x, err := s.Schedule.Week(r.Context(), id, week)
	if err != nil {
		return err
	}
	return s.Page(w, r, http.StatusOK, pages.WeekPage(pages.Week{Frame: s.Frame(w, r, "cohorts", "week.title", "N", week), Plan: x}))
}
