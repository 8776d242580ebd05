package server

import (
	"net/http"

	"kuukausi/internal/access"
	"kuukausi/web/pages"
)

func (s *Server) week(w http.ResponseWriter, r *http.Request) error {
	id, err := pathID(r, "cohort")
	if err != nil {
		return err
	}
	week, err := pathWeek(r)
	if err != nil {
		return err
	}
	x, err := s.Cohorts.Week(r.Context(), id, week)
	if err != nil {
		return err
	}
	return s.page(w, r, http.StatusOK, pages.WeekPage(pages.Week{Frame: s.frame(w, r, "cohorts", "week.title", "N", week), Plan: x}))
}

// participation lists the days of a span that travels in the URL; what is no date is no limit.
func (s *Server) participation(w http.ResponseWriter, r *http.Request) error {
	id, err := pathID(r, "cohort")
	if err != nil {
		return err
	}
	q := typed{Values: r.URL.Query()}
	p, err := s.Cohorts.Participation(r.Context(), id, q.date("from"), q.date("until"))
	if err != nil {
		return err
	}
	v := pages.Participation{Frame: s.frame(w, r, "cohorts", "participation.title"), Participation: p, Now: access.From(r.Context()).Today()}
	v.Wrong = q.wrong("from") || q.wrong("until") || !p.Until.IsZero() && p.Until.Before(p.From)
	return s.page(w, r, http.StatusOK, pages.ParticipationPage(v))
}

// wrong tells whether a day was typed that is none.
func (t typed) wrong(name string) bool { return t.given(name) && t.date(name).IsZero() }
