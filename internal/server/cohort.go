package server

import (
	"net/http"
	"time"

	"github.com/go-chi/chi/v5"
	"github.com/google/uuid"

	"kuukausi/internal/access"
	"kuukausi/internal/cohort"
	"kuukausi/internal/fault"
	"kuukausi/web/components"
	"kuukausi/web/pages"
	"kuukausi/web/paths"
)

func (s *Server) today(w http.ResponseWriter, r *http.Request) error {
	t, err := s.Cohorts.Today(r.Context())
	if err != nil {
		return err
	}
	v := access.From(r.Context())
	switch v.Actor.Role {
	case access.Admin:
		http.Redirect(w, r, paths.Members, http.StatusSeeOther)
		return nil
	case access.Participant:
		http.Redirect(w, r, paths.Me, http.StatusSeeOther)
		return nil
	}
	return s.page(w, r, http.StatusOK, pages.TodayPage(pages.Today{Frame: s.frame(w, r, "today", "nav.today"), Today: t, Now: v.Today(),
		Coach: v.Actor.Role == access.Coach, Expert: v.Actor.Role == access.Expert}))
}

func (s *Server) cohorts(w http.ResponseWriter, r *http.Request) error {
	all, err := s.Cohorts.Cohorts(r.Context())
	if err != nil {
		return err
	}
	return s.page(w, r, http.StatusOK, pages.CohortsPage(pages.Cohorts{Frame: s.frame(w, r, "cohorts", "nav.cohorts"), Cohorts: all}))
}

func (s *Server) showNewCohort(w http.ResponseWriter, r *http.Request, ref components.Refused) error {
	p, err := s.Cohorts.CohortPlan(r.Context(), typed{Values: r.URL.Query()}.id("like"))
	if err != nil {
		return err
	}
	return s.page(w, r, status(ref), pages.NewCohortPage(pages.NewCohort{Frame: s.frame(w, r, "cohorts", "cohorts.new"), Plan: p,
		Form: ref.New("cohort", paths.Cohorts, 0), Me: access.From(r.Context()).Actor.ID}))
}

func (s *Server) createCohort(w http.ResponseWriter, r *http.Request) error {
	t, err := s.form(w, r)
	if err != nil {
		return err
	}
	err = s.Cohorts.Create(r.Context(), t.Form, cohort.CohortForm{Version: t.id("programme"), Coach: t.id("coach"), Coordinator: t.id("coordinator"),
		Name: t.Get("name"), Place: t.Get("place"), StartsOn: t.date("starts_on")})
	if err != nil {
		return again(err, "cohort", t, func(ref components.Refused) error { return s.showNewCohort(w, r, ref) })
	}
	return s.done(w, r, "cohort_new.done", paths.CohortDetails(t.ID))
}

// column is the map's column of a day, nil when the month has none.
func column(m cohort.MonthMap, day time.Time) *cohort.MapDay {
	for i := range m.Days {
		if m.Days[i].Date.Equal(day) {
			return &m.Days[i]
		}
	}
	return nil
}

func (s *Server) monthMap(w http.ResponseWriter, r *http.Request) error {
	id, err := pathID(r, "cohort")
	if err != nil {
		return err
	}
	m, err := s.Cohorts.MonthMap(r.Context(), id)
	if err != nil {
		return err
	}
	v := access.From(r.Context())
	open := m.Head.State == cohort.Open || m.Head.State == cohort.Confirmed || m.Head.State == cohort.Running && len(m.Days) > 2 && v.Today().Before(m.Days[2].Date)
	page := pages.MonthMap{Frame: s.frame(w, r, "cohorts", "map.title", "Name", m.Head.Name), Map: m, Now: v.Today(), Whole: v.Actor.Role == access.Coach,
		TakesIn: open, Enrol: open && m.Head.PlacesTaken < m.Head.SizeMax}
	if m.Head.State == cohort.Running {
		page.NextDay = column(m, v.Today())
	}
	page.Frame.Wide = true
	return s.page(w, r, http.StatusOK, pages.MonthMapPage(page))
}

func (s *Server) showDetails(w http.ResponseWriter, r *http.Request, id uuid.UUID, ref components.Refused) error {
	d, err := s.Cohorts.Details(r.Context(), id)
	if err != nil {
		return err
	}
	v := pages.Details{Frame: s.frame(w, r, "cohorts", "map.title", "Name", d.Head.Name), Details: d, Form: ref.New("state", paths.CohortState(id), d.Head.Version), Room: ref.New("room", paths.CohortRoom(id), d.Head.Version), Coach: access.From(r.Context()).Actor.Role == access.Coach}
	for _, m := range d.Meetings {
		if m.HeldOn.Equal(access.From(r.Context()).Today()) {
			v.Today = &cohort.MapDay{Date: m.HeldOn}
		}
	}
	return s.page(w, r, status(ref), pages.DetailsPage(v))
}

func (s *Server) moveCohort(w http.ResponseWriter, r *http.Request) error {
	id, err := pathID(r, "cohort")
	if err != nil {
		return err
	}
	t, err := s.form(w, r)
	if err != nil {
		return err
	}
	if err := s.Cohorts.Move(r.Context(), id, t.Form, t.Get("to"), t.Get("reason")); err != nil {
		return again(err, "state", t, func(ref components.Refused) error { return s.showDetails(w, r, id, ref) })
	}
	return s.done(w, r, "saved", paths.CohortDetails(id))
}

// pathDay is a date of the URL in its one form.
func pathDay(r *http.Request) (time.Time, error) {
	d, err := time.Parse("2006-01-02", chi.URLParam(r, "date"))
	if err != nil {
		return d, fault.ErrNotFound
	}
	return d, nil
}

func (s *Server) dayBoard(w http.ResponseWriter, r *http.Request) error {
	id, err := pathID(r, "cohort")
	if err != nil {
		return err
	}
	day, err := pathDay(r)
	if err != nil {
		return err
	}
	return s.showDay(w, r, id, day, components.Refused{})
}

func (s *Server) showDay(w http.ResponseWriter, r *http.Request, id uuid.UUID, day time.Time, ref components.Refused) error {
	b, err := s.Cohorts.DayBoard(r.Context(), id, day)
	if err != nil {
		return err
	}
	v := access.From(r.Context())
	form := ref.New("day", paths.Day(id, day), b.Trial.Version)
	return s.page(w, r, status(ref), pages.DayBoardPage(pages.DayBoard{Frame: s.frame(w, r, "cohorts", "map.title", "Name", b.Head.Name), Board: b, Form: form, Now: v.Today(), Calls: ref.New("calls", paths.Calls(id, day), 0),
		Record: v.Actor.Role == access.Coach}))
}

// marks are the typed marks and remarks of a sheet.
func typedMarks(t typed) (out []cohort.Entry, err error) {
	for k, vs := range t.Values {
		if len(k) != len("mark.")+36 || k[:5] != "mark." {
			continue
		}
		id, err := uuid.Parse(k[5:])
		if err != nil || len(vs) != 1 {
			return nil, errBadForm
		}
		out = append(out, cohort.Entry{Enrolment: id, Mark: cohort.Mark(vs[0]), Remark: t.Get("remark." + k[5:])})
	}
	return out, nil
}

func (s *Server) recordDay(w http.ResponseWriter, r *http.Request) error {
	id, err := pathID(r, "cohort")
	if err != nil {
		return err
	}
	day, err := pathDay(r)
	if err != nil {
		return err
	}
	t, err := s.form(w, r)
	if err != nil {
		return err
	}
	entries, err := typedMarks(t)
	if err != nil {
		return err
	}
	if err := s.Cohorts.RecordDay(r.Context(), id, day, t.Form, entries, t.Has("rest")); err != nil {
		return again(err, "day", t, func(ref components.Refused) error { return s.showDay(w, r, id, day, ref) })
	}
	return s.done(w, r, "attendance.saved", paths.Day(id, day))
}

func (s *Server) recordCalls(w http.ResponseWriter, r *http.Request) error {
	day, err := pathDay(r)
	if err != nil {
		return err
	}
	return s.on(w, r, "cohort", "calls", func(w http.ResponseWriter, r *http.Request, id uuid.UUID, ref components.Refused) error {
		return s.showDay(w, r, id, day, ref)
	}, func(id uuid.UUID, t typed) (string, string, error) {
		who, err := t.ids("called")
		if err != nil {
			return "", "", err
		}
		return "calls.saved", paths.Day(id, day), s.Search.AddCalls(r.Context(), id, t.Form, day, who)
	})
}

func (s *Server) showAttendance(w http.ResponseWriter, r *http.Request, id uuid.UUID, ref components.Refused) error {
	sh, err := s.Cohorts.Sheet(r.Context(), id)
	if err != nil {
		return err
	}
	if sh.Meeting.Kind == "trial" && sh.Meeting.CohortID != nil { // trial half-days are marked on the day board
		http.Redirect(w, r, paths.Day(*sh.Meeting.CohortID, sh.Meeting.HeldOn), http.StatusSeeOther)
		return nil
	}
	return s.page(w, r, status(ref), pages.AttendancePage(pages.Attendance{Frame: s.frame(w, r, "cohorts", "attendance.title"), Sheet: sh,
		Form: ref.New("sheet", paths.Attendance(id), sh.Meeting.Version), Now: access.From(r.Context()).Today()}))
}

func (s *Server) recordAttendance(w http.ResponseWriter, r *http.Request) error {
	id, err := pathID(r, "meeting")
	if err != nil {
		return err
	}
	t, err := s.form(w, r)
	if err != nil {
		return err
	}
	entries, err := typedMarks(t)
	if err != nil {
		return err
	}
	if err := s.Cohorts.Record(r.Context(), id, t.Form, entries, t.Has("rest")); err != nil {
		return again(err, "sheet", t, func(ref components.Refused) error { return s.showAttendance(w, r, id, ref) })
	}
	return s.done(w, r, "attendance.saved", paths.Attendance(id))
}
