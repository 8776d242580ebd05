package placement

import (
	"net/http"

	"github.com/google/uuid"

	"kuukausi/internal/access"
	"kuukausi/internal/placement"
	"kuukausi/internal/server/core"
	"kuukausi/web/components"
	pages "kuukausi/web/pages/placement"
)

func (s Handlers) showTrialOrMine(w http.ResponseWriter, r *http.Request, id uuid.UUID, ref components.Refused) error {
	if access.From(r.Context()).Actor.Role == access.Participant {
		return s.ShowMyTrials(w, r, ref)
	}
	return s.showTrial(w, r, id, ref)
}

func (s Handlers) answerTrial(w http.ResponseWriter, r *http.Request) error {
	return s.On(w, r, "trial", "answer", s.showTrialOrMine, func(id uuid.UUID, t core.Typed) (string, string, error) {
		err := s.Placement.Answer(r.Context(), id, t.Form, t.Get("answer"), t.Get("way"))
		return "trial.answered", trialOrMine(r, id), err
	})
}

func (s Handlers) showAgreement(w http.ResponseWriter, r *http.Request, id uuid.UUID, _ components.Refused) error {
	t, err := s.Placement.Trial(r.Context(), access.AgreementView, id)
	if err != nil {
		return err
	}
	section := "employers"
	if access.From(r.Context()).Actor.Role == access.Participant {
		section = "my_trials"
	}
	return s.Page(
		w,
		r,
		http.StatusOK,
		pages.AgreementPage(pages.Agreement{Frame: s.Frame(w, r, section, "trial.agreement"), Trial: t, Mine: section == "my_trials"}),
	)
}

func (s Handlers) signTrial(w http.ResponseWriter, r *http.Request) error {
	return s.On(w, r, "trial", "sign", s.showTrialOrMine, func(id uuid.UUID, t core.Typed) (string, string, error) {
		err := s.Placement.Sign(r.Context(), id, t.Form, t.Get("party"), t.Date("signed_on"))
		return "trial.sign_saved", trialOrMine(r, id), err
	})
}

func (s Handlers) insureTrial(w http.ResponseWriter, r *http.Request) error {
	return s.onTrial(w, r, "insure", "saved", func(id uuid.UUID, t core.Typed) error {
		return s.Placement.Insure(r.Context(), id, t.Form, t.Date("insurance_on"))
	})
}

func (s Handlers) activateTrial(w http.ResponseWriter, r *http.Request) error {
	return s.onTrial(w, r, "activate", "trial.activated", func(id uuid.UUID, t core.Typed) error {
		return s.Placement.Activate(r.Context(), id, t.Form)
	})
}

func (s Handlers) endTrial(w http.ResponseWriter, r *http.Request) error {
	return s.onTrial(w, r, "end", "saved", func(id uuid.UUID, t core.Typed) error {
		return s.Placement.End(
			r.Context(),
			id,
			t.Form,
			placement.EndForm{Reason: t.Lines("reason"), TerminatedBy: t.Get("terminated_by"), NoticeOn: t.Date("notice_on"), Hired: t.Get("hired")},
		)
	})
}
