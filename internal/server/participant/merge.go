package participant

import (
	"errors"
	"net/http"

	"github.com/google/uuid"

	"kuukausi/internal/fault"
	"kuukausi/internal/server/core"
	"kuukausi/web/components"
	pages "kuukausi/web/pages/participant"
	"kuukausi/web/paths"
)

// showMerge shows who may be the same person or, with another one chosen, what a merge would do.
func (s Handlers) showMerge(w http.ResponseWriter, r *http.Request, id uuid.UUID, ref components.Refused) error {
	other := core.Typed{Values: r.URL.Query()}.Chosen("with")
	if ref.Name == "merge" {
		other = core.Typed{Values: ref.Values}.Chosen("with")
	}
	t, err := s.Participant.Twins(r.Context(), id, other)
	if err != nil {
		return err
	}
	v := pages.Merge{Frame: s.Frame(w, r, "participants", "merge.title"), Twins: t, Undo: ref}
	version := t.Person.Version
	if t.Other != nil {
		version += t.Other.Version
	}
	v.Form = ref.New("merge", paths.Merge.At(id), version)
	kept, merged, err := t.Plan()
	var why fault.Invalid
	if v.Kept, v.Merged, v.Allowed = kept, merged, err == nil; t.Other != nil && len(v.Form.Problems) == 0 && errors.As(err, &why) {
		v.Form.Problems = why // told before anybody presses a button
	}
	return s.Page(w, r, core.Status(ref), pages.MergePage(v))
}

func (s Handlers) merge(w http.ResponseWriter, r *http.Request) error {
	return s.On(w, r, "enrolment", "merge", s.showMerge, func(id uuid.UUID, t core.Typed) (string, string, error) {
		return "merge.merged", paths.Merge.At(id), s.Participant.Merge(r.Context(), id, t.Chosen("with"), t.Form)
	})
}

func (s Handlers) undoMerge(w http.ResponseWriter, r *http.Request) error {
	return s.Part(w, r, "merge", "undo", s.showMerge, func(id uuid.UUID, t core.Typed) (uuid.UUID, string, string, error) {
		of, err := s.Participant.Undo(r.Context(), id, t.Form)
		return of, "merge.was_undone", paths.Merge.At(of), err
	})
}
