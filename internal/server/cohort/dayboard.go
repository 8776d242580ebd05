package cohort

import (
	"net/http"
	"time"

	"github.com/google/uuid"

	"kuukausi/internal/access"
	"kuukausi/internal/server/core"
	"kuukausi/web/components"
	pages "kuukausi/web/pages/cohort"
	"kuukausi/web/paths"
)

func (s Handlers) dayBoard(w http.ResponseWriter, r *http.Request) error {
	id, err := core.PathID(r, "cohort")
	if err != nil {
		return err
	}
	day, err := core.PathDay(r)
	if err != nil {
		return err
	}
	return s.ShowDay(w, r, id, day, components.Refused{})
}

// dayForm is the name of the form of one half-day of the board.
func dayForm(meeting uuid.UUID) string { return "day-" + meeting.String() }

// ShowDay is the page of one day of a cohort.
func (s Handlers) ShowDay(w http.ResponseWriter, r *http.Request, id uuid.UUID, day time.Time, ref components.Refused) error {
	b, err := s.Cohort.DayBoard(r.Context(), id, day)
	if err != nil {
		return err
	}
	v := access.From(r.Context())
	var forms []components.Form
	for _, part := range b.Parts {
		forms = append(forms, ref.New(dayForm(part.ID), paths.Day.At(id, day), part.Version))
	}
	return s.Page(w, r, core.Status(ref), pages.DayBoardPage(pages.DayBoard{
		Frame:  s.Frame(w, r, "cohorts", "map.title", "Name", b.Head.Name),
		Board:  b,
		Forms:  forms,
		Now:    v.Now,
		Calls:  ref.New("calls", paths.Calls.At(id, day), 0),
		Record: v.Actor.Role == access.Coach,
	}))
}

func (s Handlers) recordDay(w http.ResponseWriter, r *http.Request) error {
	id, err := core.PathID(r, "cohort")
	if err != nil {
		return err
	}
	day, err := core.PathDay(r)
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
	meeting := t.Chosen("meeting")
	if err := s.Cohort.RecordDay(r.Context(), id, meeting, day, t.Form, entries, t.Has("rest")); err != nil {
		return core.Again(err, dayForm(meeting), t, func(ref components.Refused) error { return s.ShowDay(w, r, id, day, ref) })
	}
	return s.Done(w, r, "attendance.saved", paths.Day.At(id, day))
}
