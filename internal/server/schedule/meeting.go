package schedule

import (
	"net/http"

	"github.com/google/uuid"

	"kuukausi/internal/access"
	"kuukausi/internal/schedule"
	"kuukausi/internal/server/core"
	"kuukausi/web/components"
	pages "kuukausi/web/pages/schedule"
	"kuukausi/web/paths"
)

func (s Handlers) showMeeting(w http.ResponseWriter, r *http.Request, id uuid.UUID, ref components.Refused) error {
	x, err := s.Schedule.Schedule(r.Context(), id)
	if err != nil {
		return err
	}
	return s.Page(w, r, core.Status(ref), pages.MeetingPage(s.meetingPage(w, r, x, ref)))
}

func (s Handlers) meetingPage(w http.ResponseWriter, r *http.Request, x schedule.Schedule, ref components.Refused) pages.Meeting {
	return pages.Meeting{Frame: s.Frame(w, r, "cohorts", "meeting.title"), Schedule: x, Now: access.From(r.Context()).Today(),
		Move: ref.New(
			"move",
			paths.MeetingMove.At(x.Meeting.ID),
			x.Meeting.Version,
		), Cancel: ref.New("cancel", paths.MeetingCancel.At(x.Meeting.ID), x.Meeting.Version),
		Restore: ref.New("restore", paths.MeetingRestore.At(x.Meeting.ID), x.Meeting.Version),
		Room:    ref.New("room", paths.MeetingRoom.At(x.Meeting.ID), x.Meeting.Version)}
}

// moveMeeting shows every date a move would change first; only the form of that page changes them.
func (s Handlers) moveMeeting(w http.ResponseWriter, r *http.Request) error {
	id, err := core.PathID(r, "meeting")
	if err != nil {
		return err
	}
	t, err := s.Form(w, r)
	if err != nil {
		return err
	}
	m := schedule.Move{To: t.Date("to"), Push: t.Get("push") == "yes", Reason: t.Get("reason")}
	back := func(ref components.Refused) error { return s.showMeeting(w, r, id, ref) }
	if t.Get("confirmed") != "yes" {
		x, changes, err := s.Schedule.PreviewMove(r.Context(), id, m)
		if err != nil {
			return core.Again(err, "move", t, back)
		}
		p := s.meetingPage(w, r, x, components.Refused{Name: "move", ID: t.ID, Values: t.Values})
		p.Move.Version = t.Version // what changed since the first page is told when it is confirmed
		p.Changes = changes
		return s.Page(w, r, http.StatusOK, pages.MeetingMovePage(p))
	}
	if err := s.Schedule.MoveMeeting(r.Context(), id, t.Form, m); err != nil {
		return core.Again(err, "move", t, back)
	}
	return s.Done(w, r, "meeting.moved", paths.Meeting.At(id))
}

func (s Handlers) cancelMeeting(w http.ResponseWriter, r *http.Request) error {
	id, err := core.PathID(r, "meeting")
	if err != nil {
		return err
	}
	t, err := s.Form(w, r)
	if err != nil {
		return err
	}
	if err := s.Schedule.CancelMeeting(r.Context(), id, t.Form, t.Get("reason")); err != nil {
		return core.Again(err, "cancel", t, func(ref components.Refused) error { return s.showMeeting(w, r, id, ref) })
	}
	return s.Done(w, r, "meeting.cancel_done", paths.Meeting.At(id))
}

func (s Handlers) restoreMeeting(w http.ResponseWriter, r *http.Request) error {
	return s.On(w, r, "meeting", "restore", s.showMeeting, func(id uuid.UUID, t core.Typed) (string, string, error) {
		return "saved", paths.Meeting.At(id), s.Schedule.RestoreMeeting(r.Context(), id, t.Form)
	})
}
