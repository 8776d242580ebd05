package account

import (
	"net/http"

	"github.com/go-chi/chi/v5"
	"github.com/google/uuid"

	"kuukausi/internal/account"
	"kuukausi/internal/server/core"
	"kuukausi/web/components"
	pages "kuukausi/web/pages/account"
	"kuukausi/web/paths"
)

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
