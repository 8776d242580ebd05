package core

import (
	"net/http"
	"net/url"
	"slices"

	"github.com/google/uuid"

	"kuukausi/internal/access"
	"kuukausi/web/components"
	"kuukausi/web/paths"
)

// Drafts says that the page this request shows has forms that are kept as drafts: the read that follows brings them.
func Drafts(r *http.Request, page string) { access.From(r.Context()).Page = page }

// Drafted is a form that is kept as a draft: fresh, or the one that came back, or the draft that was chosen (?draft=…),
// which ends when the form is sent. It is called after the page's read.
func Drafted(r *http.Request, ref components.Refused, name, action string, version int) components.Form {
	v := access.From(r.Context())
	f := ref.New(name, action, version)
	f.Page = v.Page
	if ref.Name == name && ref.ID != uuid.Nil {
		f.ID, f.From = ref.ID, Typed{Values: ref.Values}.Chosen("resumed")
	}
	chosen := r.URL.Query().Get("draft")
	for _, d := range v.Drafts {
		switch {
		case !slices.Equal(d.Fields["draft"], []string{name}) || d.ID == f.ID || d.ID == f.From:
		case ref.Name == "" && d.ID.String() == chosen:
			f.From, f.Values, f.Resumed = d.ID, url.Values(d.Fields), d.At // under a fresh id: the old form may have been sent
			if n := (Typed{Values: f.Values}).Number("version"); n > 0 {
				f.Version = n // what changed since is told when it is sent
			}
		default:
			f.Drafts = append(f.Drafts, components.Draft{ID: d.ID, At: d.At})
		}
	}
	return f
}

// Keepable are the fields of a posted form as a draft stores them, and the page it stands on; nil for a form that is
// not kept.
func Keepable(v url.Values) (uuid.UUID, string, map[string][]string) {
	id, err := uuid.Parse(v.Get("form"))
	page := Local(v.Get("page"))
	if err != nil || v.Get("draft") == "" || page != v.Get("page") {
		return uuid.Nil, "", nil
	}
	fields := map[string][]string{}
	for k, x := range v {
		if k == "version" || k == "draft" || !slices.Contains(carried, k) && !slices.Contains(secrets, k) {
			fields[k] = x
		}
	}
	return id, page, fields
}

// late keeps a form that came with an ended session and answers where it will be offered after signing in, "" when it
// could not be kept: then the page shows what was typed.
func (s *Site) late(r *http.Request) string {
	id, page, fields := Keepable(r.PostForm)
	if fields == nil || access.From(r.Context()).Token == nil {
		return ""
	}
	kept, err := s.Account.KeepLate(r.Context(), id, page, fields)
	if err != nil {
		s.Log.Error("late draft", "request", access.From(r.Context()).RequestID, "error", Kind(err))
	}
	if !kept {
		return ""
	}
	return paths.Login + "?" + url.Values{"next": {page + "?draft=" + id.String()}}.Encode()
}
