package participant

import (
	"net/http"

	"github.com/google/uuid"

	"kuukausi/internal/access"
	"kuukausi/internal/participant"
	"kuukausi/internal/server/core"
	"kuukausi/web/components"
	pages "kuukausi/web/pages/participant"
	"kuukausi/web/paths"
)

func (s Handlers) showProtection(w http.ResponseWriter, r *http.Request, id uuid.UUID, ref components.Refused) error {
	p, err := s.Participant.Protection(r.Context(), id)
	if err != nil {
		return err
	}
	a := access.From(r.Context()).Actor
	return s.Page(w, r, core.Status(ref), pages.ProtectionPage(
		pages.Protection{Frame: s.Frame(w, r, "participants", "protection.title"), Protection: p, Me: a.ID, Coach: a.Role == access.Coach,
			Set: ref.New(
				"protect",
				paths.Protection.At(id),
				p.Version,
			), Contact: ref.New("contact", paths.ProtectionContact.At(id), p.Version), Lift: ref.New(
				"lift", paths.ProtectionLift.At(id), p.Version,
			)},
	))
}

// protect goes on to the person's page, or to the list when the actor has named another coach and no longer knows them.
func (s Handlers) protect(w http.ResponseWriter, r *http.Request) error {
	return s.On(w, r, "enrolment", "protect", s.showProtection, func(id uuid.UUID, t core.Typed) (string, string, error) {
		coach := t.Chosen("coach")
		err := s.Participant.Protect(r.Context(), id, t.Form, coach, t.Chosen("coordinator"))
		if err == nil && access.From(r.Context()).Actor.ID != coach {
			return "protection.set", paths.Participants, nil
		}
		return "protection.set", paths.Protection.At(id), err
	})
}

func (s Handlers) editContact(w http.ResponseWriter, r *http.Request) error {
	return s.On(w, r, "enrolment", "contact", s.showProtection, func(id uuid.UUID, t core.Typed) (string, string, error) {
		c := participant.Contact{Phone: t.Get("phone"), Email: t.Get("email"), Municipality: t.Get("municipality"), Address: t.Get("address")}
		return "saved", paths.Protection.At(id), s.Participant.EditContact(r.Context(), id, t.Form, c)
	})
}

func (s Handlers) liftProtection(w http.ResponseWriter, r *http.Request) error {
	return s.On(w, r, "enrolment", "lift", s.showProtection, func(id uuid.UUID, t core.Typed) (string, string, error) {
		return "protection.lifted", paths.Enrolment.At(id), s.Participant.Lift(r.Context(), id, t.Form)
	})
}
