package casework

import (
	"context"
	"net/http"

	"github.com/google/uuid"

	"kuukausi/internal/access"
	"kuukausi/internal/casework"
	"kuukausi/internal/server/core"
)

func (s Handlers) promise(w http.ResponseWriter, r *http.Request) error {
	return s.OnEnrolment(w, r, "promise", "saved", func(id uuid.UUID, t core.Typed) error {
		return s.Casework.Promise(r.Context(), id, t.Form, casework.PromiseForm{
			Body: t.Get("agreed"), Owner: t.Get("owner"), DueOn: t.Date("due"), Dated: t.Given("due"),
		})
	})
}

func (s Handlers) keepPromise(w http.ResponseWriter, r *http.Request) error {
	return s.settlePromise(w, r, "promise.kept", s.Casework.KeepPromise)
}

func (s Handlers) reopenPromise(w http.ResponseWriter, r *http.Request) error {
	return s.settlePromise(w, r, "promise.reopened", s.Casework.ReopenPromise)
}

// settlePromise goes back to the page the button stood on.
func (s Handlers) settlePromise(
	w http.ResponseWriter, r *http.Request, flash string, do func(context.Context, uuid.UUID, access.Form) error,
) error {
	id, err := core.PathID(r, "promise")
	if err != nil {
		return err
	}
	t, err := s.Form(w, r)
	if err != nil {
		return err
	}
	if err := do(r.Context(), id, t.Form); err != nil {
		return err
	}
	return s.Done(w, r, flash, core.Local(t.Get("back")))
}
