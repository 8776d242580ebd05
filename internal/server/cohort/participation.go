package cohort

import (
	"net/http"

	"kuukausi/internal/access"
	"kuukausi/internal/server/core"
	pages "kuukausi/web/pages/cohort"
)

// participation lists the days of a span that travels in the URL; what is no date is no limit.
func (s Handlers) participation(w http.ResponseWriter, r *http.Request) error {
	id, err := core.PathID(r, "cohort")
	if err != nil {
		return err
	}
	q := core.Typed{Values: r.URL.Query()}
	p, err := s.Cohort.Participation(r.Context(), id, q.Date("from"), q.Date("until"))
	if err != nil {
		return err
	}
	v := pages.Participation{Frame: s.Frame(w, r, "cohorts", "participation.title"), Participation: p, Now: access.From(r.Context()).Today()}
	v.Wrong = q.Wrong("from") || q.Wrong("until") || !p.Until.IsZero() && p.Until.Before(p.From)
	return s.Page(w, r, http.StatusOK, pages.ParticipationPage(v))
}
