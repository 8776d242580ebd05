package partner

import (
	"net/http"

	"github.com/google/uuid"

	"kuukausi/internal/access"
	"kuukausi/internal/server/core"
	"kuukausi/web/components"
	pages "kuukausi/web/pages/partner"
	"kuukausi/web/paths"
)

func (s Handlers) showMatching(w http.ResponseWriter, r *http.Request, id uuid.UUID, ref components.Refused) error {
	m, err := s.Partner.Matching(r.Context(), id)
	if err != nil {
		return err
	}
	v := access.From(r.Context())
	version := 0
	if m.Profile != nil {
		version = m.Profile.Version
	}
	now, notNow := m.Fits(v.Today())
	return s.Page(w, r, core.Status(ref), pages.MatchingPage(pages.Matching{
		Frame:    s.Frame(w, r, matchingSection(v.Actor.Role), "matching.title"),
		Matching: m,
		Fits:     now,
		NotNow:   notNow,
		Now:      v.Today(),
		Form:     ref.New("profile", paths.PlacementProfile.At(id), version),
		Coach:    v.Actor.Role == access.Coach,
	}))
}

// matchingSection is where the reader came from: a coach from a person.
func matchingSection(r access.Role) string {
	if r == access.Coach {
		return "participants"
	}
	return "matching"
}

func (s Handlers) board(w http.ResponseWriter, r *http.Request) error {
	all, err := s.Partner.Board(r.Context())
	if err != nil {
		return err
	}
	return s.Page(
		w,
		r,
		http.StatusOK,
		pages.BoardPage(pages.Board{Frame: s.Frame(w, r, "matching", "board.title"), People: all, Now: access.From(r.Context()).Today()}),
	)
}
