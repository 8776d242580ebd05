package server

import (
	"net/http"
	"strconv"
	"strings"

	"github.com/google/uuid"

	"kuukausi/internal/cohort"
	"kuukausi/web/components"
	"kuukausi/web/pages"
	"kuukausi/web/paths"
)

func (s *Server) showRooms(w http.ResponseWriter, r *http.Request, ref components.Refused) error {
	all, err := s.Cohorts.Rooms(r.Context())
	if err != nil {
		return err
	}
	return s.page(w, r, status(ref), pages.RoomsPage(pages.Rooms{Frame: s.frame(w, r, "cohorts", "room.list"), Rooms: all, Refused: ref}))
}

// room is a room as typed; a number that is none is -1.
func typedRoom(t typed) cohort.RoomForm {
	count := func(name string) int {
		n, err := strconv.Atoi(strings.TrimSpace(t.Get(name)))
		if err != nil {
			return -1
		}
		return n
	}
	f := cohort.RoomForm{Name: t.Get("name"), Place: t.Get("place"), Seats: count("seats"), Computers: count("computers")}
	if !t.given("computers") {
		f.Computers = 0
	}
	return f
}

func (s *Server) addRoom(w http.ResponseWriter, r *http.Request) error {
	return s.made(w, r, "room", s.showRooms, func(t typed) (string, string, error) {
		return "room.saved", paths.Rooms, s.Cohorts.SaveRoom(r.Context(), uuid.Nil, t.Form, typedRoom(t))
	})
}

func (s *Server) editRoom(w http.ResponseWriter, r *http.Request) error {
	id, err := pathID(r, "room")
	if err != nil {
		return err
	}
	return s.made(w, r, "room-"+id.String(), s.showRooms, func(t typed) (string, string, error) {
		return "room.saved", paths.Rooms, s.Cohorts.SaveRoom(r.Context(), id, t.Form, typedRoom(t))
	})
}

func (s *Server) setRoom(w http.ResponseWriter, r *http.Request) error {
	return s.on(w, r, "cohort", "room", s.showDetails, func(id uuid.UUID, t typed) (string, string, error) {
		return "room.was_set", paths.CohortDetails(id), s.Cohorts.SetRoom(r.Context(), id, uuid.Nil, t.Form, t.id("room"))
	})
}

func (s *Server) setMeetingRoom(w http.ResponseWriter, r *http.Request) error {
	return s.on(w, r, "meeting", "room", s.showMeeting, func(id uuid.UUID, t typed) (string, string, error) {
		return "room.was_set", paths.Meeting(id), s.Cohorts.SetRoom(r.Context(), uuid.Nil, id, t.Form, t.id("room"))
	})
}
