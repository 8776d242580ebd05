package cohort

import (
	"net/http"
	"time"

	"kuukausi/internal/access"
	"kuukausi/internal/casework"
	"kuukausi/internal/cohort"
	"kuukausi/internal/server/core"
	pages "kuukausi/web/pages/cohort"
)

// column is the map's column of a day, nil when the month has none.
func column(m cohort.MonthMap, day time.Time) *cohort.MapDay {
	for i := range m.Days {
		if m.Days[i].Date.Equal(day) {
			return &m.Days[i]
		}
	}
	return nil
}

func (s Handlers) monthMap(w http.ResponseWriter, r *http.Request) error {
	id, err := core.PathID(r, "cohort")
	if err != nil {
		return err
	}
	m, err := s.Cohort.MonthMap(r.Context(), id)
	if err != nil {
		return err
	}
	v := access.From(r.Context())
	open := m.Head.State == casework.GroupOpen || m.Head.State == casework.GroupConfirmed ||
		m.Head.State == casework.GroupRunning && len(m.Days) > 2 && v.Today().Before(m.Days[2].Date)
	page := pages.MonthMap{
		Frame:   s.Frame(w, r, "cohorts", "map.title", "Name", m.Head.Name),
		Map:     m,
		Now:     v.Today(),
		Whole:   v.Actor.Role == access.Coach,
		TakesIn: open,
		Enrol:   open && m.Head.PlacesTaken < m.Head.SizeMax,
	}
	if m.Head.State == casework.GroupRunning {
		page.NextDay = column(m, v.Today())
	}
	page.Frame.Wide = true
	return s.Page(w, r, http.StatusOK, pages.MonthMapPage(page))
}
