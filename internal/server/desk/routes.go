package desk

import (
	"kuukausi/internal/access"
	"kuukausi/internal/desk"
	"kuukausi/internal/server/core"
	"kuukausi/web/paths"
)

// Handlers answer the pages and acts of what crosses rooms.
type Handlers struct {
	*core.Site
	Desk desk.Service
}

// Routes are the URLs of this room.
func (s Handlers) Routes() []core.Route {
	return []core.Route{
		core.Get(paths.Today, access.TodayView, s.today),
		core.Get(paths.Me, access.MyMonthView, core.Blank(s.ShowMyMonth)),
		core.Get(paths.Participants, access.ParticipantList, s.participants),
		core.Post(paths.PeopleSearch, access.ParticipantSearch, s.searchPeople),
		core.Post(paths.Views, access.ViewSave, s.saveView),
		core.Post(paths.ViewDrop, access.ViewDrop, s.dropView),
		core.Get(paths.Enrolment, access.EnrolmentView, core.Shown("enrolment", s.ShowPerson)),
		core.Post(paths.Seen, access.SignalSee, s.see),
		core.Get(paths.Promises, access.PromiseList, s.promises),
	}
}
