// Package layouts holds the frames of pages: staff with navigation, the participant's portal, and plain ones.
package layouts

import (
	"kuukausi/internal/access"
	"kuukausi/web/paths"
	"maps"
	"net/url"
	"slices"
)

// Frame is what surrounds a page.
type Frame struct {
	Title   string // already in the reader's language
	Lang    string
	Path    string  // of this page, for the language switch to come back to; "" where it may not
	Section string  // which part of the navigation is current
	Flash   string  // message key, "" for none
	Posted  *Posted // what the page answers, for the language switch to send once more; nil for none
	Actor   access.Actor
	Wide    bool
	CSS     []string
	Icon    string
	Scripts []string // what makes forms easier; every page works without
}

// ReplayAt, ReplayLang and ReplayBack are the fields of a language switch, which brings a posted page once more in another
// language: where it was posted, the language, and where a page that was not posted is.
const (
	ReplayAt   = "replay_at"
	ReplayLang = "replay_lang"
	ReplayBack = "replay_back"
)

// Posted is a form that was posted and could not be done or was refused: it is given back whole.
type Posted struct {
	At     string // where it was posted
	Fields url.Values
}

// Names are its fields in order.
func (p Posted) Names() []string { return slices.Sorted(maps.Keys(p.Fields)) }

// item is a link of the navigation.
type item struct{ Section, Href, Key string }

// nav is what each role works with; what a role never opens is not there.
func (f Frame) nav() []item {
	today, cohorts := item{"today", paths.Today, "nav.today"}, item{"cohorts", paths.Cohorts, "nav.cohorts"}
	people, sites := item{"participants", paths.Participants, "nav.participants"}, item{"employers", paths.Employers, "nav.employers"}
	reviews := item{"reviews", paths.Reviews, "nav.reviews"}
	switch f.Actor.Role {
	case access.Coach:
		return []item{today, cohorts, people, sites, reviews}
	case access.Coordinator:
		return []item{today, cohorts, people, sites, {"matching", paths.Matching, "nav.matching"}}
	case access.Expert:
		return []item{today, people, sites, reviews}
	case access.Admin:
		return []item{
			{"members", paths.Members, "nav.members"},
			{"models", paths.Models, "nav.models"},
			{"closed", paths.ClosedDays, "nav.closed"},
			{"wording", paths.Wording, "nav.wording"},
			{"law", paths.Law, "nav.law"},
		}
	case access.Participant:
		return []item{{"me", paths.Me, "nav.me"}, {"my_trials", paths.MyTrials, "my_trials.title"}}
	}
	return nil
}

// langNames are the languages' own names: they read the same in every language.
var langNames = map[string]string{"fi": "Suomi", "sv": "Svenska", "en": "English"}

// home is where the name of the app leads.
func home(a access.Actor) string {
	switch a.Role {
	case access.Participant:
		return paths.Me
	case access.Admin:
		return paths.Members
	case access.Handed:
		return paths.Handed
	}
	return paths.Today
}
