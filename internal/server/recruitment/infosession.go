package recruitment

import (
	"net/http"

	"github.com/google/uuid"

	"kuukausi/internal/access"
	"kuukausi/internal/recruitment"
	"kuukausi/internal/server/core"
	"kuukausi/web/components"
	pages "kuukausi/web/pages/recruitment"
	"kuukausi/web/paths"
)

func (s Handlers) infoSessions(w http.ResponseWriter, r *http.Request) error {
	all, err := s.Recruitment.InfoSessions(r.Context())
	if err != nil {
		return err
	}
	v := access.From(r.Context())
	return s.Page(w, r, http.StatusOK, pages.InfoSessionsPage(
		pages.InfoSessions{Frame: s.Frame(w, r, infoSection(r), "info.list"), Infos: all, Now: v.Today(), Holds: v.Actor.Role != access.Expert},
	))
}

func (s Handlers) showNewInfo(w http.ResponseWriter, r *http.Request, ref components.Refused) error {
	texts, err := s.Recruitment.InfoPlan(r.Context())
	if err != nil {
		return err
	}
	return s.Page(
		w,
		r,
		core.Status(ref),
		pages.NewInfoPage(pages.NewInfo{Frame: s.Frame(w, r, "cohorts", "info.new"), Texts: texts, Form: ref.New("info", paths.InfoSessions, 0)}),
	)
}

func (s Handlers) createInfo(w http.ResponseWriter, r *http.Request) error {
	return s.Made(w, r, "info", s.showNewInfo, func(t core.Typed) (string, string, error) {
		f := recruitment.InfoSessionForm{
			HeldOn:     t.Date("held_on"),
			StartsAt:   t.Clock("starts_at"),
			EndsAt:     t.Clock("ends_at"),
			Place:      t.Get("place"),
			Attendance: t.Get("attendance"),
			Lang:       t.Get("lang"),
			Invitation: t.Lines("invitation"),
		}
		return "info.made", paths.Info.At(t.ID), s.Recruitment.HoldInfo(r.Context(), t.Form, f)
	})
}

func (s Handlers) showInfo(w http.ResponseWriter, r *http.Request, id uuid.UUID, ref components.Refused) error {
	p, err := s.Recruitment.InfoSession(r.Context(), id)
	if err != nil {
		return err
	}
	v := access.From(r.Context())
	return s.Page(w, r, core.Status(ref), pages.InfoSessionPage(
		pages.InfoSession{Frame: s.Frame(w, r, infoSection(r), "info.title"), Info: p, Now: v.Today(), Refers: v.Actor.Role == access.Expert,
			Guests: ref.New(
				"guests",
				paths.InfoGuests.At(id),
				0,
			), Marks: ref.New("came", paths.InfoMarks.At(id), 0), Cancel: ref.New("cancel", paths.InfoCancel.At(id), p.Version)},
	))
}

func (s Handlers) informGuests(w http.ResponseWriter, r *http.Request) error {
	return s.On(w, r, "info", "guests", s.showInfo, func(id uuid.UUID, t core.Typed) (string, string, error) {
		return "info.noted", paths.Info.At(id), s.Recruitment.Inform(r.Context(), id, t.Form, t.Lines("names"))
	})
}

func (s Handlers) markGuests(w http.ResponseWriter, r *http.Request) error {
	return s.On(w, r, "info", "came", s.showInfo, func(id uuid.UUID, t core.Typed) (string, string, error) {
		came, err := t.ChosenAll("came")
		if err != nil {
			return "", "", err
		}
		shown, err := t.ChosenAll("shown")
		if err != nil {
			return "", "", err
		}
		return "attendance.saved", paths.Info.At(id), s.Recruitment.MarkGuests(r.Context(), id, t.Form, shown, came)
	})
}

func (s Handlers) cancelInfo(w http.ResponseWriter, r *http.Request) error {
	return s.On(w, r, "info", "cancel", s.showInfo, func(id uuid.UUID, t core.Typed) (string, string, error) {
		return "info.called_off", paths.Info.At(id), s.Recruitment.CancelInfo(r.Context(), id, t.Form)
	})
}
