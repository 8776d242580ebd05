package partner

import (
	"context"
	"slices"
	"strings"
	"time"
	"unicode"

	"github.com/google/uuid"

	"kuukausi/internal/access"
	"kuukausi/internal/casework"
	"kuukausi/internal/programme"
)

// Fields are the fields of work a site belongs to and a person looks for.
var Fields = []string{
	"kitchen",
	"cleaning",
	"care",
	"warehouse",
	"transport",
	"retail",
	"office",
	"industry",
	"construction",
	"property",
	"garden",
	"culture",
	"it",
	"other",
}

// Candidate is a site a person may fit, with what is counted over all coaches (internal/domain.md, ruling 8).
type Candidate struct {
	SiteID                              uuid.UUID
	Employer, Site, Municipality, Field string
	Tasks                               string
	Free                                *int // in the person's weeks; nil where nobody said how many there are
	Held                                int
	Asked                               int // contacts without a trial in thirty days
	CooledUntil                         *time.Time
	LastContact                         *time.Time
}

// askedOften is from how many contacts without a trial in thirty days on a site is asked too often.
const askedOften = 3

// AskedTooOften tells whether everybody has been ringing there.
func (c Candidate) AskedTooOften() bool { return c.Asked >= askedOften }

// Cooled tells whether the site wants to be left alone on a day.
func (c Candidate) Cooled(on time.Time) bool {
	return c.CooledUntil != nil && !c.CooledUntil.Before(on)
}

// Match is a site with why it fits, and what speaks against asking it now. Both are message keys.
type Match struct {
	Candidate
	For, Against []string
	Rivals       int // others for whom it is among the best in the same weeks, when there is no place for all
	score        int
}

// Matching is a person without a site and the sites.
type Matching struct {
	Case
	Municipality string
	Profile      *Profile // nil until the reader may see one
	From, Until  time.Time
	Sites        []Candidate `db:"-"` // read apart
	Tried        []uuid.UUID // sites where the person has been already
}

// Fits are the sites that fit, the best first: those with a reason for and nothing that forbids. Not now are those that fit but are full,
// or want to be left alone.
func (m Matching) Fits(today time.Time) (now, notNow []Match) {
	if m.Profile == nil {
		return nil, nil
	}
	places := words(m.Municipality + "," + m.Profile.Municipalities)
	wanted := words(m.Profile.Tasks)
	for _, c := range m.Sites {
		x := Match{Candidate: c}
		if slices.Contains(m.Profile.Fields, c.Field) {
			x.For, x.score = append(x.For, "field"), x.score+4
		}
		common := 0
		for _, w := range words(c.Tasks) {
			if len([]rune(w)) > 3 && slices.ContainsFunc(wanted, func(k string) bool { return sameWord(k, w) }) {
				common++
			}
		}
		if common > 0 {
			x.For, x.score = append(x.For, "tasks"), x.score+2
		}
		if x.score == 0 {
			continue
		}
		if slices.Contains(places, strings.ToLower(c.Municipality)) {
			x.For, x.score = append(x.For, "near"), x.score+3
		} else if c.Municipality != "" {
			x.Against = append(x.Against, "far")
		}
		switch {
		case c.Free == nil:
			x.Against = append(x.Against, "capacity_unknown")
		case *c.Free > 0:
			x.For, x.score = append(x.For, "free"), x.score+2
		default:
			x.Against = append(x.Against, "full")
		}
		if slices.Contains(m.Tried, c.SiteID) {
			x.Against, x.score = append(x.Against, "tried"), x.score-4
		}
		if c.AskedTooOften() {
			x.Against, x.score = append(x.Against, "asked_often"), x.score-2
		}
		if c.Cooled(today) {
			x.Against = append(x.Against, "cooled")
		}
		if c.Free != nil && *c.Free < 1 || c.Cooled(today) {
			notNow = append(notNow, x)
		} else {
			now = append(now, x)
		}
	}
	best := func(a, b Match) int {
		if a.score != b.score {
			return b.score - a.score
		}
		return strings.Compare(a.Site, b.Site)
	}
	slices.SortStableFunc(now, best)
	slices.SortStableFunc(notNow, best)
	return now, notNow
}

// words are a text's words in lower case.
func words(s string) []string {
	return strings.FieldsFunc(strings.ToLower(s), func(r rune) bool { return !unicode.IsLetter(r) && r != '-' })
}

// sameWord compares the beginnings: Finnish words change at their end.
func sameWord(a, b string) bool {
	x, y := []rune(a), []rune(b)
	n := min(len(x), len(y), 6)
	return n > 3 && string(x[:n]) == string(y[:n])
}

// Unplaced is a person without a site, with the sites that fit best.
type Unplaced struct {
	Matching
	Best []Match `db:"-"` // computed
}

// BestSites is how many sites the board names for a person.
const BestSites = 3

// Board are the people without a site and the sites that fit each.
func (s Service) Board(ctx context.Context) ([]Unplaced, error) {
	people, err := s.store.UnplacedPeople(ctx)
	today := access.From(ctx).Today()
	for i := range people {
		now, _ := people[i].Fits(today)
		people[i].Best = now[:min(len(now), BestSites)]
	}
	compete(people)
	return people, err
}

// compete notes at each best site how many others it would fit in the same weeks, where the places are not enough: two
// people for one place are seen at once.
func compete(people []Unplaced) {
	for i := range people {
		for k := range people[i].Best {
			m := &people[i].Best[k]
			rivals := 0
			for j := range people {
				if j == i || people[j].From.After(people[i].Until) || people[j].Until.Before(people[i].From) {
					continue
				}
				if slices.ContainsFunc(people[j].Best, func(x Match) bool { return x.SiteID == m.SiteID }) {
					rivals++
				}
			}
			if m.Free != nil && *m.Free <= rivals {
				m.Rivals = rivals
			}
		}
	}
}

// Case is the person a trial is for, as far as the coordinator sees them (internal/domain.md, ruling 4).
type Case struct {
	EnrolmentID         uuid.UUID
	FirstName, LastName string
	BornOn              time.Time
	State               casework.State
	CohortID            *uuid.UUID
	CohortName          string
	StartsOn, EndsOn    time.Time
	Consent             string // to contacting employers: given, not_given, or "" when nobody asked
	Shape               programme.Shape
}
