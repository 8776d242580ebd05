package desk

import (
	"context"
	"net/url"
	"slices"
	"strings"
	"time"

	"github.com/google/uuid"

	"kuukausi/internal/access"
	"kuukausi/internal/casework"
	"kuukausi/internal/fault"
)

// Listed is a row of the participant list.
type Listed struct {
	EnrolmentID         uuid.UUID
	FirstName, LastName string
	Municipality, Phone string
	CohortName          string
	CohortID            *uuid.UUID
	State               casework.State
	StartsOn, EndsOn    time.Time
	Protected           bool // a protection order: contact data stand elsewhere
}

// What the list of people can be narrowed to and sorted by.
var (
	PeopleStates = []string{"open", "closed", "all"}
	PeopleSorts  = []string{"name", "cohort", "start", "state"}
)

// PeopleFilter is what the list of people shows: state, cohort and order travel in the URL, the name never does.
type PeopleFilter struct {
	Name   string
	State  string // open, closed or all
	Cohort uuid.UUID
	Sort   string
}

// ReadPeopleFilter reads a URL's query; what is not known becomes the default.
func ReadPeopleFilter(v url.Values) PeopleFilter {
	f := PeopleFilter{State: v.Get("state"), Sort: v.Get("sort")}
	if !slices.Contains(PeopleStates, f.State) {
		f.State = "open"
	}
	if !slices.Contains(PeopleSorts, f.Sort) {
		f.Sort = "name"
	}
	if id, err := uuid.Parse(v.Get("cohort")); err == nil {
		f.Cohort = id
	}
	return f
}

// Query is the filter as a URL's query, without the name and without what is the default.
func (f PeopleFilter) Query() string {
	v := url.Values{}
	if f.State != "open" {
		v.Set("state", f.State)
	}
	if f.Sort != "name" {
		v.Set("sort", f.Sort)
	}
	if f.Cohort != uuid.Nil {
		v.Set("cohort", f.Cohort.String())
	}
	return v.Encode()
}

// People is the list with what it can be narrowed to.
type People struct {
	Filter  PeopleFilter
	Rows    []Listed
	Cohorts []ListedCohort
	Views   []SavedView
	Alone   bool // there is a programme on which a person is coached alone
}

// ListedCohort is a cohort somebody of the list is in.
type ListedCohort struct {
	ID   uuid.UUID
	Name string
}

// SavedView is a filter somebody has given a name.
type SavedView struct {
	ID          uuid.UUID
	Name, Query string
}

// SaveView keeps a filter under a name: at most twenty (E_VIEWS).
func (s Service) SaveView(ctx context.Context, form access.Form, name string, f PeopleFilter) error {
	return s.store.AddView(ctx, form, func(have []SavedView) (SavedView, error) {
		var v fault.Invalid
		n := SavedView{Name: strings.TrimSpace(name), Query: f.Query()}
		switch {
		case n.Name == "":
			v.Add("view", "E_REQUIRED")
		case len([]rune(n.Name)) > 40:
			v.Add("view", "E_TOO_LONG", "Max", 40)
		case len(have) >= 20:
			v.Add("view", "E_VIEWS", "N", 20)
		}
		for _, h := range have {
			if h.Name == n.Name {
				v.Add("view", "E_VIEW_NAME")
			}
		}
		return n, v.OrNil()
	})
}

// ByCode are the actor's cases of the person whose identity code was typed, and whether it is one.
func (s Service) ByCode(ctx context.Context, f PeopleFilter) (People, bool, error) {
	index := s.codes.IndexOf(f.Name)
	p, err := s.store.PeopleByCode(ctx, f, index)
	return p, index != nil, err
}
