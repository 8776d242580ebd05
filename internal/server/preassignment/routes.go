package preassignment

import (
	"kuukausi/internal/access"
	"kuukausi/internal/preassignment"
	"kuukausi/internal/server/core"
	"kuukausi/web/paths"
)

// Handlers answer the pages and acts of what is done before the first day.
type Handlers struct {
	*core.Site
	Preassignment preassignment.Service
	ShowPerson    core.Show // the page of one person, from which theirs are sent
}

// Routes are the URLs of this room.
func (s Handlers) Routes() []core.Route {
	return []core.Route{
		core.Post(paths.SendOne, access.PreAssignSendOne, s.sendPreOne),
		core.Get(paths.Outbox, access.PreAssignList, core.Shown("cohort", s.showOutbox)),
		core.Post(paths.Outbox, access.PreAssignSend, s.sendPre),
		core.Get(paths.Pre, access.PreAssignView, core.Shown("pre", s.showPre)),
		core.Post(paths.PreOpen, access.PreAssignOpen, s.openPre),
		core.Post(paths.PreAnswer, access.PreAssignAnswer, s.answerPre),
		core.Post(paths.PreDiscuss, access.PreAssignDiscuss, s.discussPre),
	}
}
