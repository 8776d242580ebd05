package substitute

import (
	"context"
	"strings"
	"time"

	"github.com/google/uuid"

	"kuukausi/internal/access"
	"kuukausi/internal/casework"
	"kuukausi/internal/cohort"
	"kuukausi/internal/fault"
	"kuukausi/internal/schedule"
)

// Briefing is the substitute's page: what must be known today.
type Briefing struct {
	Head       casework.Group
	Meetings   []schedule.Meeting // today's half-days
	Rows       []BriefingRow
	Colleagues []access.Colleague // coaches who can be named
	Duties     []DatedDuty
	Absences   []Absence
}

// Absence is when a coach of the cohort is away; days, both included.
type Absence struct {
	ID          uuid.UUID
	From, Until time.Time
	By          string
	Version     int
	Covered     bool // a substitute or a pair coach has the duty on every one of its days to come
}

// BriefingRow is a person as somebody new to the group needs to know them.
type BriefingRow struct {
	EnrolmentID         uuid.UUID
	FirstName, LastName string
	Phone               string
	NoPhone             bool
	Strengths           string
	Mark                string // of today's newest half-day with the group
	Site, SitePerson    string
	SiteDraft           bool
	SitePhone           string
	Promises            []casework.Promise
}

// DatedDuty is a duty with its days.
type DatedDuty struct {
	ID          uuid.UUID
	Kind        cohort.DutyKind
	Name        string
	From, Until time.Time
	Own         bool // the reader's
}

// MayName tells whether the reader names substitutes: who has the coach's or the coordinator's duty today, not a
// substitute.
func (b Briefing) MayName(now time.Time) bool {
	for _, d := range b.Duties {
		if d.Own && d.Kind != cohort.Substitute && !d.From.After(now) && d.Until.After(now) {
			return true
		}
	}
	return false
}

// SubstituteForm names a colleague for some days, unchecked.
type SubstituteForm struct {
	Member      uuid.UUID
	From, Until time.Time // days, both included
	Reason      string
}

// NewDuty is a substitute's duty to be stored; it ends when Until comes.
type NewDuty struct {
	Member      uuid.UUID
	From, Until time.Time
	Reason      string
}

// Substitutes is the page on which a substitute is named, for who may name one (E_SUBSTITUTE).
func (s Service) Substitutes(ctx context.Context, group uuid.UUID) (Briefing, error) {
	b, err := s.store.SubstitutePlan(ctx, group)
	if err == nil && !b.MayName(access.From(ctx).Now) {
		err = fault.Forbidden{Code: "E_SUBSTITUTE"}
	}
	return b, err
}

// SubstituteDays is how long a substitute may have a cohort, today included; app.name_substitute holds the same bound.
const SubstituteDays = 90

// NameSubstitute gives a colleague the cohort for some days, at most SubstituteDays from today. Only who has the coach's duty, or the
// coordinator of the cohort, names one, and never themself.
func (s Service) NameSubstitute(ctx context.Context, group uuid.UUID, form access.Form, f SubstituteForm) error {
	return s.store.AddSubstitute(ctx, group, form, func(a access.Actor, b Briefing) (NewDuty, error) {
		if !b.MayName(a.Now) {
			return NewDuty{}, fault.Forbidden{Code: "E_SUBSTITUTE"}
		}
		var v fault.Invalid
		n := NewDuty{
			Member: f.Member,
			Reason: strings.TrimSpace(f.Reason),
			From:   access.Start(f.From),
			Until:  access.Start(f.Until.AddDate(0, 0, 1)),
		}
		known := false
		for _, c := range b.Colleagues {
			known = known || c.ID == f.Member && c.ID != a.ID
		}
		if !known {
			v.Add("member", "E_CHOICE")
		}
		switch {
		case f.From.IsZero():
			v.Add("from", "E_DATE")
		case f.From.Before(a.Today()):
			v.Add("from", "E_PAST")
		}
		switch {
		case f.Until.IsZero():
			v.Add("until", "E_DATE")
		case f.Until.Before(f.From):
			v.Add("until", "E_DATE_ORDER")
		case f.Until.After(a.Today().AddDate(0, 0, SubstituteDays-1)):
			v.Add("until", "E_TOO_LONG_DUTY", "N", SubstituteDays)
		}
		if n.From.Before(a.Now) {
			n.From = a.Now
		}
		v.Limit("reason", n.Reason, 200)
		return n, v.OrNil()
	})
}

// StopSubstitute ends a substitute's duty before its day, or takes it back before it began: who may name one may end one
// (E_SUBSTITUTE). One that has ended is stale.
func (s Service) StopSubstitute(ctx context.Context, duty uuid.UUID, form access.Form) (cohort uuid.UUID, err error) {
	return s.store.EndSubstitute(ctx, duty, form, func(a access.Actor, b Briefing) error {
		if !b.MayName(a.Now) {
			return fault.Forbidden{Code: "E_SUBSTITUTE"}
		}
		for _, d := range b.Duties { // those that have ended are not among them
			if d.ID == duty {
				return nil
			}
		}
		return fault.ErrStale
	})
}

// NoteAbsence notes that a coach of the cohort is away, told by themself or by telephone. Until a substitute is named,
// coach and coordinator are reminded; from nine on the day itself the coordinator is told (internal/domain.md 12).
func (s Service) NoteAbsence(ctx context.Context, group uuid.UUID, form access.Form, from, until time.Time) error {
	return s.store.AddAbsence(ctx, group, form, from, until, func(a access.Actor, b Briefing) error {
		if !b.MayName(a.Now) {
			return fault.Forbidden{Code: "E_SUBSTITUTE"}
		}
		var v fault.Invalid
		switch {
		case from.IsZero():
			v.Add("from", "E_DATE")
		case from.Before(a.Today()):
			v.Add("from", "E_PAST")
		}
		switch {
		case until.IsZero():
			v.Add("until", "E_DATE")
		case until.Before(from):
			v.Add("until", "E_DATE_ORDER")
		case until.After(a.Today().AddDate(1, 0, 0)):
			v.Add("until", "E_ABSENCE_LONG")
		}
		return v.OrNil()
	})
}
