package server

import (
	"net/http"
	"strconv"
	"strings"

	"github.com/go-chi/chi/v5"
	"github.com/google/uuid"

	"kuukausi/internal/access"
	"kuukausi/internal/placement"
	"kuukausi/web/components"
	"kuukausi/web/pages"
	"kuukausi/web/paths"
)

func (s *Server) showBalance(w http.ResponseWriter, r *http.Request, id uuid.UUID, ref components.Refused) error {
	p, err := s.Placements.TrialBalance(r.Context(), id)
	if err != nil {
		return err
	}
	v := access.From(r.Context())
	return s.page(w, r, status(ref), pages.BalancePage(pages.Balance{Frame: s.frame(w, r, "participants", "balance.title"), Plan: p, Now: v.Today(), Form: ref.New("evidence", paths.TrialEvidence(id), 0), Refused: ref, Coach: v.Actor.Role != access.Coordinator, Propose: access.TrialNew.Allows(v.Actor.Role)}))
}

func (s *Server) addEvidence(w http.ResponseWriter, r *http.Request) error {
	return s.on(w, r, "enrolment", "evidence", s.showBalance, func(id uuid.UUID, t typed) (string, string, error) {
		f := placement.EvidenceForm{Kind: t.Get("kind"), Organiser: t.Get("organiser"), From: t.date("from"), Until: t.date("until"), UntilGiven: t.given("until"), Source: t.Get("source"), Evidence: t.Get("evidence")}
		return "balance.saved", paths.TrialBalance(id), s.Placements.Note(r.Context(), id, t.Form, f)
	})
}

func (s *Server) dropEvidence(w http.ResponseWriter, r *http.Request) error {
	return s.part(w, r, "evidence", "drop-"+chi.URLParam(r, "evidence"), s.showBalance, func(id uuid.UUID, t typed) (uuid.UUID, string, string, error) {
		of, err := s.Placements.WithdrawEvidence(r.Context(), id, t.Form, t.Get("why"))
		return of, "balance.withdrawn", paths.TrialBalance(of), err
	})
}

func (s *Server) writeDiary(w http.ResponseWriter, r *http.Request) error {
	id, err := pathID(r, "trial")
	if err != nil {
		return err
	}
	return s.made(w, r, "diary-"+id.String(), s.showMyTrials, func(t typed) (string, string, error) {
		d := placement.DiaryDay{Mood: t.Get("mood"), Body: t.Get("diary"), Shared: t.Get("shared") == "yes", Topic: t.Get("topic") == "yes"}
		return "my_trials.diary_saved", paths.MyTrials, s.Placements.WriteDiary(r.Context(), id, t.Form, d)
	})
}

func (s *Server) showMatching(w http.ResponseWriter, r *http.Request, id uuid.UUID, ref components.Refused) error {
	m, err := s.Placements.Matching(r.Context(), id)
	if err != nil {
		return err
	}
	v := access.From(r.Context())
	version := 0
	if m.Profile != nil {
		version = m.Profile.Version
	}
	now, notNow := m.Fits(v.Today())
	return s.page(w, r, status(ref), pages.MatchingPage(pages.Matching{Frame: s.frame(w, r, matchingSection(v.Actor.Role), "matching.title"), Matching: m, Fits: now, NotNow: notNow, Now: v.Today(),
		Form: ref.New("profile", paths.PlacementProfile(id), version), Coach: v.Actor.Role == access.Coach}))
}

// matchingSection is where the reader came from: a coach from a person.
func matchingSection(r access.Role) string {
	if r == access.Coach {
		return "participants"
	}
	return "matching"
}

// profile is a placement profile as it was typed.
func typedProfile(t typed) placement.ProfileForm {
	return placement.ProfileForm{Profile: placement.Profile{Fields: t.Values["fields"], Tasks: t.Get("profile_tasks"), Limits: t.Get("limits"), Municipalities: t.Get("municipalities"), TravelMinutes: t.whole("travel")},
		Approved: t.Get("approved") == "yes", Way: t.Get("way")}
}

func (s *Server) writePlacementProfile(w http.ResponseWriter, r *http.Request) error {
	return s.on(w, r, "enrolment", "profile", s.showMatching, func(id uuid.UUID, t typed) (string, string, error) {
		return "saved", paths.MatchingOf(id), s.Placements.WriteProfile(r.Context(), id, t.Form, typedProfile(t))
	})
}

func (s *Server) board(w http.ResponseWriter, r *http.Request) error {
	all, err := s.Placements.Board(r.Context())
	if err != nil {
		return err
	}
	return s.page(w, r, http.StatusOK, pages.BoardPage(pages.Board{Frame: s.frame(w, r, "matching", "board.title"), People: all, Now: access.From(r.Context()).Today()}))
}

func (s *Server) showMyTrials(w http.ResponseWriter, r *http.Request, ref components.Refused) error {
	m, err := s.Placements.MyTrials(r.Context())
	if err != nil {
		return err
	}
	version := 0
	if m.Profile != nil {
		version = m.Profile.Version
	}
	return s.page(w, r, status(ref), pages.MyTrialsPage(pages.MyTrials{Frame: s.frame(w, r, "my_trials", "my_trials.title"), Mine: m, Now: access.From(r.Context()).Today(), Refused: ref, Profile: ref.New("profile", paths.MyProfile, version)}))
}

func (s *Server) writeMyProfile(w http.ResponseWriter, r *http.Request) error {
	return s.made(w, r, "profile", s.showMyTrials, func(t typed) (string, string, error) {
		return "my_trials.profile_saved", paths.MyTrials, s.Placements.WriteProfile(r.Context(), t.id("enrolment"), t.Form, typedProfile(t))
	})
}

func (s *Server) comment(w http.ResponseWriter, r *http.Request) error {
	id, err := pathID(r, "trial")
	if err != nil {
		return err
	}
	return s.made(w, r, "comment-"+id.String(), s.showMyTrials, func(t typed) (string, string, error) {
		return "saved", paths.MyTrials, s.Placements.Comment(r.Context(), id, t.Form, t.Get("comment"))
	})
}

func (s *Server) showOpenDays(w http.ResponseWriter, r *http.Request, ref components.Refused) error {
	p, err := s.Placements.OpenDays(r.Context())
	if err != nil {
		return err
	}
	return s.page(w, r, status(ref), pages.OpenDaysPage(pages.OpenDays{Frame: s.frame(w, r, "employers", "open_day.title"), Plan: p, Now: access.From(r.Context()).Today(), Form: ref.New("open_day", paths.OpenDays, 0), Refused: ref}))
}

func (s *Server) holdOpenDay(w http.ResponseWriter, r *http.Request) error {
	return s.made(w, r, "open_day", s.showOpenDays, func(t typed) (string, string, error) {
		d := placement.OpenDay{Kind: t.Get("kind"), HeldOn: t.date("held_on"), StartsAt: t.clock("starts_at"), EndsAt: t.clock("ends_at"), Place: t.Get("place"), What: t.Get("what"), Seats: t.whole("seats")}
		if id := t.id("site"); id != uuid.Nil {
			d.SiteID = &id
		}
		if id := t.id("cohort"); id != uuid.Nil {
			d.CohortID = &id
		}
		return "saved", paths.OpenDays, s.Placements.Hold(r.Context(), t.Form, d)
	})
}

// onOpenDay goes back to the page its button stood on: a participant's own, or the list.
func (s *Server) onOpenDay(w http.ResponseWriter, r *http.Request, param, name, flash string, do func(uuid.UUID, typed) error) error {
	id, err := pathID(r, param)
	if err != nil {
		return err
	}
	mine := func() bool { return access.From(r.Context()).Actor.Role == access.Participant }
	show := func(w http.ResponseWriter, r *http.Request, ref components.Refused) error {
		if mine() {
			return s.showMyTrials(w, r, ref)
		}
		return s.showOpenDays(w, r, ref)
	}
	return s.made(w, r, name, show, func(t typed) (string, string, error) {
		if err := do(id, t); err != nil || !mine() {
			return flash, paths.OpenDays, err
		}
		return flash, paths.MyTrials, nil
	})
}

func (s *Server) signUp(w http.ResponseWriter, r *http.Request) error {
	return s.onOpenDay(w, r, "day", "sign_up-"+chi.URLParam(r, "day"), "open_day.signed_up", func(id uuid.UUID, t typed) error {
		return s.Placements.SignOn(r.Context(), id, t.Form, t.id("enrolment"))
	})
}

func (s *Server) signOff(w http.ResponseWriter, r *http.Request) error {
	return s.onOpenDay(w, r, "signup", "sign_off", "saved", func(id uuid.UUID, t typed) error { return s.Placements.SignOff(r.Context(), id, t.Form) })
}

func (s *Server) cancelOpenDay(w http.ResponseWriter, r *http.Request) error {
	return s.onOpenDay(w, r, "day", "cancel", "saved", func(id uuid.UUID, t typed) error { return s.Placements.CallOff(r.Context(), id, t.Form) })
}

// decimal is a typed number with a decimal comma or point, -1 for anything that is none.
func (t typed) decimal(name string) float64 {
	n, err := strconv.ParseFloat(strings.Replace(strings.TrimSpace(t.Get(name)), ",", ".", 1), 64)
	if err != nil || n != n {
		return -1
	}
	return n
}
