package partner

import (
	"context"
	"slices"
	"strings"
	"time"

	"github.com/google/uuid"

	"kuukausi/internal/access"
	"kuukausi/internal/fault"
)

// Profile is what a person may be matched by: fields, tasks, limits in functional words, and how far they travel. A
// coordinator reads it only once the person approved it for this (internal/domain.md, ruling 4).
type Profile struct {
	Fields         []string
	Tasks, Limits  string
	Municipalities string // besides their own, separated by commas
	TravelMinutes  int
	ApprovedOn     *time.Time
	ApprovedHow    string
	Version        int
}

// ProfileForm is a profile as it was typed; Approved tells that the person approved it, and Way how.
type ProfileForm struct {
	Profile
	Approved bool
	Way      string
}

// WriteProfile stores a profile, by a coach or as a participant's own act; another text needs another approval. A participant who
// sends it approves it.
func (s Service) WriteProfile(ctx context.Context, do access.Action, enrolment uuid.UUID, form access.Form, f ProfileForm) error {
	return s.store.StoreProfile(ctx, do, enrolment, form, func(a access.Actor, open bool) (Profile, error) {
		var v fault.Invalid
		p := f.Profile
		p.Tasks, p.Limits, p.Municipalities = strings.TrimSpace(p.Tasks), strings.TrimSpace(p.Limits), strings.TrimSpace(p.Municipalities)
		p.Fields = slices.DeleteFunc(slices.Clone(Fields), func(x string) bool { return !slices.Contains(f.Fields, x) })
		if len(p.Fields) == 0 {
			v.Add("fields", "E_REQUIRED")
		}
		v.Limit("profile_tasks", p.Tasks, 1000)
		v.Limit("limits", p.Limits, 1000)
		v.Limit("municipalities", p.Municipalities, 1000)
		if p.TravelMinutes < 0 || p.TravelMinutes > 300 {
			v.Add("travel", "E_RANGE", "Min", 0, "Max", 300)
		}
		if !open {
			v.Add("", "E_CASE_CLOSED")
		}
		p.ApprovedOn, p.ApprovedHow = nil, ""
		switch today := a.Today(); {
		case a.Role == access.Participant:
			p.ApprovedOn, p.ApprovedHow = &today, "self"
		case f.Approved && !slices.Contains(Ways, f.Way):
			v.Add("way", "E_CHOICE")
		case f.Approved:
			p.ApprovedOn, p.ApprovedHow = &today, f.Way
		}
		return p, v.OrNil()
	})
}

// Ways are how a person's word reached us.
var Ways = []string{"present", "phone", "paper"}
