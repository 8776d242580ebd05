package partner

import (
	"kuukausi/internal/access"
	"kuukausi/internal/partner"
	"kuukausi/internal/server/core"
	"kuukausi/web/paths"
)

// Handlers answer the pages and acts of employers and sites.
type Handlers struct {
	*core.Site
	Partner      partner.Service
	ShowMyTrials core.ShowForm // the participant's own trials, with their profile
}

// Routes are the URLs of this room.
func (s Handlers) Routes() []core.Route {
	return []core.Route{
		core.Get(paths.Employers, access.EmployerList, s.employers),
		core.Get(paths.NewEmployer, access.EmployerNew, core.Blank(s.showNewEmployer)),
		core.Post(paths.Employers, access.EmployerCreate, s.createEmployer),
		core.Get(paths.Site, access.SiteView, core.Shown("site", s.showSite)),
		core.Post(paths.SiteContacts, access.SiteContactAdd, s.addSiteContact),
		core.Get(paths.MatchingOf, access.MatchingView, core.Shown("enrolment", s.showMatching)),
		core.Post(paths.PlacementProfile, access.PlacementProfileWrite, s.writePlacementProfile),
		core.Get(paths.Matching, access.MatchingBoard, s.board),
		core.Post(paths.MyProfile, access.PlacementProfileOwn, s.writeMyProfile),
		core.Get(paths.SiteEmployer, access.EmployerView, core.Shown("site", s.showEmployer)),
		core.Post(paths.SiteEmployer, access.EmployerCorrect, s.correctEmployer),
		core.Post(paths.SiteSettings, access.SiteKeep, s.keepSite),
		core.Post(paths.SitePeople, access.SitePersonAdd, s.addSitePerson),
		core.Post(paths.SiteCapacity, access.CapacityAdd, s.addCapacity),
		core.Post(paths.SitePersonEnd, access.SitePersonEnd, s.endSitePerson),
		core.Post(paths.CapacityEnd, access.CapacityEnd, s.endCapacity),
		core.Get(paths.EmployersCSV, access.EmployerExport, s.exportCSV),
		core.Get(paths.EmployersXLSX, access.EmployerExport, s.exportXLSX),
		core.Get(paths.OpenDays, access.OpenDayList, core.Blank(s.showOpenDays)),
		core.Post(paths.OpenDays, access.OpenDayHold, s.holdOpenDay),
		core.Post(paths.SignUps, access.OpenDaySignUp, s.signUp),
		core.Post(paths.SignUpEnd, access.OpenDaySignOff, s.signOff),
		core.Post(paths.OpenDayCancel, access.OpenDayCancel, s.cancelOpenDay),
	}
}
