package programme

import (
	"net/http"
	"strconv"
	"strings"

	"github.com/google/uuid"

	"kuukausi/internal/fault"
	"kuukausi/internal/locale"
	"kuukausi/internal/programme"
	"kuukausi/internal/server/core"
	"kuukausi/web/components"
	pages "kuukausi/web/pages/programme"
	"kuukausi/web/paths"
)

func (s Handlers) models(w http.ResponseWriter, r *http.Request) error {
	all, err := s.Programme.Versions(r.Context())
	if err != nil {
		return err
	}
	return s.Page(w, r, http.StatusOK, pages.ModelsPage(pages.Models{Frame: s.Frame(w, r, "models", "nav.models"), Versions: all}))
}

func (s Handlers) showModel(w http.ResponseWriter, r *http.Request, id uuid.UUID, ref components.Refused) error {
	x, err := s.Programme.Version(r.Context(), id)
	if err != nil {
		return err
	}
	return s.Page(w, r, core.Status(ref), pages.ModelPage(pages.Model{Frame: s.Frame(w, r, "models", "nav.models"), Version: x,
		Copy: ref.New(
			"copy",
			paths.ModelCopy.At(id),
			0,
		), Publish: ref.New("publish", paths.ModelPublish.At(id), x.Edition), Drop: ref.New("drop", paths.ModelDrop.At(id), x.Edition)}))
}

func (s Handlers) showNewModel(w http.ResponseWriter, r *http.Request, ref components.Refused) error {
	if err := s.Programme.NewModelPage(r.Context()); err != nil {
		return err
	}
	return s.Page(w, r, core.Status(ref), pages.NewModelPage(pages.NewModel{
		Frame: s.Frame(w, r, "models", "model.new"), Form: ref.New("model", paths.Models, 0),
	}))
}

func (s Handlers) createModel(w http.ResponseWriter, r *http.Request) error {
	return s.Made(w, r, "model", s.showNewModel, func(t core.Typed) (string, string, error) {
		f := programme.NewForm{
			Code: t.Get("code"), Name: typedText(t, "name"), InCohort: t.Get("in_cohort") == "cohort", Chosen: t.Given("in_cohort"),
		}
		return "model.made", paths.ModelFacts.At(t.ID), s.Programme.New(r.Context(), t.Form, f)
	})
}

func (s Handlers) copyModel(w http.ResponseWriter, r *http.Request) error {
	return s.On(w, r, "version", "copy", s.showModel, func(id uuid.UUID, t core.Typed) (string, string, error) {
		return "model.copied", paths.Model.At(t.ID), s.Programme.Copy(r.Context(), id, t.Form)
	})
}

func (s Handlers) publishModel(w http.ResponseWriter, r *http.Request) error {
	return s.On(w, r, "version", "publish", s.showModel, func(id uuid.UUID, t core.Typed) (string, string, error) {
		return "model.was_published", paths.Model.At(id), s.Programme.Publish(r.Context(), id, t.Form)
	})
}

func (s Handlers) dropModel(w http.ResponseWriter, r *http.Request) error {
	return s.On(w, r, "version", "drop", s.showModel, func(id uuid.UUID, t core.Typed) (string, string, error) {
		return "model.dropped", paths.Models, s.Programme.Drop(r.Context(), id, t.Form)
	})
}

// edition brings a draft's form for one part of it.
func (s Handlers) edition(
	w http.ResponseWriter,
	r *http.Request,
	id uuid.UUID,
	name, action string,
	ref components.Refused,
) (pages.ModelEdit, error) {
	x, err := s.Programme.Version(r.Context(), id)
	return pages.ModelEdit{Frame: s.Frame(w, r, "models", "nav.models"), Version: x, Form: ref.New(name, action, x.Edition)}, err
}

func (s Handlers) showModelFacts(w http.ResponseWriter, r *http.Request, id uuid.UUID, ref components.Refused) error {
	v, err := s.edition(w, r, id, "facts", paths.ModelFacts.At(id), ref)
	if err != nil {
		return err
	}
	return s.Page(w, r, core.Status(ref), pages.ModelFactsPage(v))
}

// typedText is a line typed in every language, typedTexts a text of several lines.
func typedText(t core.Typed, name string) programme.Text { return inEvery(t.Get, name) }

func typedTexts(t core.Typed, name string) programme.Text { return inEvery(t.Lines, name) }

func inEvery(get func(string) string, name string) programme.Text {
	out := programme.Text{}
	for _, l := range locale.Langs {
		out[l] = get(name + "." + l)
	}
	return out
}

func (s Handlers) editModelFacts(w http.ResponseWriter, r *http.Request) error {
	return s.On(w, r, "version", "facts", s.showModelFacts, func(id uuid.UUID, t core.Typed) (string, string, error) {
		f := programme.FactsForm{
			Name:         typedText(t, "name"),
			CoachingKind: t.Get("coaching_kind"),
			Weeks:        t.Number("weeks"),
			SizeMin:      t.Number("size_min"),
			SizeMax:      t.Number("size_max"),
			Parties:      t.Values["parties"],
			Outcomes:     t.Values["outcomes"],
			Contacts:     map[string]programme.ContactDay{},
			Shape: programme.Shape{
				DaysAWeek:      t.Whole("days_a_week"),
				QuietDays:      t.Whole("quiet_days"),
				DutyDays:       t.Whole("duty_days"),
				FollowUpMonths: t.Whole("follow_up_months"),
				Headings:       t.Values["headings"],
				Required:       t.Values["required"],
				Trial: programme.TrialShape{
					StartsAt: t.Clock("trial_starts_at"), DayMinutes: t.Hours("trial_hours"), WeekDays: t.Whole("trial_week_days"),
				},
			},
		}
		for _, code := range programme.ContactCodes {
			if typed := t.Get("contact." + code); typed != "" {
				day, err := strconv.Atoi(strings.Replace(typed, "−", "-", 1))
				f.Contacts[code] = programme.ContactDay{Planned: true, Number: err == nil, Day: day}
			}
		}
		return "saved", paths.Model.At(id), s.Programme.EditFacts(r.Context(), id, t.Form, f)
	})
}

func (s Handlers) showModelWeek(w http.ResponseWriter, r *http.Request, id uuid.UUID, ref components.Refused) error {
	week, err := core.PathWeek(r)
	if err != nil {
		return err
	}
	v, err := s.edition(w, r, id, "week", paths.ModelWeek.At(id, week), ref)
	if err != nil {
		return err
	}
	if v.Week = week; week > len(v.Version.Model.Themes) {
		return fault.ErrNotFound
	}
	return s.Page(w, r, core.Status(ref), pages.ModelWeekPage(v))
}

func (s Handlers) editModelWeek(w http.ResponseWriter, r *http.Request) error {
	week, err := core.PathWeek(r)
	if err != nil {
		return err
	}
	return s.On(w, r, "version", "week", s.showModelWeek, func(id uuid.UUID, t core.Typed) (string, string, error) {
		f := programme.WeekForm{Theme: typedText(t, "theme")}
		for day := 1; day <= programme.MaxDaysAWeek; day++ {
			for half := 1; half <= 2; half++ {
				at := strconv.Itoa(day) + "." + strconv.Itoa(half)
				f.Slots = append(f.Slots, programme.Slot{
					Day:    day,
					Half:   half,
					Kind:   t.Get("kind." + at),
					Starts: t.Clock("starts." + at),
					Ends:   t.Clock("ends." + at),
					Text:   typedText(t, "text."+at),
				})
			}
		}
		return "saved", paths.Model.At(id), s.Programme.EditWeek(r.Context(), id, t.Form, week, f)
	})
}

func (s Handlers) showModelPre(w http.ResponseWriter, r *http.Request, id uuid.UUID, ref components.Refused) error {
	v, err := s.edition(w, r, id, "tasks", paths.ModelPre.At(id), ref)
	if err != nil {
		return err
	}
	return s.Page(w, r, core.Status(ref), pages.ModelPrePage(v))
}

func (s Handlers) editModelPre(w http.ResponseWriter, r *http.Request) error {
	return s.On(w, r, "version", "tasks", s.showModelPre, func(id uuid.UUID, t core.Typed) (string, string, error) {
		var tasks []programme.PreAssignment
		for i := 1; i <= programme.MaxPreAssignments; i++ {
			n := strconv.Itoa(i)
			tasks = append(tasks, programme.PreAssignment{Title: typedText(t, "title."+n), Body: typedTexts(t, "body."+n)})
		}
		return "saved", paths.Model.At(id), s.Programme.EditPreAssignments(r.Context(), id, t.Form, tasks)
	})
}
