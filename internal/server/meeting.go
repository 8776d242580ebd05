package server

import (
	"net/http"

	"github.com/google/uuid"

	"kuukausi/internal/access"
	"kuukausi/internal/cohort"
	"kuukausi/web/components"
	"kuukausi/web/pages"
	"kuukausi/web/paths"
)

func (s *Server) showMeeting(w http.ResponseWriter, r *http.Request, id uuid.UUID, ref components.Refused) error {
	x, err := s.Cohorts.Schedule(r.Context(), id)
	if err != nil {
		return err
	}
	return s.page(w, r, status(ref), pages.MeetingPage(s.meetingPage(w, r, x, ref)))
}

func (s *Server) meetingPage(w http.ResponseWriter, r *http.Request, x cohort.Schedule, ref components.Refused) pages.Meeting {
	return pages.Meeting{Frame: s.frame(w, r, "cohorts", "meeting.title"), Schedule: x, Now: access.From(r.Context()).Today(),
		Move: ref.New("move", paths.MeetingMove(x.Meeting.ID), x.Meeting.Version), Cancel: ref.New("cancel", paths.MeetingCancel(x.Meeting.ID), x.Meeting.Version),
		Room: ref.New("room", paths.MeetingRoom(x.Meeting.ID), x.Meeting.Version)}
}

// moveMeeting shows every date a move would change first; only the form of that page changes them.
func (s *Server) moveMeeting(w http.ResponseWriter, r *http.Request) error {
	id, err := pathID(r, "meeting")
	if err != nil {
		return err
	}
	t, err := s.form(w, r)
	if err != nil {
		return err
	}
	m := cohort.Move{To: t.date("to"), Push: t.Get("push") == "yes", Reason: t.Get("reason")}
	back := func(ref components.Refused) error { return s.showMeeting(w, r, id, ref) }
	if t.Get("confirmed") != "yes" {
		x, changes, err := s.Cohorts.PreviewMove(r.Context(), id, m)
		if err != nil {
			return again(err, "move", t, back)
		}
		p := s.meetingPage(w, r, x, components.Refused{Name: "move", ID: t.ID, Values: t.Values})
		p.Move.Version = t.Version // what changed since the first page is told when it is confirmed
		p.Changes = changes
		return s.page(w, r, http.StatusOK, pages.MeetingMovePage(p))
	}
	if err := s.Cohorts.MoveMeeting(r.Context(), id, t.Form, m); err != nil {
		return again(err, "move", t, back)
	}
	return s.done(w, r, "meeting.moved", paths.Meeting(id))
}

func (s *Server) cancelMeeting(w http.ResponseWriter, r *http.Request) error {
	id, err := pathID(r, "meeting")
	if err != nil {
		return err
	}
	t, err := s.form(w, r)
	if err != nil {
		return err
	}
	if err := s.Cohorts.CancelMeeting(r.Context(), id, t.Form, t.Get("reason")); err != nil {
		return again(err, "cancel", t, func(ref components.Refused) error { return s.showMeeting(w, r, id, ref) })
	}
	return s.done(w, r, "meeting.cancel_done", paths.Meeting(id))
}
