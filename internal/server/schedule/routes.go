package schedule

import (
	"kuukausi/internal/access"
	"kuukausi/internal/schedule"
	"kuukausi/internal/server/core"
	"kuukausi/web/paths"
)

// Handlers answer the pages and acts of meetings, appointments, rooms and closed days.
type Handlers struct {
	*core.Site
	Schedule    schedule.Service
	ShowDetails core.Show // the page of a cohort on which its room is chosen
	ShowFacts   core.Show // the page on which its first day is corrected
}

// Routes are the URLs of this room.
func (s Handlers) Routes() []core.Route {
	return []core.Route{
		core.Get(paths.Week, access.WeekView, s.week),
		core.Get(paths.Meeting, access.MeetingView, core.Shown("meeting", s.showMeeting)),
		core.Post(paths.MeetingMove, access.MeetingMove, s.moveMeeting),
		core.Post(paths.MeetingCancel, access.MeetingCancel, s.cancelMeeting),
		core.Post(paths.MeetingRestore, access.MeetingRestore, s.restoreMeeting),
		core.Post(paths.FirstDay, access.FirstDayMove, s.moveFirstDay),
		core.Get(paths.Rooms, access.RoomList, core.Blank(s.showRooms)),
		core.Post(paths.Rooms, access.RoomSave, s.addRoom),
		core.Post(paths.Room, access.RoomSave, s.editRoom),
		core.Post(paths.CohortRoom, access.RoomSet, s.setRoom),
		core.Post(paths.MeetingRoom, access.MeetingRoomSet, s.setMeetingRoom),
		core.Get(paths.CohortAppointments, access.DiaryView, core.Shown("cohort", s.showCohortDiary)),
		core.Post(paths.CohortAppointments, access.AppointmentMake, s.meetCohort),
		core.Get(paths.Appointments, access.DiaryView, core.Shown("enrolment", s.showDiary)),
		core.Post(paths.Appointments, access.AppointmentMake, s.meetPerson),
		core.Post(paths.AppointmentEnd, access.AppointmentSettle, s.settleAppointment),
		core.Get(paths.ClosedDays, access.ClosedDayList, core.Blank(s.showClosedDays)),
		core.Post(paths.ClosedDays, access.ClosedDayAdd, s.closeDays),
		core.Post(paths.ClosedDayDrop, access.ClosedDayDrop, s.openDay),
	}
}
