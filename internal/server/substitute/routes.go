package substitute

import (
	"kuukausi/internal/access"
	"kuukausi/internal/server/core"
	"kuukausi/internal/substitute"
	"kuukausi/web/paths"
)

// Handlers answer the pages and acts of who stands in.
type Handlers struct {
	*core.Site
	Substitute substitute.Service
}

// Routes are the URLs of this room.
func (s Handlers) Routes() []core.Route {
	return []core.Route{
		core.Get(paths.Briefing, access.BriefingView, s.briefing),
		core.Get(paths.Substitutes, access.SubstituteNew, core.Shown("cohort", s.showSubstitutes)),
		core.Post(paths.Substitutes, access.SubstituteName, s.nameSubstitute),
		core.Post(paths.SubstituteEnd, access.SubstituteEnd, s.endSubstitute),
		core.Post(paths.Absences, access.AbsenceNote, s.noteAbsence),
		core.Post(paths.AbsenceEnd, access.AbsenceEnd, s.endAbsence),
	}
}
