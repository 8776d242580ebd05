package server

import (
	"net/http"
	"strconv"
	"strings"

	"github.com/go-chi/chi/v5"
	"github.com/google/uuid"

	"kuukausi/internal/fault"
	"kuukausi/internal/locale"
	"kuukausi/internal/programme"
	"kuukausi/web/components"
	"kuukausi/web/pages"
	"kuukausi/web/paths"
)

func (s *Server) models(w http.ResponseWriter, r *http.Request) error {
	all, err := s.Programmes.Versions(r.Context())
	if err != nil {
		return err
	}
	return s.page(w, r, http.StatusOK, pages.ModelsPage(pages.Models{Frame: s.frame(w, r, "models", "nav.models"), Versions: all}))
}

func (s *Server) showModel(w http.ResponseWriter, r *http.Request, id uuid.UUID, ref components.Refused) error {
	x, err := s.Programmes.Version(r.Context(), id)
	if err != nil {
		return err
	}
	return s.page(w, r, status(ref), pages.ModelPage(pages.Model{Frame: s.frame(w, r, "models", "nav.models"), Version: x,
		Copy: ref.New("copy", paths.ModelCopy(id), 0), Publish: ref.New("publish", paths.ModelPublish(id), x.Edition), Drop: ref.New("drop", paths.ModelDrop(id), x.Edition)}))
}

func (s *Server) copyModel(w http.ResponseWriter, r *http.Request) error {
	return s.on(w, r, "version", "copy", s.showModel, func(id uuid.UUID, t typed) (string, string, error) {
		return "model.copied", paths.Model(t.ID), s.Programmes.Copy(r.Context(), id, t.Form)
	})
}

func (s *Server) publishModel(w http.ResponseWriter, r *http.Request) error {
	return s.on(w, r, "version", "publish", s.showModel, func(id uuid.UUID, t typed) (string, string, error) {
		return "model.was_published", paths.Model(id), s.Programmes.Publish(r.Context(), id, t.Form)
	})
}

func (s *Server) dropModel(w http.ResponseWriter, r *http.Request) error {
	return s.on(w, r, "version", "drop", s.showModel, func(id uuid.UUID, t typed) (string, string, error) {
		return "model.dropped", paths.Models, s.Programmes.Drop(r.Context(), id, t.Form)
	})
}

// edition brings a draft's form for one part of it.
func (s *Server) edition(w http.ResponseWriter, r *http.Request, id uuid.UUID, name, action string, ref components.Refused) (pages.ModelEdit, error) {
	x, err := s.Programmes.Version(r.Context(), id)
	return pages.ModelEdit{Frame: s.frame(w, r, "models", "nav.models"), Version: x, Form: ref.New(name, action, x.Edition)}, err
}

func (s *Server) showModelFacts(w http.ResponseWriter, r *http.Request, id uuid.UUID, ref components.Refused) error {
	v, err := s.edition(w, r, id, "facts", paths.ModelFacts(id), ref)
	if err != nil {
		return err
	}
	return s.page(w, r, status(ref), pages.ModelFactsPage(v))
}

// text is a text typed in every language.
func typedText(t typed, name string) programme.Text {
	out := programme.Text{}
	for _, l := range locale.Langs {
		out[l] = t.Get(name + "." + l)
	}
	return out
}

func (s *Server) editModelFacts(w http.ResponseWriter, r *http.Request) error {
	return s.on(w, r, "version", "facts", s.showModelFacts, func(id uuid.UUID, t typed) (string, string, error) {
		f := programme.FactsForm{Name: typedText(t, "name"), CoachingKind: t.Get("coaching_kind"), Weeks: t.number("weeks"), SizeMin: t.number("size_min"), SizeMax: t.number("size_max"),
			Parties: t.Values["parties"], Outcomes: t.Values["outcomes"], Contacts: map[string]programme.ContactDay{}}
		for _, code := range programme.ContactCodes {
			if typed := strings.TrimSpace(t.Get("contact." + code)); typed != "" {
				day, err := strconv.Atoi(strings.Replace(typed, "−", "-", 1))
				f.Contacts[code] = programme.ContactDay{Planned: true, Number: err == nil, Day: day}
			}
		}
		return "saved", paths.Model(id), s.Programmes.EditFacts(r.Context(), id, t.Form, f)
	})
}

// pathWeek is a week of the URL in its one form; the page knows which weeks there are.
func pathWeek(r *http.Request) (int, error) {
	n, err := strconv.Atoi(chi.URLParam(r, "week"))
	if err != nil || n < 1 || strconv.Itoa(n) != chi.URLParam(r, "week") {
		return 0, fault.ErrNotFound
	}
	return n, nil
}

func (s *Server) showModelWeek(w http.ResponseWriter, r *http.Request, id uuid.UUID, ref components.Refused) error {
	week, err := pathWeek(r)
	if err != nil {
		return err
	}
	v, err := s.edition(w, r, id, "week", paths.ModelWeek(id, week), ref)
	if err != nil {
		return err
	}
	if v.Week = week; week > len(v.Version.Model.Themes) {
		return fault.ErrNotFound
	}
	return s.page(w, r, status(ref), pages.ModelWeekPage(v))
}

func (s *Server) editModelWeek(w http.ResponseWriter, r *http.Request) error {
	week, err := pathWeek(r)
	if err != nil {
		return err
	}
	return s.on(w, r, "version", "week", s.showModelWeek, func(id uuid.UUID, t typed) (string, string, error) {
		f := programme.WeekForm{Theme: typedText(t, "theme")}
		for day := 1; day <= 5; day++ {
			for half := 1; half <= 2; half++ {
				at := strconv.Itoa(day) + "." + strconv.Itoa(half)
				f.Slots = append(f.Slots, programme.Slot{Day: (week-1)*5 + day, Half: half, Kind: t.Get("kind." + at), Starts: t.clock("starts." + at), Ends: t.clock("ends." + at), Text: typedText(t, "text."+at)})
			}
		}
		return "saved", paths.Model(id), s.Programmes.EditWeek(r.Context(), id, t.Form, week, f)
	})
}

func (s *Server) showModelPre(w http.ResponseWriter, r *http.Request, id uuid.UUID, ref components.Refused) error {
	v, err := s.edition(w, r, id, "tasks", paths.ModelPre(id), ref)
	if err != nil {
		return err
	}
	return s.page(w, r, status(ref), pages.ModelPrePage(v))
}

// maxTasks is how many pre-assignments a form may carry.
const maxTasks = 9

func (s *Server) editModelPre(w http.ResponseWriter, r *http.Request) error {
	return s.on(w, r, "version", "tasks", s.showModelPre, func(id uuid.UUID, t typed) (string, string, error) {
		var tasks []programme.PreAssignment
		for i := 1; i <= maxTasks; i++ {
			n := strconv.Itoa(i)
			tasks = append(tasks, programme.PreAssignment{Title: typedText(t, "title."+n), Body: typedText(t, "body."+n)})
		}
		return "saved", paths.Model(id), s.Programmes.EditPreAssignments(r.Context(), id, t.Form, tasks)
	})
}
