package desk

import (
	"net/http"
	"net/url"
	"strings"

	"kuukausi/internal/access"
	"kuukausi/internal/desk"
	"kuukausi/internal/participant"
	"kuukausi/internal/server/core"
	"kuukausi/web/components"
	pages "kuukausi/web/pages/desk"
	"kuukausi/web/paths"
)

func (s Handlers) participants(w http.ResponseWriter, r *http.Request) error {
	f := desk.ReadPeopleFilter(r.URL.Query())
	if f.Name = s.Recall(r, r.URL.Query().Get("search")); f.Name != "" {
		return s.showPeople(w, r, access.ParticipantSearch, f, components.Refused{})
	}
	if err := s.At(w, r, paths.Participants); err != nil {
		return err
	}
	return s.showPeople(w, r, access.ParticipantList, f, components.Refused{})
}

// longestName is how many characters of a search are looked at.
const longestName = 200

// searchPeople is a read by POST: a name must not stand in a URL, a log or a browser's history.
func (s Handlers) searchPeople(w http.ResponseWriter, r *http.Request) error {
	v, err := s.Texts(w, r)
	if err != nil {
		return err
	}
	f := desk.ReadPeopleFilter(v)
	f.Name = v.Get("name")
	if r := []rune(f.Name); len(r) > longestName {
		f.Name = string(r[:longestName]) // nobody is called more, and the rest would not fit where it is kept
	}
	if strings.TrimSpace(f.Name) == "" { // a filter alone is a URL of its own, for who may see the list
		if _, err := s.Desk.People(r.Context(), access.ParticipantSearch, f); err != nil {
			return err
		}
		http.Redirect(w, r, paths.People(f.Query()), http.StatusSeeOther)
		return nil
	}
	if participant.LooksLikeNationalID(f.Name) {
		return s.byCode(w, r, f)
	}
	// found at an address of its own, which a browser can come back to; the first search says whether the reader may search
	if _, err := s.Desk.People(r.Context(), access.ParticipantSearch, f); err != nil {
		return err
	}
	key, err := s.Remember(w, r, f.Name)
	if err != nil {
		return err
	}
	http.Redirect(w, r, paths.FoundPeople(key, f.Query()), http.StatusSeeOther)
	return nil
}

// byCode looks for an identity code typed where names are looked for; one that is none finds nobody, and is told so.
func (s Handlers) byCode(w http.ResponseWriter, r *http.Request, f desk.PeopleFilter) error {
	p, known, err := s.Desk.ByCode(r.Context(), f)
	if err != nil {
		return err
	}
	v := s.people(w, r, p, components.Refused{})
	v.CodeWrong = !known
	return s.Page(w, r, http.StatusOK, pages.ParticipantsPage(v))
}

func (s Handlers) showPeople(w http.ResponseWriter, r *http.Request, do access.Action, f desk.PeopleFilter, ref components.Refused) error {
	p, err := s.Desk.People(r.Context(), do, f)
	if err != nil {
		return err
	}
	return s.Page(w, r, core.Status(ref), pages.ParticipantsPage(s.people(w, r, p, ref)))
}

func (s Handlers) people(w http.ResponseWriter, r *http.Request, p desk.People, ref components.Refused) pages.Participants {
	role := access.From(r.Context()).Actor.Role
	return pages.Participants{
		Frame:  s.Frame(w, r, "participants", "nav.participants"),
		People: p,
		Open:   role != access.Coordinator,
		Refers: role == access.Expert,
		View:   ref.New("view", paths.Views, 0),
	}
}

func (s Handlers) saveView(w http.ResponseWriter, r *http.Request) error {
	t, err := s.Form(w, r)
	if err != nil {
		return err
	}
	q, err := url.ParseQuery(t.Get("query"))
	if err != nil {
		return core.ErrBadForm
	}
	f := desk.ReadPeopleFilter(q)
	if err := s.Desk.SaveView(r.Context(), t.Form, t.Get("view"), f); err != nil {
		return core.Again(err, "view", t, func(ref components.Refused) error { return s.showPeople(w, r, access.ParticipantList, f, ref) })
	}
	return s.Done(w, r, "view.saved", paths.People(f.Query()))
}

func (s Handlers) dropView(w http.ResponseWriter, r *http.Request) error {
	id, err := core.PathID(r, "view")
	if err != nil {
		return err
	}
	t, err := s.Form(w, r)
	if err != nil {
		return err
	}
	if err := s.Desk.DropView(r.Context(), id, t.Form); err != nil {
		return err
	}
	return s.Done(w, r, "view.dropped", paths.Participants)
}
