package casework

import (
	"net/http"

	"github.com/google/uuid"

	"kuukausi/internal/access"
	"kuukausi/internal/casework"
	"kuukausi/internal/server/core"
	"kuukausi/web/components"
	pages "kuukausi/web/pages/casework"
	"kuukausi/web/paths"
)

// OnEnrolment reads the id and the form of an act on a person's page, does it, and shows the page again or goes back to it.
func (s Handlers) OnEnrolment(w http.ResponseWriter, r *http.Request, name, flash string, do func(uuid.UUID, core.Typed) error) error {
	return s.On(w, r, "enrolment", name, s.ShowPerson, func(id uuid.UUID, t core.Typed) (string, string, error) {
		return flash, paths.Enrolment.At(id), do(id, t)
	})
}

func (s Handlers) moveEnrolment(w http.ResponseWriter, r *http.Request) error {
	return s.OnEnrolment(w, r, "move", "saved", func(id uuid.UUID, t core.Typed) error {
		return s.Casework.MoveCase(r.Context(), id, t.Form, casework.State(t.Get("to")))
	})
}

func (s Handlers) showWithdrawal(w http.ResponseWriter, r *http.Request, id uuid.UUID, ref components.Refused) error {
	c, err := s.Casework.Case(r.Context(), access.CaseView, id)
	if err != nil {
		return err
	}
	return s.Page(
		w,
		r,
		core.Status(ref),
		pages.WithdrawalPage(pages.Withdrawal{Frame: s.Frame(w, r, "participants", "withdraw.title"), Case: c,
			Today: access.From(r.Context()).Today(), Form: ref.New("withdrawal", paths.Withdrawal.At(id), c.Version)}),
	)
}

func (s Handlers) withdraw(w http.ResponseWriter, r *http.Request) error {
	return s.On(w, r, "enrolment", "withdrawal", s.showWithdrawal, func(id uuid.UUID, t core.Typed) (string, string, error) {
		return "withdraw.done", paths.Enrolment.At(id), s.Casework.End(r.Context(), id, t.Form, casework.State(t.Get("how")), t.Lines("reason"))
	})
}

func (s Handlers) showInterruption(w http.ResponseWriter, r *http.Request, id uuid.UUID, ref components.Refused) error {
	c, err := s.Casework.Case(r.Context(), access.InterruptionView, id)
	if err != nil {
		return err
	}
	return s.Page(w, r, core.Status(ref), pages.InterruptionPage(pages.Interruption{
		Frame: s.Frame(w, r, "participants", "interruption.title"), Case: c, Today: access.From(r.Context()).Today(),
		Form: ref.New("interruption", paths.Interruption.At(id), c.Version),
	}))
}

func (s Handlers) interrupt(w http.ResponseWriter, r *http.Request) error {
	return s.On(w, r, "enrolment", "interruption", s.showInterruption, func(id uuid.UUID, t core.Typed) (string, string, error) {
		return "interruption.done", paths.Enrolment.At(id), s.Casework.Interrupt(r.Context(), id, t.Form, casework.Interruption{
			Ground: t.Get("ground"), DecidedOn: t.Date("decided_on"), Reference: t.Get("reference"), Body: t.Lines("body"),
		})
	})
}

func (s Handlers) showExpert(w http.ResponseWriter, r *http.Request, id uuid.UUID, ref components.Refused) error {
	x, err := s.Casework.Responsible(r.Context(), id)
	if err != nil {
		return err
	}
	return s.Page(w, r, core.Status(ref), pages.ExpertPage(pages.Expert{
		Frame: s.Frame(w, r, "participants", "expert.title"), Responsible: x, Form: ref.New("expert", paths.CaseExpert.At(id), x.Version),
	}))
}

func (s Handlers) replaceExpert(w http.ResponseWriter, r *http.Request) error {
	return s.On(w, r, "enrolment", "expert", s.showExpert, func(id uuid.UUID, t core.Typed) (string, string, error) {
		return "saved", paths.Enrolment.At(id), s.Casework.ReplaceExpert(r.Context(), id, t.Form, t.Chosen("expert"))
	})
}
