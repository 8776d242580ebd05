package account

import (
	"net/http"

	"github.com/go-chi/chi/v5"
	"github.com/google/uuid"

	"kuukausi/internal/access"
	"kuukausi/internal/account"
	"kuukausi/internal/fault"
	"kuukausi/internal/server/core"
	"kuukausi/web/components"
	pages "kuukausi/web/pages/account"
	"kuukausi/web/paths"
)

func (s Handlers) loginPage(w http.ResponseWriter, r *http.Request) error {
	return s.showLogin(w, r, components.Refused{}, core.Local(r.URL.Query().Get("next")), r.URL.Query().Get("ended") == "1")
}

func (s Handlers) showLogin(w http.ResponseWriter, r *http.Request, ref components.Refused, next string, ended bool) error {
	v := pages.Login{Frame: s.Frame(w, r, "", "login.title"), Form: ref.New("login", paths.Login, 0), Next: next, Ended: ended}
	v.Frame.Path = paths.Login
	return s.Page(w, r, core.Status(ref), pages.LoginPage(v))
}

func (s Handlers) login(w http.ResponseWriter, r *http.Request) error {
	v, err := s.Texts(w, r)
	if err != nil {
		return err
	}
	next := core.Local(v.Get("next"))
	token, err := s.Account.SignIn(r.Context(), v.Get("email"), v.Get("password"), s.Address(r), s.Device(r))
	if err != nil {
		return core.Again(err, "login", core.Typed{Values: v}, func(ref components.Refused) error { return s.showLogin(w, r, ref, next, false) })
	}
	if err := s.SetToken(w, r, token); err != nil {
		return err
	}
	s.KeepDevice(w, s.Account.Device(s.Device(r), v.Get("email")))
	http.Redirect(w, r, next, http.StatusSeeOther)
	return nil
}

func (s Handlers) logout(w http.ResponseWriter, r *http.Request) error {
	if access.From(r.Context()).Token != nil {
		if err := s.Account.LoginEnd(r.Context()); err != nil {
			return err
		}
	}
	if err := s.SetToken(w, r, ""); err != nil {
		return err
	}
	w.Header().Set("Clear-Site-Data", `"cache"`)
	http.Redirect(w, r, paths.Login, http.StatusSeeOther)
	return nil
}

func (s Handlers) membershipPage(w http.ResponseWriter, r *http.Request) error {
	if err := s.Account.Who(r.Context()); err != nil {
		return err
	}
	if access.From(r.Context()).Actor.Role == access.Handed {
		return fault.ErrNotFound // one page, no other
	}
	all, err := s.Account.LoginChoices(r.Context())
	if err != nil {
		return err
	}
	v := pages.Switch{Frame: s.Frame(w, r, "", "switch.title")}
	for _, c := range all {
		v.Choices = append(v.Choices, pages.SwitchChoice{ID: c.ID.String(), Role: string(c.Role), Org: c.OrgName, Active: c.Active})
	}
	return s.Page(w, r, http.StatusOK, pages.SwitchPage(v))
}

func (s Handlers) switchMembership(w http.ResponseWriter, r *http.Request) error {
	v, err := s.Texts(w, r)
	if err != nil {
		return err
	}
	if err := s.Account.Who(r.Context()); err != nil {
		return err
	}
	token, err := s.Account.Switch(r.Context(), core.Typed{Values: v}.Chosen("membership"))
	if err != nil {
		return err
	}
	if err := s.SetToken(w, r, token); err != nil {
		return err
	}
	http.Redirect(w, r, paths.Today, http.StatusSeeOther)
	return nil
}

func (s Handlers) showInvitation(w http.ResponseWriter, r *http.Request, ref components.Refused) error {
	token := chi.URLParam(r, "token")
	inv, err := s.Account.Invitation(r.Context(), account.HashToken(token))
	if err != nil {
		return err
	}
	v := pages.Invitation{
		Frame:   s.Frame(w, r, "", "invitation.title", "Org", inv.OrgName),
		Form:    ref.New("invitation", paths.Invitation.At(token), 0),
		OrgName: inv.OrgName,
		Email:   inv.Email,
		Name:    inv.Name,
		Role:    string(inv.Role),
		Reset:   inv.Kind == account.LinkReset,
		Waits:   inv.Waits,
		Min:     account.MinPassword,
	}
	return s.Page(w, r, core.Status(ref), pages.InvitationPage(v))
}

func (s Handlers) acceptInvitation(w http.ResponseWriter, r *http.Request) error {
	v, err := s.Texts(w, r)
	if err != nil {
		return err
	}
	err = s.Account.Accept(r.Context(), chi.URLParam(r, "token"), v.Get("password"), v.Get("again"), s.Lang(r), s.Address(r))
	if err != nil {
		return core.Again(err, "invitation", core.Typed{Values: v}, func(ref components.Refused) error { return s.showInvitation(w, r, ref) })
	}
	return s.Done(w, r, "invitation.done", paths.Login)
}

// showSignIns are the reader's own sign-ins and sessions: who sees one they did not make ends it and changes their password.
func (s Handlers) showSignIns(w http.ResponseWriter, r *http.Request, ref components.Refused) error {
	own, err := s.Account.OwnLogin(r.Context())
	if err != nil {
		return err
	}
	return s.Page(w, r, core.Status(ref), pages.SignInsPage(pages.SignIns{
		Frame: s.Frame(w, r, "", "nav.sign_ins"), Own: own, Min: account.MinPassword,
		Password: ref.New("password", paths.Password, 0),
	}))
}

func (s Handlers) changePassword(w http.ResponseWriter, r *http.Request) error {
	v, err := s.Texts(w, r)
	if err != nil {
		return err
	}
	if err := s.Account.Who(r.Context()); err != nil {
		return err
	}
	err = s.Account.ChangePassword(r.Context(), v.Get("present"), v.Get("password"), v.Get("again"), s.Address(r))
	if err != nil {
		return core.Again(err, "password", core.Typed{}, func(ref components.Refused) error { return s.showSignIns(w, r, ref) })
	}
	return s.Done(w, r, "password.changed", paths.SignIns)
}

// endSession ends another session of the reader's, or all others.
func (s Handlers) endSession(w http.ResponseWriter, r *http.Request) error {
	session := uuid.Nil
	if chi.URLParam(r, "session") != "" {
		var err error
		if session, err = core.PathID(r, "session"); err != nil {
			return err
		}
	}
	if err := s.Account.Who(r.Context()); err != nil {
		return err
	}
	if err := s.Account.LoginSessionEnd(r.Context(), session); err != nil {
		return err
	}
	return s.Done(w, r, "session.ended", paths.SignIns)
}
