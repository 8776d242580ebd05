package cohort

import (
	"net/http"

	"github.com/google/uuid"

	"kuukausi/internal/server/core"
	"kuukausi/web/components"
	pages "kuukausi/web/pages/cohort"
	"kuukausi/web/paths"
)

func (s Handlers) showInquiry(w http.ResponseWriter, r *http.Request, id uuid.UUID, ref components.Refused) error {
	q, err := s.Cohort.Inquiry(r.Context(), id)
	if err != nil {
		return err
	}
	return s.Page(w, r, core.Status(ref), pages.InquiryPage(pages.Inquiry{
		Frame:   s.Frame(w, r, "participants", "inquiry.title"),
		Inquiry: q,
		Form:    ref.New("inquiry", paths.Inquiry.At(id), 0),
	}))
}

func (s Handlers) answerInquiry(w http.ResponseWriter, r *http.Request) error {
	return s.On(w, r, "enrolment", "inquiry", s.showInquiry, func(id uuid.UUID, t core.Typed) (string, string, error) {
		return "saved", paths.Inquiry.At(id), s.Cohort.Answer(r.Context(), id, t.Form, t.Get("answer"), t.Lines("grounds"))
	})
}
