package server

import (
	"net/http"
	"strconv"

	"github.com/google/uuid"

	"kuukausi/internal/access"
	"kuukausi/internal/cohort"
	"kuukausi/web/components"
	"kuukausi/web/pages"
	"kuukausi/web/paths"
)

func (s *Server) showOutbox(w http.ResponseWriter, r *http.Request, id uuid.UUID, ref components.Refused) error {
	o, err := s.Cohorts.Outbox(r.Context(), id)
	if err != nil {
		return err
	}
	return s.page(w, r, status(ref), pages.OutboxPage(pages.Outbox{Frame: s.frame(w, r, "cohorts", "pre.title"), Outbox: o, Now: access.From(r.Context()).Today(), Form: ref.New("send", paths.Outbox(id), 0)}))
}

// sending reads which pre-assignments go to whom.
func typedSending(t typed) (p cohort.PreSending, err error) {
	p.DueOn = t.date("due_on")
	for _, n := range t.Values["number"] {
		i, err := strconv.Atoi(n)
		if err != nil {
			return p, errBadForm
		}
		p.Numbers = append(p.Numbers, i)
	}
	p.For, err = t.ids("for")
	return p, err
}

func (s *Server) sendPre(w http.ResponseWriter, r *http.Request) error {
	return s.on(w, r, "cohort", "send", s.showOutbox, func(id uuid.UUID, t typed) (string, string, error) {
		p, err := typedSending(t)
		if err != nil {
			return "", "", err
		}
		return "pre.sent", paths.Outbox(id), s.Cohorts.SendPreAssignments(r.Context(), id, uuid.Nil, t.Form, p)
	})
}

func (s *Server) sendPreOne(w http.ResponseWriter, r *http.Request) error {
	return s.onEnrolment(w, r, "send", "pre.sent", func(id uuid.UUID, t typed) error {
		p, err := typedSending(t)
		if err != nil {
			return err
		}
		p.For = []uuid.UUID{id}
		return s.Cohorts.SendPreAssignments(r.Context(), uuid.Nil, id, t.Form, p)
	})
}

func (s *Server) checkGoal(w http.ResponseWriter, r *http.Request) error {
	return s.onEnrolment(w, r, "check", "goal_check.saved", func(id uuid.UUID, t typed) error {
		return s.Cohorts.CheckGoal(r.Context(), id, t.Form, t.Get("going"), t.Get("body"))
	})
}

func (s *Server) showPre(w http.ResponseWriter, r *http.Request, id uuid.UUID, ref components.Refused) error {
	drafts(r, paths.Pre(id))
	p, err := s.Cohorts.PreAssignment(r.Context(), id)
	if err != nil {
		return err
	}
	v := access.From(r.Context())
	section := "participants"
	if v.Actor.Role == access.Participant {
		section = "me"
	}
	return s.page(w, r, status(ref), pages.PrePage(pages.Pre{Frame: s.frame(w, r, section, "pre.page_title", "Title", p.Title), Pre: p, Now: v.Today(), Own: v.Actor.Role == access.Participant,
		Answer: drafted(r, ref, "answer", paths.PreAnswer(id), p.Version), Discuss: ref.New("discuss", paths.PreDiscuss(id), p.Version)}))
}

// onPre reads the id and the form of an act on a pre-assignment, does it, and shows its page again.
func (s *Server) onPre(w http.ResponseWriter, r *http.Request, name, flash string, do func(uuid.UUID, typed) error) error {
	return s.on(w, r, "pre", name, s.showPre, func(id uuid.UUID, t typed) (string, string, error) {
		return flash, paths.Pre(id), do(id, t)
	})
}

func (s *Server) openPre(w http.ResponseWriter, r *http.Request) error {
	return s.onPre(w, r, "open", "", func(id uuid.UUID, t typed) error { return s.Cohorts.OpenPre(r.Context(), id, t.Form) })
}

func (s *Server) answerPre(w http.ResponseWriter, r *http.Request) error {
	return s.onPre(w, r, "answer", "pre.answered", func(id uuid.UUID, t typed) error {
		return s.Cohorts.AnswerPre(r.Context(), id, t.Form, t.Get("answer"), t.Get("how"))
	})
}

func (s *Server) discussPre(w http.ResponseWriter, r *http.Request) error {
	return s.onPre(w, r, "discuss", "saved", func(id uuid.UUID, t typed) error {
		return s.Cohorts.DiscussPre(r.Context(), id, t.Form, t.Get("comment"))
	})
}
