package placement

import (
	"net/http"
	"strings"

	"github.com/google/uuid"

	"kuukausi/internal/access"
	"kuukausi/internal/placement"
	"kuukausi/internal/server/core"
	"kuukausi/web"
	"kuukausi/web/components"
	pages "kuukausi/web/pages/placement"
	"kuukausi/web/paths"
)

// typedTerms are the typed terms; what is no number stays 0 and breaks its rule.
func typedTerms(t core.Typed) placement.Terms {
	site, person, _ := strings.Cut(t.Get("site"), " ")
	out := placement.Terms{Purpose: t.Get("purpose"), Tasks: t.Lines("tasks"), Goals: t.Lines("goals"), Payer: t.Get("payer"),
		StartsOn: t.Date("starts_on"), EndsOn: t.Date("ends_on"), CurrentEmployer: t.Get("current_employer") == "yes"}
	out.SiteID, _ = uuid.Parse(site)
	out.SupervisorID, _ = uuid.Parse(person)
	out.BenefitCheck = t.Get("benefit_check")
	out.DayMinutes, out.StartsAt = t.Hours("hours"), t.Clock("starts_at")
	out.WeekDays = t.Number("week_days")
	out.FormerEmployer, out.Continuing, out.Conditions = t.Get("former_employer") == "yes", t.Get("continuing") == "yes", t.Lines("conditions")
	out.BarsClear = true
	for _, bar := range placement.Bars {
		switch t.Get("bar." + bar) {
		case "no":
		case "yes":
			out.BarsMet = append(out.BarsMet, bar)
			out.BarsClear = false
		default:
			out.BarsClear = false
		}
	}
	return out
}

func (s Handlers) showNewTrial(w http.ResponseWriter, r *http.Request, id uuid.UUID, ref components.Refused) error {
	p, err := s.Placement.TrialPlan(r.Context(), id)
	if err != nil {
		return err
	}
	q := core.Typed{Values: r.URL.Query()}
	page := pages.NewTrial{
		Frame: s.Frame(w, r, "employers", "trial.title"),
		Plan:  p,
		Form:  ref.New("trial", paths.Trials.At(id), 0),
		Now:   access.From(r.Context()).Today(),
		Site:  q.Chosen("site"),
		Self:  q.Chosen("trial"),
	}
	page.Frame.Scripts = append(page.Frame.Scripts, web.Asset("law.js"))
	if q.Has("hours") { // what the form's script asks: days and numbers only
		t := typedTerms(q)
		page.Typed = &t
	}
	return s.Page(w, r, core.Status(ref), pages.NewTrialPage(page))
}

func (s Handlers) createTrial(w http.ResponseWriter, r *http.Request) error {
	return s.On(w, r, "enrolment", "trial", s.showNewTrial, func(id uuid.UUID, t core.Typed) (string, string, error) {
		return "trial.proposed", paths.Trial.At(t.ID), s.Placement.Propose(r.Context(), id, t.Form, typedTerms(t))
	})
}

func (s Handlers) showTrial(w http.ResponseWriter, r *http.Request, id uuid.UUID, ref components.Refused) error {
	t, err := s.Placement.Trial(r.Context(), access.TrialView, id)
	if err != nil {
		return err
	}
	v := access.From(r.Context())
	role := v.Actor.Role
	page := pages.Trial{Frame: s.Frame(w, r, "employers", "trial.title"), Trial: t, Now: v.Today(), Role: role,
		Terms: ref.New(
			"terms",
			paths.TrialTerms.At(id),
			t.Version,
		), Answer: ref.New("answer", paths.TrialAnswer.At(id), t.Version), Sign: ref.New(
			"sign", paths.TrialSignatures.At(id), t.Version,
		), Insure: ref.New("insure", paths.TrialInsurance.At(id), t.Version),
		Activate: ref.New(
			"activate",
			paths.TrialActivation.At(id),
			t.Version,
		), End: ref.New("end", paths.TrialEnd.At(id), t.Version), Contact: ref.New("contact", paths.TrialContacts.At(id), t.Version),
		Problem: ref.New(
			"problem-"+id.String(),
			paths.TrialProblems.At(id),
			t.Version,
		), Assess: ref.New("assess", paths.TrialAssessment.At(id), t.Version), Waive: ref.New("waive", paths.TrialWaiver.At(id),
			t.Version), Refused: ref,
		Edit: access.TrialEdit.Allows(role), Log: access.TrialContact.Allows(role), Person: role != access.Coordinator}
	if page.Edit {
		page.Frame.Scripts = append(page.Frame.Scripts, web.Asset("law.js"))
	}
	return s.Page(w, r, core.Status(ref), pages.TrialPage(page))
}

// onTrial does an act on a trial and goes back to its page.
func (s Handlers) onTrial(w http.ResponseWriter, r *http.Request, name, flash string, do func(uuid.UUID, core.Typed) error) error {
	return s.On(w, r, "trial", name, s.showTrial, func(id uuid.UUID, t core.Typed) (string, string, error) {
		return flash, paths.Trial.At(id), do(id, t)
	})
}

// trialOrMine is where an act on a trial leads back to: a participant's own page, or the trial's.
func trialOrMine(r *http.Request, id uuid.UUID) string {
	if access.From(r.Context()).Actor.Role == access.Participant {
		return paths.MyTrials
	}
	return paths.Trial.At(id)
}

func (s Handlers) editTrial(w http.ResponseWriter, r *http.Request) error {
	return s.onTrial(w, r, "terms", "trial.terms_saved", func(id uuid.UUID, t core.Typed) error {
		return s.Placement.Edit(r.Context(), id, t.Form, typedTerms(t))
	})
}
