package server

import (
	"net/http"

	"github.com/google/uuid"

	"kuukausi/internal/access"
	"kuukausi/internal/cohort"
	"kuukausi/internal/participant"
	"kuukausi/web/components"
	"kuukausi/web/pages"
	"kuukausi/web/paths"
)

func (s *Server) showNewEnrolment(w http.ResponseWriter, r *http.Request, id uuid.UUID, ref components.Refused) error {
	p, err := s.Cohorts.EnrolmentPlan(r.Context(), id)
	if err != nil {
		return err
	}
	return s.page(w, r, status(ref), pages.NewEnrolmentPage(pages.NewEnrolment{Frame: s.frame(w, r, "cohorts", "enrol.title"), Plan: p,
		Form: ref.New("enrol", paths.Enrolments(id), 0), Now: access.From(r.Context()).Today(), Codes: access.From(r.Context()).Actor.Role == access.Coach}))
}

func (s *Server) enrol(w http.ResponseWriter, r *http.Request) error {
	id, err := pathID(r, "cohort")
	if err != nil {
		return err
	}
	t, err := s.form(w, r)
	if err != nil {
		return err
	}
	waiting := t.Get("waiting") == "yes"
	err = s.Cohorts.EnrolPerson(r.Context(), t.Form, id, uuid.Nil, cohort.EnrolmentForm{PersonForm: typedPerson(t), Choice: typedChoice(t), Expert: t.id("expert"), Waiting: waiting})
	if err != nil {
		return again(err, "enrol", t, func(ref components.Refused) error { return s.showNewEnrolment(w, r, id, ref) })
	}
	if waiting {
		return s.done(w, r, "enrol.waits", paths.Waiting(id))
	}
	return s.done(w, r, "enrol.done", paths.Cohort(id))
}

// person is who somebody is, as typed.
func typedPerson(t typed) cohort.PersonForm {
	return cohort.PersonForm{FirstName: t.Get("first_name"), LastName: t.Get("last_name"), Municipality: t.Get("municipality"), Phone: t.Get("phone"), Email: t.Get("email"), Lang: t.Get("lang"), BornOn: t.date("born_on"), NationalID: t.Get("national_id"), Same: participant.Same(t.Get("same"))}
}

// choice is a voluntary choice as typed.
func typedChoice(t typed) cohort.ChoiceForm {
	return cohort.ChoiceForm{Chose: t.Get("chose") == "yes", How: t.Get("how"), ChosenOn: t.date("chosen_on"), Lang: t.Get("lang")}
}

// showEnrolment is one person's month for the coach; the expert has a page of their own at the same URL.
func (s *Server) showEnrolment(w http.ResponseWriter, r *http.Request, id uuid.UUID, ref components.Refused) error {
	drafts(r, paths.Enrolment(id))
	p, err := s.Cohorts.Person(r.Context(), id)
	if err != nil {
		return err
	}
	name := p.Case.FirstName + " " + p.Case.LastName
	if access.From(r.Context()).Actor.Role == access.Expert {
		return s.page(w, r, http.StatusOK, pages.CasePage(pages.Case{Frame: s.frame(w, r, "participants", "person.title", "Name", name), Case: p.Case, Choice: p.Choice, Trials: p.Trials}))
	}
	v := pages.Enrolment{Frame: s.frame(w, r, "participants", "person.title", "Name", name), Person: p, Now: access.From(r.Context()).Today(), Forms: cohort.IsOpen(p.Case.State) && !p.Case.Broken,
		Goal: ref.New("goal", paths.Goal(id), len(p.GoalVersions)), Profile: ref.New("profile", paths.Profile(id), p.Case.Version), Step: ref.New("step", paths.SearchSteps(id), p.Case.Version), Move: ref.New("move", paths.EnrolmentState(id), p.Case.Version),
		Check: ref.New("check", paths.GoalChecks(id), 0), Send: ref.New("send", paths.SendOne(id), 0),
		Note: drafted(r, ref, "note", paths.Notes(id), 0)}
	return s.page(w, r, status(ref), pages.EnrolmentPage(v))
}

// onEnrolment reads the id and the form of an act on a person's page, does it, and shows the page again or goes back to it.
func (s *Server) onEnrolment(w http.ResponseWriter, r *http.Request, name, flash string, do func(uuid.UUID, typed) error) error {
	return s.on(w, r, "enrolment", name, s.showEnrolment, func(id uuid.UUID, t typed) (string, string, error) {
		return flash, paths.Enrolment(id), do(id, t)
	})
}

func (s *Server) moveEnrolment(w http.ResponseWriter, r *http.Request) error {
	return s.onEnrolment(w, r, "move", "saved", func(id uuid.UUID, t typed) error {
		return s.Cohorts.MoveCase(r.Context(), id, t.Form, t.Get("to"))
	})
}

func (s *Server) setGoal(w http.ResponseWriter, r *http.Request) error {
	return s.onEnrolment(w, r, "goal", "goal.saved", func(id uuid.UUID, t typed) error {
		return s.Cohorts.WriteGoal(r.Context(), access.GoalSet, id, t.Form, t.Get("kind"), t.Get("body"), t.Get("how"))
	})
}

func (s *Server) editProfile(w http.ResponseWriter, r *http.Request) error {
	return s.onEnrolment(w, r, "profile", "saved", func(id uuid.UUID, t typed) error {
		return s.Cohorts.WriteProfile(r.Context(), id, t.Form, cohort.Profile{Strengths: t.Get("strengths"), Municipality: t.Get("municipality"), Phone: t.Get("phone"), Email: t.Get("email"), SearchShared: t.Get("shared") == "yes", NoPhone: t.Get("no_phone") == "yes"})
	})
}

func (s *Server) addSearchStep(w http.ResponseWriter, r *http.Request) error {
	return s.onEnrolment(w, r, "step", "search.saved", func(id uuid.UUID, t typed) error {
		return s.Search.Add(r.Context(), id, t.Form, t.Get("kind"), t.date("on"))
	})
}

func (s *Server) showWithdrawal(w http.ResponseWriter, r *http.Request, id uuid.UUID, ref components.Refused) error {
	c, err := s.Cohorts.Case(r.Context(), id)
	if err != nil {
		return err
	}
	return s.page(w, r, status(ref), pages.WithdrawalPage(pages.Withdrawal{Frame: s.frame(w, r, "participants", "withdraw.title"), Case: c,
		Form: ref.New("withdrawal", paths.Withdrawal(id), c.Version)}))
}

func (s *Server) withdraw(w http.ResponseWriter, r *http.Request) error {
	id, err := pathID(r, "enrolment")
	if err != nil {
		return err
	}
	t, err := s.form(w, r)
	if err != nil {
		return err
	}
	if err := s.Cohorts.Withdraw(r.Context(), id, t.Form); err != nil {
		return again(err, "withdrawal", t, func(ref components.Refused) error { return s.showWithdrawal(w, r, id, ref) })
	}
	return s.done(w, r, "withdraw.done", paths.Enrolment(id))
}
