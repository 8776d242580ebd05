package core

import (
	"bytes"
	"net/http"
	"net/url"
	"sync"

	"github.com/a-h/templ"

	"kuukausi/internal/access"
	"kuukausi/internal/locale"
	"kuukausi/web"
	"kuukausi/web/components"
	"kuukausi/web/layouts"
)

var buffers = sync.Pool{New: func() any { return new(bytes.Buffer) }}

// Frame is what surrounds a page of this request; the title is a message key with its arguments.
func (s *Site) Frame(w http.ResponseWriter, r *http.Request, section, title string, args ...any) layouts.Frame {
	p := s.Printer(r)
	f := layouts.Frame{Title: p.T(title, args...), Lang: p.Lang, Section: section, Actor: access.From(r.Context()).Actor,
		CSS:     []string{web.Asset("govuk.css"), web.Asset("app.css"), web.Asset("month.css")},
		Scripts: []string{web.Asset("pick.js")}, Icon: web.Asset("icon.svg"), Flash: s.Take(w, r, keyFlash)}
	if access.From(r.Context()).Page != "" {
		f.Scripts = append(f.Scripts, web.Asset("draft.js"))
	}
	if r.Method == http.MethodGet {
		f.Path = r.URL.RequestURI()
	} else if back, err := url.Parse(r.Referer()); err == nil && back.Host == r.Host {
		f.Path = back.RequestURI() // a refused form: the language switch leads to the page it stands on
	}
	f.Posted = posted(r)
	return f
}

func (s *Site) Printer(r *http.Request) *locale.Printer { return s.bundle.Printer(s.Lang(r)) }

// PrinterOf writes in a language that is not the reader's.
func (s *Site) PrinterOf(lang string) *locale.Printer { return s.bundle.Printer(lang) }

// Page renders into memory first: an error while rendering never leaves half a page.
func (s *Site) Page(w http.ResponseWriter, r *http.Request, status int, c templ.Component) error {
	b := buffers.Get().(*bytes.Buffer)
	defer buffers.Put(b)
	b.Reset()
	ctx := components.Collect(locale.With(r.Context(), s.Printer(r)))
	if err := c.Render(ctx, b); err != nil {
		return err
	}
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	w.WriteHeader(status)
	_, err := w.Write(components.Finish(ctx, b.Bytes()))
	if err != nil {
		return nil // the reader hung up: there is nobody to tell
	}
	return nil
}

// Status is what a page answers with: 200 when fresh, 422 refused, 409 stale.
func Status(ref components.Refused) int {
	switch {
	case ref.Stale:
		return http.StatusConflict
	case len(ref.Problems) > 0:
		return http.StatusUnprocessableEntity
	}
	return http.StatusOK
}
