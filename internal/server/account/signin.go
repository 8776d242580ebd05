package account

import (
	"net/http"

	"kuukausi/internal/access"
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
	if access.From(r.Context()).Token != nil { // whoever was signed in here is not any more
		if err := s.Account.LoginEnd(r.Context()); err != nil {
			return err
		}
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
