package review

import (
	"net/http"
	"slices"
	"strings"
	"time"

	"github.com/google/uuid"

	"kuukausi/internal/access"
	"kuukausi/internal/review"
	"kuukausi/internal/server/core"
	"kuukausi/web/components"
	pages "kuukausi/web/pages/review"
	"kuukausi/web/paths"
)

func (s Handlers) showDecision(w http.ResponseWriter, r *http.Request, id uuid.UUID, ref components.Refused) error {
	x, err := s.Review.Review(r.Context(), access.DecisionView, id)
	if err != nil {
		return err
	}
	return s.Page(
		w,
		r,
		core.Status(ref),
		pages.DecisionPage(pages.Decision{Frame: s.Frame(w, r, "reviews", "decision.title"), Review: x, Now: access.From(r.Context()).Today(),
			Form: ref.New("decision", paths.Decision.At(id), x.Version), Refused: ref}),
	)
}

func (s Handlers) decide(w http.ResponseWriter, r *http.Request) error {
	id, err := core.PathID(r, "review")
	if err != nil {
		return err
	}
	t, err := s.Form(w, r)
	if err != nil {
		return err
	}
	f := review.DecisionForm{
		Kinds:     t.Values["kind"],
		StartsOn:  map[string]time.Time{},
		EndsOn:    map[string]time.Time{},
		DecidedOn: t.Date("decided_on"),
		Grounds:   t.Lines("grounds"),
		Reference: t.Get("reference"),
	}
	for _, k := range review.DecisionKinds {
		if !slices.Contains(f.Kinds, k) {
			f.Unticked = f.Unticked || strings.TrimSpace(t.Get("starts_on."+k)+t.Get("ends_on."+k)) != ""
			continue
		}
		for field, into := range map[string]map[string]time.Time{"starts_on." + k: f.StartsOn, "ends_on." + k: f.EndsOn} {
			if text := t.Get(field); text != "" {
				if d := t.Date(field); d.IsZero() {
					f.BadDates = append(f.BadDates, field)
				} else {
					into[k] = d
				}
			}
		}
	}
	if err := s.Review.Record(r.Context(), id, t.Form, f); err != nil {
		return core.Again(err, "decision", t, func(ref components.Refused) error { return s.showDecision(w, r, id, ref) })
	}
	return s.Done(w, r, "decision.saved", paths.Review.At(id))
}

func (s Handlers) withdrawDecision(w http.ResponseWriter, r *http.Request) error {
	id, err := core.PathID(r, "review")
	if err != nil {
		return err
	}
	t, err := s.Form(w, r)
	if err != nil {
		return err
	}
	decision := t.Chosen("decision")
	if err := s.Review.Withdraw(r.Context(), id, t.Form, decision, t.Lines("grounds")); err != nil {
		return core.Again(err, "withdraw-"+decision.String(), t, func(ref components.Refused) error { return s.showDecision(w, r, id, ref) })
	}
	return s.Done(w, r, "decision.withdrawn", paths.Decision.At(id))
}
