package server

import (
	"net/http"
	"net/url"
	"slices"

	"github.com/google/uuid"

	"kuukausi/internal/access"
	"kuukausi/internal/fault"
	"kuukausi/web/components"
	"kuukausi/web/paths"
)

// drafts says that the page this request shows has forms that are kept as drafts: the read that follows brings them.
func drafts(r *http.Request, page string) { access.From(r.Context()).Page = page }

// drafted is a form that is kept as a draft: fresh, or the one that came back, or the draft that was chosen (?draft=…),
// which ends when the form is sent. It is called after the page's read.
func drafted(r *http.Request, ref components.Refused, name, action string, version int) components.Form {
	v := access.From(r.Context())
	f := ref.New(name, action, version)
	f.Page = v.Page
	if ref.Name == name && ref.ID != uuid.Nil {
		f.ID, f.From = ref.ID, typed{Values: ref.Values}.id("resumed")
	}
	chosen := r.URL.Query().Get("draft")
	for _, d := range v.Drafts {
		switch {
		case !slices.Equal(d.Fields["draft"], []string{name}) || d.ID == f.ID || d.ID == f.From:
		case ref.Name == "" && d.ID.String() == chosen:
			f.From, f.Values, f.Resumed = d.ID, url.Values(d.Fields), d.At // under a fresh id: the old form may have been sent
			if n := (typed{Values: f.Values}).number("version"); n > 0 {
				f.Version = n // what changed since is told when it is sent
			}
		default:
			f.Drafts = append(f.Drafts, components.Draft{ID: d.ID, At: d.At})
		}
	}
	return f
}

// keepable are the fields of a posted form as a draft stores them, and the page it stands on; nil for a form that is
// not kept.
func keepable(v url.Values) (uuid.UUID, string, map[string][]string) {
	id, err := uuid.Parse(v.Get("form"))
	page := local(v.Get("page"))
	if err != nil || v.Get("draft") == "" || page != v.Get("page") {
		return uuid.Nil, "", nil
	}
	fields := map[string][]string{}
	for k, x := range v {
		if k != "form" && k != "page" && k != "resumed" && k != "password" {
			fields[k] = x
		}
	}
	return id, page, fields
}

// saveDraft keeps a form as it is. The script asks for no page back; the button gets the form again.
func (s *Server) saveDraft(w http.ResponseWriter, r *http.Request) error {
	v, err := s.texts(w, r)
	if err != nil {
		return err
	}
	id, page, fields := keepable(v)
	switch {
	case access.From(r.Context()).Token == nil:
		return fault.ErrSignIn
	case fields == nil:
		return errBadForm
	}
	auto := r.Header.Get("X-Autosave") != ""
	id, err = s.Accounts.Drafts.KeepDraft(r.Context(), id, typed{Values: v}.id("resumed"), page, fields, auto)
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
	return s.done(w, r, "draft.saved", page+"?draft="+id.String()+"#draft-"+v.Get("draft"))
}

func (s *Server) dropDraft(w http.ResponseWriter, r *http.Request) error {
	id, err := pathID(r, "draft")
	if err != nil {
		return err
	}
	v, err := s.texts(w, r)
	if err != nil {
		return err
	}
	if err := s.Accounts.Drafts.DropDraft(r.Context(), id); err != nil {
		return err
	}
	return s.done(w, r, "draft.dropped", local(v.Get("page")))
}

// late keeps a form that came with an ended session and answers where it will be offered after signing in, "" when it
// could not be kept: then the page shows what was typed.
func (s *Server) late(r *http.Request) string {
	id, page, fields := keepable(r.PostForm)
	if fields == nil || access.From(r.Context()).Token == nil {
		return ""
	}
	kept, err := s.Accounts.Drafts.KeepLate(r.Context(), id, page, fields)
	if err != nil {
		s.cfg.Log.Error("late draft", "request", access.From(r.Context()).RequestID, "error", kind(err))
	}
	if !kept {
		return ""
	}
	return paths.Login + "?" + url.Values{"next": {page + "?draft=" + id.String()}}.Encode()
}
