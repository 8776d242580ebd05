package account

import (
	"net/http"

	"github.com/google/uuid"

	"kuukausi/internal/access"
	"kuukausi/internal/fault"
	"kuukausi/internal/server/core"
)

// saveDraft keeps a form as it is. The script asks for no page back; the button gets the form again.
func (s Handlers) saveDraft(w http.ResponseWriter, r *http.Request) error {
	v, err := s.Texts(w, r)
	if err != nil {
		return err
	}
	id, page, fields := core.Keepable(v)
	switch {
	case access.From(r.Context()).Token == nil:
		return fault.ErrSignIn
	case fields == nil:
		return core.ErrBadForm
	}
	auto := r.Header.Get("X-Autosave") != ""
	id, err = s.Account.KeepDraft(r.Context(), id, core.Typed{Values: v}.Chosen("resumed"), page, fields, auto)
	switch {
	case err != nil:
		return err
	case auto && id == uuid.Nil:
		w.WriteHeader(http.StatusGone) // it was sent meanwhile: the script says nothing
		return nil
	case auto:
		w.WriteHeader(http.StatusNoContent)
		return nil
	}
	return s.Done(w, r, "draft.saved", page+"?draft="+id.String()+"#draft-"+v.Get("draft"))
}

func (s Handlers) dropDraft(w http.ResponseWriter, r *http.Request) error {
	id, err := core.PathID(r, "draft")
	if err != nil {
		return err
	}
	v, err := s.Texts(w, r)
	if err != nil {
		return err
	}
	if err := s.Account.DropDraft(r.Context(), id); err != nil {
		return err
	}
	return s.Done(w, r, "draft.dropped", core.Local(v.Get("page")))
}
