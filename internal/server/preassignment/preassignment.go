package preassignment

import (
	"net/http"
	"strconv"

	"github.com/google/uuid"

	"kuukausi/internal/access"
	"kuukausi/internal/preassignment"
	"kuukausi/internal/server/core"
	"kuukausi/web/components"
	pages "kuukausi/web/pages/preassignment"
	"kuukausi/web/paths"
)

func (s Handlers) showOutbox(w http.ResponseWriter, r *http.Request, id uuid.UUID, ref components.Refused) error {
	o, err := s.Preassignment.Outbox(r.Context(), id)
	if err != nil {
		return err
	}
	return s.Page(w, r, core.Status(ref), pages.OutboxPage(pages.Outbox{
		Frame:  s.Frame(w, r, "cohorts", "pre.title"),
		Outbox: o,
		Now:    access.From(r.Context()).Today(),
		Form:   ref.New("send", paths.Outbox.At(id), 0),
	}))
}

// sending reads which pre-assignments go to whom.
func typedSending(t core.Typed) (p preassignment.Sending, err error) {
	p.DueOn = t.Date("due_on")
	for _, n := range t.Values["number"] {
		i, err := strconv.Atoi(n)
		if err != nil {
			return p, core.ErrBadForm
		}
		p.Numbers = append(p.Numbers, i)
	}
	p.For, err = t.ChosenAll("for")
	return p, err
}

func (s Handlers) sendPre(w http.ResponseWriter, r *http.Request) error {
	return s.On(w, r, "cohort", "send", s.showOutbox, func(id uuid.UUID, t core.Typed) (string, string, error) {
		p, err := typedSending(t)
		if err != nil {
			return "", "", err
		}
		return "pre.sent", paths.Outbox.At(id), s.Preassignment.Send(r.Context(), id, uuid.Nil, t.Form, p)
	})
}

func (s Handlers) sendPreOne(w http.ResponseWriter, r *http.Request) error {
	return s.On(w, r, "enrolment", "send", s.ShowPerson, func(id uuid.UUID, t core.Typed) (string, string, error) {
		p, err := typedSending(t)
		if err != nil {
			return "", "", err
		}
		p.For = []uuid.UUID{id}
		return "pre.sent", paths.Enrolment.At(id), s.Preassignment.Send(r.Context(), uuid.Nil, id, t.Form, p)
	})
}

func (s Handlers) showPre(w http.ResponseWriter, r *http.Request, id uuid.UUID, ref components.Refused) error {
	core.Drafts(r, paths.Pre.At(id))
	p, err := s.Preassignment.Assignment(r.Context(), id)
	if err != nil {
		return err
	}
	v := access.From(r.Context())
	section := "participants"
	if v.Actor.Role == access.Participant {
		section = "me"
	}
	return s.Page(w, r, core.Status(ref), pages.PrePage(pages.Pre{
		Frame:   s.Frame(w, r, section, "pre.page_title", "Title", p.Title),
		Pre:     p,
		Now:     v.Today(),
		Own:     v.Actor.Role == access.Participant,
		Answer:  core.Drafted(r, ref, "answer", paths.PreAnswer.At(id), p.Version),
		Discuss: ref.New("discuss", paths.PreDiscuss.At(id), p.Version),
	}))
}

// onPre reads the id and the form of an act on a pre-assignment, does it, and shows its page again.
func (s Handlers) onPre(w http.ResponseWriter, r *http.Request, name, flash string, do func(uuid.UUID, core.Typed) error) error {
	return s.On(w, r, "pre", name, s.showPre, func(id uuid.UUID, t core.Typed) (string, string, error) {
		return flash, paths.Pre.At(id), do(id, t)
	})
}

func (s Handlers) openPre(w http.ResponseWriter, r *http.Request) error {
	return s.onPre(w, r, "open", "", func(id uuid.UUID, t core.Typed) error { return s.Preassignment.Open(r.Context(), id, t.Form) })
}

func (s Handlers) answerPre(w http.ResponseWriter, r *http.Request) error {
	return s.onPre(w, r, "answer", "pre.answered", func(id uuid.UUID, t core.Typed) error {
		return s.Preassignment.Answer(r.Context(), id, t.Form, t.Lines("answer"), t.Get("how"))
	})
}

func (s Handlers) discussPre(w http.ResponseWriter, r *http.Request) error {
	return s.onPre(w, r, "discuss", "saved", func(id uuid.UUID, t core.Typed) error {
		return s.Preassignment.Discuss(r.Context(), id, t.Form, t.Lines("comment"))
	})
}
