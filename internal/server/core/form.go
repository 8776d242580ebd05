package core

import (
	"crypto/sha256"
	"errors"
	"fmt"
	"io"
	"maps"
	"net/http"
	"net/url"
	"os"
	"slices"
	"strconv"

	"github.com/google/uuid"

	"kuukausi/internal/access"
	"kuukausi/internal/fault"
	"kuukausi/internal/text"
	"kuukausi/web/layouts"
)

// errSlow: the form did not arrive in time.
var errSlow = errors.New("slow form")

// ErrBadForm: the request is not a form of this app; it is answered with 400.
var ErrBadForm = errors.New("bad form")

// secrets are the fields of which not even a space is taken.
var secrets = []string{"password", "again", "present"}

// Form reads a posted form.
func (s *Site) Form(w http.ResponseWriter, r *http.Request) (Typed, error) {
	v, err := s.Texts(w, r)
	if err != nil {
		return Typed{}, err
	}
	id, err := uuid.Parse(v.Get("form"))
	if err != nil || id == uuid.Nil {
		return Typed{}, ErrBadForm
	}
	version, err := strconv.Atoi(v.Get("version"))
	if err != nil {
		return Typed{}, ErrBadForm
	}
	return Typed{access.Form{
		ID: id, Version: version, Drafted: v.Get("draft") != "", Resumed: Typed{Values: v}.Chosen("resumed"), Digest: digest(v),
		Unread: &fault.Invalid{}, Shown: v.Get(layouts.ReplayAt) != "",
	}, v, access.From(r.Context()).Today()}, nil
}

// digest is one of what was typed; what the app itself put into the form is left out.
func digest(v url.Values) []byte {
	h := sha256.New()
	_, _ = io.WriteString(h, v.Get("form"))
	for _, k := range slices.Sorted(maps.Keys(v)) {
		if slices.Contains(carried, k) {
			continue
		}
		for _, x := range v[k] {
			_, _ = fmt.Fprintf(h, "%q=%q\n", k, x)
		}
	}
	return h.Sum(nil)[:16]
}

// carried are the fields that the app itself puts into a form.
var carried = []string{"form", "version", "page", "draft", "resumed", "back", layouts.ReplayAt, layouts.ReplayLang, layouts.ReplayBack}

// Texts reads the texts of a posted form, cleaned of what cannot be seen (internal/text).
func (s *Site) Texts(w http.ResponseWriter, r *http.Request) (url.Values, error) {
	r.Body = http.MaxBytesReader(w, r.Body, 1<<20)
	if err := r.ParseForm(); err != nil {
		var big *http.MaxBytesError
		if errors.As(err, &big) {
			return nil, big
		}
		if errors.Is(err, os.ErrDeadlineExceeded) {
			return nil, errSlow
		}
		return nil, ErrBadForm
	}
	for k, vs := range r.PostForm {
		for i := range vs {
			if slices.Contains(secrets, k) {
				vs[i] = text.Secret(vs[i])
			} else {
				vs[i] = text.Lines(vs[i])
			}
		}
		r.PostForm[k] = vs
	}
	return r.PostForm, nil
}
