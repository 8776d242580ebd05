package server

import (
	"errors"
	"net/http"
	"strings"

	"github.com/go-chi/chi/v5"

	"kuukausi/internal/access"
	"kuukausi/internal/account"
	"kuukausi/internal/fault"
	"kuukausi/internal/locale"
	"kuukausi/web"
	"kuukausi/web/components"
	"kuukausi/web/pages"
	"kuukausi/web/paths"
)

func (s *Server) live(w http.ResponseWriter, r *http.Request) error {
	_, err := w.Write([]byte("ok\n"))
	return err
}

// ready says whether requests can be served: the database answers and its schema is current.
func (s *Server) ready(w http.ResponseWriter, r *http.Request) error {
	if err := s.cfg.Ready(r.Context()); err != nil {
		s.cfg.Log.Warn("not ready", "error", kind(err))
		http.Error(w, "not ready", http.StatusServiceUnavailable)
		return nil
	}
	_, err := w.Write([]byte("ready\n"))
	return err
}

func (s *Server) static(w http.ResponseWriter, r *http.Request) error {
	f, ok := web.Static(r.URL.Path)
	if !ok {
		return s.missing(w, r)
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

// local is a path on this site, "/" for anything else: an open redirect begins with a foreign next.
func local(next string) string {
	if !strings.HasPrefix(next, "/") || strings.HasPrefix(next, "//") || strings.ContainsAny(next, "\\\r\n\t") {
		return paths.Today
	}
	return next
}

func (s *Server) loginPage(w http.ResponseWriter, r *http.Request) error {
	return s.showLogin(w, r, components.Refused{}, local(r.URL.Query().Get("next")), r.URL.Query().Get("ended") == "1")
}

func (s *Server) showLogin(w http.ResponseWriter, r *http.Request, ref components.Refused, next string, ended bool) error {
	v := pages.Login{Frame: s.frame(w, r, "", "login.title"), Form: ref.New("login", paths.Login, 0), Next: next, Ended: ended}
	v.Frame.Path = paths.Login
	return s.page(w, r, status(ref), pages.LoginPage(v))
}

func (s *Server) login(w http.ResponseWriter, r *http.Request) error {
	v, err := s.texts(w, r)
	if err != nil {
		return err
	}
	next := local(v.Get("next"))
	token, err := s.Accounts.SignIn(r.Context(), v.Get("email"), v.Get("password"), s.address(r))
	if err != nil {
		return again(err, "login", typed{Values: v}, func(ref components.Refused) error { return s.showLogin(w, r, ref, next, false) })
	}
	if err := s.setToken(w, r, token); err != nil {
		return err
	}
	http.Redirect(w, r, next, http.StatusSeeOther)
	return nil
}

func (s *Server) logout(w http.ResponseWriter, r *http.Request) error {
	if access.From(r.Context()).Token != nil {
		if err := s.Accounts.Sessions.LoginEnd(r.Context()); err != nil {
			return err
		}
	}
	if err := s.setToken(w, r, ""); err != nil {
		return err
	}
	w.Header().Set("Clear-Site-Data", `"cache"`)
	http.Redirect(w, r, paths.Login, http.StatusSeeOther)
	return nil
}

func (s *Server) language(w http.ResponseWriter, r *http.Request) error {
	v, err := s.texts(w, r)
	if err != nil {
		return err
	}
	lang := ""
	for _, l := range locale.Langs {
		if l == v.Get("lang") {
			lang = l
		}
	}
	if lang == "" {
		return errBadForm
	}
	if access.From(r.Context()).Token != nil {
		// on a handed device the participant chooses for the moment; the coach's own language stays theirs
		if sec, err := s.Accounts.Sessions.LoginSecret(r.Context()); err != nil && !errors.Is(err, fault.ErrSignIn) {
			return err
		} else if err == nil && sec.HandedReview == nil {
			if err := s.Accounts.Sessions.LoginLanguage(r.Context(), lang); err != nil {
				return err
			}
		}
	}
	if err := s.leave(w, r, keyLang, lang); err != nil {
		return err
	}
	http.Redirect(w, r, local(v.Get("back")), http.StatusSeeOther)
	return nil
}

func (s *Server) accessibility(w http.ResponseWriter, r *http.Request) error {
	if access.From(r.Context()).Token != nil {
		if err := s.Accounts.Who(r.Context()); err != nil && !errors.Is(err, fault.ErrSignIn) {
			return err
		}
	}
	return s.page(w, r, http.StatusOK, pages.PlainPage(pages.Plain{Frame: s.frame(w, r, "", "nav.accessibility"), Title: "nav.accessibility",
		Keys: []string{"statement.scope", "statement.state", "statement.feedback", "statement.supervision"}}))
}

func (s *Server) accessibilityOld(w http.ResponseWriter, r *http.Request) error {
	http.Redirect(w, r, paths.Accessibility, http.StatusMovedPermanently)
	return nil
}

func (s *Server) membershipPage(w http.ResponseWriter, r *http.Request) error {
	if err := s.Accounts.Who(r.Context()); err != nil {
		return err
	}
	if access.From(r.Context()).Actor.Role == access.Handed {
		return fault.ErrNotFound // one page, no other
	}
	all, err := s.Accounts.Sessions.LoginChoices(r.Context())
	if err != nil {
		return err
	}
	v := pages.Switch{Frame: s.frame(w, r, "", "switch.title")}
	for _, c := range all {
		v.Choices = append(v.Choices, pages.SwitchChoice{ID: c.ID.String(), Role: string(c.Role), Org: c.OrgName, Active: c.Active})
	}
	return s.page(w, r, http.StatusOK, pages.SwitchPage(v))
}

func (s *Server) switchMembership(w http.ResponseWriter, r *http.Request) error {
	v, err := s.texts(w, r)
	if err != nil {
		return err
	}
	if err := s.Accounts.Who(r.Context()); err != nil {
		return err
	}
	token, err := s.Accounts.Switch(r.Context(), typed{Values: v}.id("membership"))
	if err != nil {
		return err
	}
	if err := s.setToken(w, r, token); err != nil {
		return err
	}
	http.Redirect(w, r, paths.Today, http.StatusSeeOther)
	return nil
}

func (s *Server) showInvitation(w http.ResponseWriter, r *http.Request, ref components.Refused) error {
	token := chi.URLParam(r, "token")
	inv, err := s.Accounts.Sessions.Invitation(r.Context(), account.HashToken(token))
	if err != nil {
		return err
	}
	v := pages.Invitation{Frame: s.frame(w, r, "", "invitation.title", "Org", inv.OrgName), Form: ref.New("invitation", paths.Invitation(token), 0),
		OrgName: inv.OrgName, Email: inv.Email, Name: inv.Name, Role: string(inv.Role), Known: inv.PasswordHash != nil, Min: account.MinPassword}
	return s.page(w, r, status(ref), pages.InvitationPage(v))
}

func (s *Server) acceptInvitation(w http.ResponseWriter, r *http.Request) error {
	v, err := s.texts(w, r)
	if err != nil {
		return err
	}
	err = s.Accounts.Accept(r.Context(), chi.URLParam(r, "token"), v.Get("password"), v.Get("again"), s.lang(r), s.address(r))
	if err != nil {
		return again(err, "invitation", typed{Values: v}, func(ref components.Refused) error { return s.showInvitation(w, r, ref) })
	}
	return s.done(w, r, "invitation.done", paths.Login)
}

// signIns are the reader's own: who sees one they did not make has their password changed.
func (s *Server) signIns(w http.ResponseWriter, r *http.Request) error {
	all, err := s.Accounts.SignIns(r.Context())
	if err != nil {
		return err
	}
	return s.page(w, r, http.StatusOK, pages.SignInsPage(pages.SignIns{Frame: s.frame(w, r, "", "nav.sign_ins"), SignIns: all}))
}
