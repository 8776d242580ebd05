package server

import (
	"errors"
	"net/http"
	"strings"

	"kuukausi/internal/access"
	"kuukausi/internal/fault"
	"kuukausi/internal/locale"
	"kuukausi/internal/server/core"
	"kuukausi/web"
	"kuukausi/web/layouts"
	corepages "kuukausi/web/pages/core"
	"kuukausi/web/paths"
)

// public are the URLs that belong to no room.
func (s *Server) public() []core.Route {
	return []core.Route{
		core.Public(http.MethodGet, paths.Live, s.live),
		core.Public(http.MethodGet, paths.Ready, s.ready),
		core.Public(http.MethodGet, paths.Static, s.static),
		core.Public(http.MethodPost, paths.Language, s.language),
		core.Public(http.MethodGet, paths.Accessibility, s.accessibility),
		core.Public(http.MethodGet, paths.AccessibilityOld, s.accessibilityOld),
	}
}

func (s *Server) live(w http.ResponseWriter, r *http.Request) error {
	_, err := w.Write([]byte("ok\n"))
	return err
}

// ready says whether requests can be served: the database answers and its schema is current.
func (s *Server) ready(w http.ResponseWriter, r *http.Request) error {
	if err := s.cfg.Ready(r.Context()); err != nil {
		s.Log.Warn("not ready", "error", core.Kind(err))
		http.Error(w, "not ready", http.StatusServiceUnavailable)
		return nil
	}
	_, err := w.Write([]byte("ready\n"))
	return err
}

func (s *Server) static(w http.ResponseWriter, r *http.Request) error {
	f, ok := web.Static(r.URL.Path)
	if !ok {
		return s.Missing(w, r)
	}
	h := w.Header()
	h.Set("Content-Type", f.Type)
	h.Set("Cache-Control", "public, max-age=31536000, immutable")
	h.Set("Vary", "Accept-Encoding")
	body := f.Body
	if f.Gzip != nil && strings.Contains(r.Header.Get("Accept-Encoding"), "gzip") {
		h.Set("Content-Encoding", "gzip")
		body = f.Gzip
	}
	_, err := w.Write(body)
	return err
}

func (s *Server) language(w http.ResponseWriter, r *http.Request) error {
	v, err := s.Texts(w, r)
	if err != nil {
		return err
	}
	lang := ""
	for _, l := range locale.Langs {
		if l == v.Get(layouts.ReplayLang) {
			lang = l
		}
	}
	if lang == "" {
		return core.ErrBadForm
	}
	if access.From(r.Context()).Token != nil {
		// on a handed device the participant chooses for the moment; the coach's own language stays theirs
		if sec, err := s.Account.LoginSecret(r.Context()); err != nil && !errors.Is(err, fault.ErrSignIn) {
			return err
		} else if err == nil && sec.HandedReview == nil {
			if err := s.Account.LoginLanguage(r.Context(), lang); err != nil {
				return err
			}
		}
	}
	if err := s.Leave(w, r, core.KeyLang, lang); err != nil {
		return err
	}
	if at := v.Get(layouts.ReplayAt); at != "" { // a refused form comes once more, and with it what was typed
		http.Redirect(w, r, core.Local(at), http.StatusTemporaryRedirect)
		return nil
	}
	http.Redirect(w, r, core.Local(v.Get(layouts.ReplayBack)), http.StatusSeeOther)
	return nil
}

func (s *Server) accessibility(w http.ResponseWriter, r *http.Request) error {
	if access.From(r.Context()).Token != nil {
		if err := s.Account.Who(r.Context()); err != nil && !errors.Is(err, fault.ErrSignIn) {
			return err
		}
	}
	return s.Page(
		w,
		r,
		http.StatusOK,
		corepages.PlainPage(corepages.Plain{Frame: s.Frame(w, r, "", "nav.accessibility"), Title: "nav.accessibility",
			Keys: []string{"statement.scope", "statement.state", "statement.feedback", "statement.supervision"}}),
	)
}

func (s *Server) accessibilityOld(w http.ResponseWriter, r *http.Request) error {
	http.Redirect(w, r, paths.Accessibility, http.StatusMovedPermanently)
	return nil
}
