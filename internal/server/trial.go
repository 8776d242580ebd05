package server

import (
	"net/http"
	"strconv"
	"strings"

	"github.com/go-chi/chi/v5"
	"github.com/google/uuid"

	"kuukausi/internal/access"
	"kuukausi/internal/fault"
	"kuukausi/internal/locale"
	"kuukausi/internal/placement"
	"kuukausi/web"
	"kuukausi/web/components"
	"kuukausi/web/pages"
	"kuukausi/web/paths"
)

func typedContact(t typed) placement.Contact {
	return placement.Contact{Kind: t.Get("kind"), About: t.Get("about"), On: t.date("on")}
}

// terms are the typed terms; what is no number stays 0 and breaks its rule.
func typedTerms(t typed) placement.Terms {
	site, person, _ := strings.Cut(t.Get("site"), " ")
	out := placement.Terms{Purpose: t.Get("purpose"), Tasks: t.Get("tasks"), Goals: t.Get("goals"), Payer: t.Get("payer"),
		StartsOn: t.date("starts_on"), EndsOn: t.date("ends_on"), CurrentEmployer: t.Get("current_employer") == "yes"}
	out.SiteID, _ = uuid.Parse(site)
	out.SupervisorID, _ = uuid.Parse(person)
	out.BenefitCheck = t.Get("benefit_check")
	minutes, ok := locale.ParseHours(t.Get("hours"))
	if out.DayMinutes = minutes; !ok {
		out.DayMinutes = -1
	}
	at, known := locale.ParseClock(t.Get("starts_at"))
	if !known {
		at = -1
	}
	out.StartsAt = at
	out.WeekDays, _ = strconv.Atoi(strings.TrimSpace(t.Get("week_days")))
	out.FormerEmployer, out.Continuing, out.Conditions = t.Get("former_employer") == "yes", t.Get("continuing") == "yes", t.Get("conditions")
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

func (s *Server) showNewTrial(w http.ResponseWriter, r *http.Request, id uuid.UUID, ref components.Refused) error {
	p, err := s.Placements.TrialPlan(r.Context(), id)
	if err != nil {
		return err
	}
	q := typed{Values: r.URL.Query()}
	page := pages.NewTrial{Frame: s.frame(w, r, "employers", "trial.title"), Plan: p, Form: ref.New("trial", paths.Trials(id), 0), Now: access.From(r.Context()).Today(), Site: q.id("site"), Self: q.id("trial")}
	page.Frame.Script = web.Asset("law.js")
	if q.Has("hours") { // what the form's script asks: days and numbers only
		t := typedTerms(q)
		page.Typed = &t
	}
	return s.page(w, r, status(ref), pages.NewTrialPage(page))
}

func (s *Server) createTrial(w http.ResponseWriter, r *http.Request) error {
	return s.on(w, r, "enrolment", "trial", s.showNewTrial, func(id uuid.UUID, t typed) (string, string, error) {
		return "trial.proposed", paths.Trial(t.ID), s.Placements.Propose(r.Context(), id, t.Form, typedTerms(t))
	})
}

func (s *Server) showTrial(w http.ResponseWriter, r *http.Request, id uuid.UUID, ref components.Refused) error {
	t, err := s.Placements.Trial(r.Context(), id)
	if err != nil {
		return err
	}
	v := access.From(r.Context())
	role := v.Actor.Role
	page := pages.Trial{Frame: s.frame(w, r, "employers", "trial.title"), Trial: t, Now: v.Today(), Role: role,
		Terms: ref.New("terms", paths.TrialTerms(id), t.Version), Answer: ref.New("answer", paths.TrialAnswer(id), t.Version), Sign: ref.New("sign", paths.TrialSignatures(id), t.Version), Insure: ref.New("insure", paths.TrialInsurance(id), t.Version),
		Activate: ref.New("activate", paths.TrialActivation(id), t.Version), End: ref.New("end", paths.TrialEnd(id), t.Version), Contact: ref.New("contact", paths.TrialContacts(id), t.Version),
		Problem: ref.New("problem-"+id.String(), paths.TrialProblems(id), t.Version), Assess: ref.New("assess", paths.TrialAssessment(id), t.Version), Waive: ref.New("waive", paths.TrialWaiver(id), t.Version), Refused: ref,
		Edit: access.TrialEdit.Allows(role), Log: access.TrialContact.Allows(role), Person: role != access.Coordinator}
	if page.Edit {
		page.Frame.Script = web.Asset("law.js")
	}
	return s.page(w, r, status(ref), pages.TrialPage(page))
}

// onTrial does an act on a trial and goes back to its page.
func (s *Server) onTrial(w http.ResponseWriter, r *http.Request, name, flash string, do func(uuid.UUID, typed) error) error {
	return s.on(w, r, "trial", name, s.showTrial, func(id uuid.UUID, t typed) (string, string, error) {
		return flash, paths.Trial(id), do(id, t)
	})
}

// trialOrMine is where an act on a trial leads back to: a participant's own page, or the trial's.
func trialOrMine(r *http.Request, id uuid.UUID) string {
	if access.From(r.Context()).Actor.Role == access.Participant {
		return paths.MyTrials
	}
	return paths.Trial(id)
}

func (s *Server) showTrialOrMine(w http.ResponseWriter, r *http.Request, id uuid.UUID, ref components.Refused) error {
	if access.From(r.Context()).Actor.Role == access.Participant {
		return s.showMyTrials(w, r, ref)
	}
	return s.showTrial(w, r, id, ref)
}

func (s *Server) answerTrial(w http.ResponseWriter, r *http.Request) error {
	return s.on(w, r, "trial", "answer", s.showTrialOrMine, func(id uuid.UUID, t typed) (string, string, error) {
		err := s.Placements.Answer(r.Context(), id, t.Form, t.Get("answer"), t.Get("way"))
		return "trial.answered", trialOrMine(r, id), err
	})
}

func (s *Server) showAgreement(w http.ResponseWriter, r *http.Request, id uuid.UUID, _ components.Refused) error {
	t, err := s.Placements.Agreement(r.Context(), id)
	if err != nil {
		return err
	}
	section := "employers"
	if access.From(r.Context()).Actor.Role == access.Participant {
		section = "my_trials"
	}
	return s.page(w, r, http.StatusOK, pages.AgreementPage(pages.Agreement{Frame: s.frame(w, r, section, "trial.agreement"), Trial: t, Mine: section == "my_trials"}))
}

// showEndDate is the page of a new last day: typed, it shows everything that moves with it before it is confirmed.
func (s *Server) showEndDate(w http.ResponseWriter, r *http.Request, id uuid.UUID, ref components.Refused) error {
	typedIn := typed{Values: r.URL.Query()}
	if r.Method == http.MethodPost {
		typedIn = typed{Values: r.PostForm}
	}
	to, continuing := typedIn.date("ends_on"), typedIn.Get("continuing") == "yes"
	t, err := s.Placements.TrialForEnd(r.Context(), id, to)
	if err != nil {
		return err
	}
	v := access.From(r.Context())
	page := pages.EndDate{Frame: s.frame(w, r, "employers", "end_date.title"), Trial: t, Now: v.Today(), Form: ref.New("end_date", paths.TrialEndDate(id), t.Version+len(t.EndChanges)), To: typedIn.Get("ends_on"), Continuing: continuing}
	if typedIn.given("ends_on") {
		m, err := t.MoveEnd(to, continuing, v.Today())
		if err == nil {
			page.Move = &m
		} else if p, ok := err.(fault.Invalid); ok && len(ref.Problems) == 0 && !ref.Stale {
			ref = components.Refused{Name: "end_date", ID: page.Form.ID, Values: typedIn.Values, Problems: p}
			page.Form = ref.New("end_date", paths.TrialEndDate(id), t.Version+len(t.EndChanges))
		}
	}
	return s.page(w, r, status(ref), pages.EndDatePage(page))
}

func (s *Server) changeEndDate(w http.ResponseWriter, r *http.Request) error {
	return s.on(w, r, "trial", "end_date", s.showEndDate, func(id uuid.UUID, t typed) (string, string, error) {
		f := placement.NewEndForm{EndsOn: t.date("ends_on"), AgreedOn: t.date("agreed_on"), Signed: t.Get("signed") == "yes"}
		return "end_date.saved", paths.Trial(id), s.Placements.ChangeEnd(r.Context(), id, t.Form, f, t.Get("continuing") == "yes")
	})
}

func (s *Server) reportProblem(w http.ResponseWriter, r *http.Request) error {
	return s.on(w, r, "trial", "problem-"+chi.URLParam(r, "trial"), s.showTrialOrMine, func(id uuid.UUID, t typed) (string, string, error) {
		err := s.Placements.Report(r.Context(), id, t.Form, placement.ProblemForm{Category: t.Get("category"), Body: t.Get("problem"), ToldBy: t.Get("told_by")})
		return "problem_report.saved", trialOrMine(r, id), err
	})
}

func (s *Server) actOnProblem(w http.ResponseWriter, r *http.Request) error {
	// several of these forms stand on a page: each has a name of its own
	return s.part(w, r, "problem", "act-"+chi.URLParam(r, "problem"), s.showTrial, func(id uuid.UUID, t typed) (uuid.UUID, string, string, error) {
		of, err := s.Placements.Act(r.Context(), id, t.Form, t.Get("acted"))
		return of, "saved", paths.Trial(of), err
	})
}

func (s *Server) assess(w http.ResponseWriter, r *http.Request) error {
	return s.onTrial(w, r, "assess", "assessment.saved", func(id uuid.UUID, t typed) error {
		return s.Placements.Assess(r.Context(), id, t.Form, placement.Assessment{Suitability: t.Get("suitability"), Skills: t.Get("skills"), GivenBy: t.Get("given_by"), GivenOn: t.date("given_on"), How: t.Get("how")})
	})
}

func (s *Server) waive(w http.ResponseWriter, r *http.Request) error {
	return s.onTrial(w, r, "waive", "saved", func(id uuid.UUID, t typed) error {
		return s.Placements.Waive(r.Context(), id, t.Form, t.Get("grounds"))
	})
}

func (s *Server) editTrial(w http.ResponseWriter, r *http.Request) error {
	return s.onTrial(w, r, "terms", "trial.terms_saved", func(id uuid.UUID, t typed) error {
		return s.Placements.Edit(r.Context(), id, t.Form, typedTerms(t))
	})
}

func (s *Server) signTrial(w http.ResponseWriter, r *http.Request) error {
	return s.on(w, r, "trial", "sign", s.showTrialOrMine, func(id uuid.UUID, t typed) (string, string, error) {
		err := s.Placements.Sign(r.Context(), id, t.Form, t.Get("party"), t.date("signed_on"))
		return "trial.sign_saved", trialOrMine(r, id), err
	})
}

func (s *Server) insureTrial(w http.ResponseWriter, r *http.Request) error {
	return s.onTrial(w, r, "insure", "saved", func(id uuid.UUID, t typed) error {
		return s.Placements.Insure(r.Context(), id, t.Form, t.date("insurance_on"))
	})
}

func (s *Server) activateTrial(w http.ResponseWriter, r *http.Request) error {
	return s.onTrial(w, r, "activate", "trial.activated", func(id uuid.UUID, t typed) error {
		return s.Placements.Activate(r.Context(), id, t.Form)
	})
}

func (s *Server) addTrialContact(w http.ResponseWriter, r *http.Request) error {
	return s.onTrial(w, r, "contact", "contacts.saved", func(id uuid.UUID, t typed) error {
		return s.Placements.LogTrialContact(r.Context(), id, t.id("checkin"), t.Form, typedContact(t))
	})
}

func (s *Server) endTrial(w http.ResponseWriter, r *http.Request) error {
	return s.onTrial(w, r, "end", "saved", func(id uuid.UUID, t typed) error {
		return s.Placements.End(r.Context(), id, t.Form, placement.EndForm{Reason: t.Get("reason"), TerminatedBy: t.Get("terminated_by"), NoticeOn: t.date("notice_on"), Hired: t.Get("hired")})
	})
}
