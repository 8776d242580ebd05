package recruitment

import (
	"net/http"

	"github.com/google/uuid"

	"kuukausi/internal/access"
	"kuukausi/internal/server/core"
	"kuukausi/web/components"
	pages "kuukausi/web/pages/recruitment"
	"kuukausi/web/paths"
)

func (s Handlers) showWaiting(w http.ResponseWriter, r *http.Request, id uuid.UUID, ref components.Refused) error {
	x, err := s.Recruitment.Waiting(r.Context(), id)
	if err != nil {
		return err
	}
	v := access.From(r.Context())
	page := pages.Waiting{
		Frame:   s.Frame(w, r, "cohorts", "waiting.title"),
		Waiting: x,
		Now:     v.Today(),
		Next:    x.Next(v.Today()),
		Open:    v.Actor.Role == access.Coach,
	}
	version := 0
	for _, p := range x.People {
		if p.ID == page.Next {
			version = p.Version
		}
	}
	page.Offer = ref.New("offer", paths.Offer.At(page.Next), version)
	return s.Page(w, r, core.Status(ref), pages.WaitingPage(page))
}

func (s Handlers) offerPlace(w http.ResponseWriter, r *http.Request) error {
	return s.Part(w, r, "enrolment", "offer", s.showWaiting, func(id uuid.UUID, t core.Typed) (uuid.UUID, string, string, error) {
		in, err := s.Recruitment.Offer(r.Context(), id, t.Form, t.Date("answer_by"))
		return in, "waiting.offered", paths.Choice.At(id), err
	})
}

// infoSection is where the reader came from: an expert has no cohorts.
func infoSection(r *http.Request) string {
	if access.From(r.Context()).Actor.Role == access.Expert {
		return "participants"
	}
	return "cohorts"
}
