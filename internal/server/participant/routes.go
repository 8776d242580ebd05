package participant

import (
	"kuukausi/internal/access"
	"kuukausi/internal/participant"
	"kuukausi/internal/server/core"
	"kuukausi/web/paths"
)

// Handlers answer the pages and acts of the person served.
type Handlers struct {
	*core.Site
	Participant participant.Service
}

// Routes are the URLs of this room.
func (s Handlers) Routes() []core.Route {
	return []core.Route{
		core.Get(paths.Protection, access.ProtectionView, core.Shown("enrolment", s.showProtection)),
		core.Post(paths.Protection, access.ProtectionSet, s.protect),
		core.Post(paths.ProtectionContact, access.ProtectionContact, s.editContact),
		core.Post(paths.ProtectionLift, access.ProtectionLift, s.liftProtection),
		core.Get(paths.BreakGlass, access.BreakGlassNew, core.Blank(s.showBreakGlass)),
		core.Post(paths.BreakGlass, access.BreakGlass, s.openByBreaking),
		core.Get(paths.Breakings, access.BreakGlassList, s.breakings),
		core.Post(paths.BreakingSeen, access.BreakGlassSee, s.seeBreaking),
		core.Get(paths.Basics, access.BasicsView, core.Shown("enrolment", s.showBasics)),
		core.Post(paths.Basics, access.BasicsCorrect, s.correctBasics),
		core.Get(paths.Openings, access.OpeningList, s.openings),
		core.Post(paths.OpeningNoted, access.OpeningNote, s.noteOpening),
		core.Get(paths.Consents, access.ConsentView, core.Shown("enrolment", s.showConsents)),
		core.Post(paths.Consents, access.ConsentNote, s.noteConsent),
		core.Get(paths.MyConsents, access.MyConsents, core.Blank(s.showMyConsents)),
		core.Post(paths.MyConsents, access.ConsentGive, s.giveConsent),
		core.Get(paths.OpenedMine, access.OpenedView, s.openedMine),
		core.Get(paths.Merge, access.MergeView, core.Shown("enrolment", s.showMerge)),
		core.Post(paths.Merge, access.MergeMake, s.merge),
		core.Post(paths.MergeUndo, access.MergeUndo, s.undoMerge),
		core.Get(paths.NationalID, access.NationalIDReveal, core.Shown("enrolment", s.showNationalID)),
		core.Post(paths.NationalID, access.NationalIDSet, s.setNationalID),
	}
}
