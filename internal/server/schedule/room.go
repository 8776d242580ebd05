package schedule

import (
	"net/http"
	"strconv"

	"github.com/google/uuid"

	"kuukausi/internal/schedule"
	"kuukausi/internal/server/core"
	"kuukausi/web/components"
	pages "kuukausi/web/pages/schedule"
	"kuukausi/web/paths"
)

func (s Handlers) showRooms(w http.ResponseWriter, r *http.Request, ref components.Refused) error {
	all, err := s.Schedule.Rooms(r.Context())
	if err != nil {
		return err
	}
	return s.Page(w, r, core.Status(ref), pages.RoomsPage(pages.Rooms{Frame: s.Frame(w, r, "cohorts", "room.list"), Rooms: all, Refused: ref}))
}

// room is a room as typed; a number that is none is -1.
func typedRoom(t core.Typed) schedule.RoomForm {
	count := func(name string) int {
		n, err := strconv.Atoi(t.Get(name))
		if err != nil {
			return -1
		}
		return n
	}
	f := schedule.RoomForm{Name: t.Get("name"), Place: t.Get("place"), Seats: count("seats"), Computers: count("computers")}
	if !t.Given("computers") {
		f.Computers = 0
	}
	return f
}

func (s Handlers) addRoom(w http.ResponseWriter, r *http.Request) error {
	return s.Made(w, r, "room", s.showRooms, func(t core.Typed) (string, string, error) {
		return "room.saved", paths.Rooms, s.Schedule.SaveRoom(r.Context(), uuid.Nil, t.Form, typedRoom(t))
	})
}

func (s Handlers) editRoom(w http.ResponseWriter, r *http.Request) error {
	id, err := core.PathID(r, "room")
	if err != nil {
		return err
	}
	return s.Made(w, r, "room-"+id.String(), s.showRooms, func(t core.Typed) (string, string, error) {
		return "room.saved", paths.Rooms, s.Schedule.SaveRoom(r.Context(), id, t.Form, typedRoom(t))
	})
}

func (s Handlers) setRoom(w http.ResponseWriter, r *http.Request) error {
	return s.On(w, r, "cohort", "room", s.ShowDetails, func(id uuid.UUID, t core.Typed) (string, string, error) {
		return "room.was_set", paths.CohortDetails.At(id), s.Schedule.SetRoom(r.Context(), id, uuid.Nil, t.Form, t.Chosen("room"))
	})
}

func (s Handlers) setMeetingRoom(w http.ResponseWriter, r *http.Request) error {
	return s.On(w, r, "meeting", "room", s.showMeeting, func(id uuid.UUID, t core.Typed) (string, string, error) {
		return "room.was_set", paths.Meeting.At(id), s.Schedule.SetRoom(r.Context(), uuid.Nil, id, t.Form, t.Chosen("room"))
	})
}
