package placement

import (
	"net/http"

	"github.com/google/uuid"

	"kuukausi/internal/access"
	"kuukausi/internal/fault"
	"kuukausi/internal/placement"
	"kuukausi/internal/server/core"
	"kuukausi/web/components"
	pages "kuukausi/web/pages/placement"
	"kuukausi/web/paths"
)

// showEndDate is the page of a new last day: typed, it shows everything that moves with it before it is confirmed.
func (s Handlers) showEndDate(w http.ResponseWriter, r *http.Request, id uuid.UUID, ref components.Refused) error {
	typedIn := core.Typed{Values: r.URL.Query()}
	if r.Method == http.MethodPost {
		typedIn = core.Typed{Values: r.PostForm}
	}
	to, continuing := typedIn.Date("ends_on"), typedIn.Get("continuing") == "yes"
	t, err := s.Placement.TrialForEnd(r.Context(), id, to)
	if err != nil {
		return err
	}
	v := access.From(r.Context())
	page := pages.EndDate{
		Frame:      s.Frame(w, r, "employers", "end_date.title"),
		Trial:      t,
		Now:        v.Today(),
		Form:       ref.New("end_date", paths.TrialEndDate.At(id), t.Version+len(t.EndChanges)),
		To:         typedIn.Get("ends_on"),
		Continuing: continuing,
	}
	if typedIn.Given("ends_on") {
		m, err := t.MoveEnd(to, continuing, v.Today())
		if err == nil {
			page.Move = &m
		} else if p, ok := err.(fault.Invalid); ok && len(ref.Problems) == 0 && !ref.Stale {
			ref = components.Refused{Name: "end_date", ID: page.Form.ID, Values: typedIn.Values, Problems: p}
			page.Form = ref.New("end_date", paths.TrialEndDate.At(id), t.Version+len(t.EndChanges))
		}
	}
	return s.Page(w, r, core.Status(ref), pages.EndDatePage(page))
}

func (s Handlers) changeEndDate(w http.ResponseWriter, r *http.Request) error {
	return s.On(w, r, "trial", "end_date", s.showEndDate, func(id uuid.UUID, t core.Typed) (string, string, error) {
		f := placement.NewEndForm{EndsOn: t.Date("ends_on"), AgreedOn: t.Date("agreed_on"), Signed: t.Get("signed") == "yes"}
		return "end_date.saved", paths.Trial.At(id), s.Placement.ChangeEnd(r.Context(), id, t.Form, f, t.Get("continuing") == "yes")
	})
}
