package server

import (
	"net/http"
	"net/url"
	"strings"

	"kuukausi/internal/access"
	"kuukausi/internal/cohort"
	"kuukausi/internal/participant"
	"kuukausi/web/components"
	"kuukausi/web/pages"
	"kuukausi/web/paths"
)

func (s *Server) participants(w http.ResponseWriter, r *http.Request) error {
	return s.showPeople(w, r, access.ParticipantList, cohort.ReadPeopleFilter(r.URL.Query()), components.Refused{})
}

// searchPeople is a read by POST: a name must not stand in a URL, a log or a browser's history.
func (s *Server) searchPeople(w http.ResponseWriter, r *http.Request) error {
	v, err := s.texts(w, r)
	if err != nil {
		return err
	}
	f := cohort.ReadPeopleFilter(v)
	f.Name = v.Get("name")
	if strings.TrimSpace(f.Name) == "" { // a filter alone is a URL of its own, for who may see the list
		if _, err := s.Cohorts.People(r.Context(), access.ParticipantSearch, f); err != nil {
			return err
		}
		http.Redirect(w, r, paths.People(f.Query()), http.StatusSeeOther)
		return nil
	}
	if participant.LooksLikeNationalID(f.Name) {
		return s.byCode(w, r, f)
	}
	return s.showPeople(w, r, access.ParticipantSearch, f, components.Refused{})
}

// byCode looks for an identity code typed where names are looked for; one that is none finds nobody, and is told so.
func (s *Server) byCode(w http.ResponseWriter, r *http.Request, f cohort.PeopleFilter) error {
	index := s.Persons.IndexOf(f.Name)
	p, err := s.Cohorts.PeopleByCode(r.Context(), f, index)
	if err != nil {
		return err
	}
	v := s.people(w, r, p, components.Refused{})
	v.CodeWrong = index == nil
	return s.page(w, r, http.StatusOK, pages.ParticipantsPage(v))
}

func (s *Server) showPeople(w http.ResponseWriter, r *http.Request, do access.Action, f cohort.PeopleFilter, ref components.Refused) error {
	p, err := s.Cohorts.People(r.Context(), do, f)
	if err != nil {
		return err
	}
	return s.page(w, r, status(ref), pages.ParticipantsPage(s.people(w, r, p, ref)))
}

func (s *Server) people(w http.ResponseWriter, r *http.Request, p cohort.People, ref components.Refused) pages.Participants {
	role := access.From(r.Context()).Actor.Role
	return pages.Participants{Frame: s.frame(w, r, "participants", "nav.participants"), People: p, Open: role != access.Coordinator, Refers: role == access.Expert, View: ref.New("view", paths.Views, 0)}
}

func (s *Server) saveView(w http.ResponseWriter, r *http.Request) error {
	t, err := s.form(w, r)
	if err != nil {
		return err
	}
	q, err := url.ParseQuery(t.Get("query"))
	if err != nil {
		return errBadForm
	}
	f := cohort.ReadPeopleFilter(q)
	if err := s.Cohorts.SaveView(r.Context(), t.Form, t.Get("view"), f); err != nil {
		return again(err, "view", t, func(ref components.Refused) error { return s.showPeople(w, r, access.ParticipantList, f, ref) })
	}
	return s.done(w, r, "view.saved", paths.People(f.Query()))
}

func (s *Server) dropView(w http.ResponseWriter, r *http.Request) error {
	id, err := pathID(r, "view")
	if err != nil {
		return err
	}
	t, err := s.form(w, r)
	if err != nil {
		return err
	}
	if err := s.Cohorts.DropView(r.Context(), id, t.Form); err != nil {
		return err
	}
	return s.done(w, r, "view.dropped", paths.Participants)
}
