package cohort

import (
	"net/http"

	"github.com/google/uuid"

	"kuukausi/internal/access"
	"kuukausi/internal/cohort"
	"kuukausi/internal/server/core"
	"kuukausi/web/components"
	pages "kuukausi/web/pages/cohort"
	"kuukausi/web/paths"
)

// marks are the typed marks and remarks of a sheet.
func typedMarks(t core.Typed) (out []cohort.Entry, err error) {
	for k, vs := range t.Values {
		if len(k) != len("mark.")+36 || k[:5] != "mark." {
			continue
		}
		id, err := uuid.Parse(k[5:])
		if err != nil || len(vs) != 1 {
			return nil, core.ErrBadForm
		}
		out = append(out, cohort.Entry{Enrolment: id, Mark: cohort.Mark(vs[0]), Remark: t.Get("remark." + k[5:])})
	}
	return out, nil
}

func (s Handlers) showAttendance(w http.ResponseWriter, r *http.Request, id uuid.UUID, ref components.Refused) error {
	sh, err := s.Cohort.Sheet(r.Context(), id)
	if err != nil {
		return err
	}
	if sh.Meeting.AtWork() && sh.Meeting.CohortID != nil { // trial half-days are marked on the day board
		http.Redirect(w, r, paths.Day.At(*sh.Meeting.CohortID, sh.Meeting.HeldOn), http.StatusSeeOther)
		return nil
	}
	return s.Page(w, r, core.Status(ref), pages.AttendancePage(pages.Attendance{Frame: s.Frame(w, r, "cohorts", "attendance.title"), Sheet: sh,
		Form: ref.New("sheet", paths.Attendance.At(id), sh.Meeting.Version), Now: access.From(r.Context()).Now}))
}

func (s Handlers) recordAttendance(w http.ResponseWriter, r *http.Request) error {
	id, err := core.PathID(r, "meeting")
	if err != nil {
		return err
	}
	t, err := s.Form(w, r)
	if err != nil {
		return err
	}
	entries, err := typedMarks(t)
	if err != nil {
		return err
	}
	if err := s.Cohort.Record(r.Context(), id, t.Has("at_work"), t.Form, entries, t.Has("rest")); err != nil {
		return core.Again(err, "sheet", t, func(ref components.Refused) error { return s.showAttendance(w, r, id, ref) })
	}
	return s.Done(w, r, "attendance.saved", paths.Attendance.At(id))
}
