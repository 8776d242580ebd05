package participant

import (
	"testing"
	"time"

	"github.com/google/uuid"

	"kuukausi/internal/access"
)

// What counts is the newest answer until a moment; a refusal that follows a consent takes it back.
func TestConsentAtAMoment(t *testing.T) {
	day := func(n int) time.Time { return time.Date(2026, 11, n, 12, 0, 0, 0, time.UTC) }
	c := Consents{Answers: []Consent{ // the newest first
		{Purpose: "photos_stories", At: day(9)},
		{Purpose: "photos_stories", Given: true, At: day(5)},
		{Purpose: "group_board", At: day(3)},
	}}
	if c.On("photos_stories", day(4)) != nil || !c.On("photos_stories", day(5)).Given || c.On("photos_stories", day(9)).Given {
		t.Error("not the answer of the moment")
	}
	if !c.Withdrawn("photos_stories", day(9)) || c.Withdrawn("photos_stories", day(8)) || c.Withdrawn("group_board", day(9)) {
		t.Error("a withdrawal is a refusal after a consent, and nothing else")
	}
}

// The record with the identity code stays; two codes are two people, and a stranger merges nobody.
func TestMergePlan(t *testing.T) {
	known := func(code bool, cohorts ...string) (out Twin) {
		out = Twin{CodeKnown: code, Knows: true}
		for _, c := range cohorts {
			out.Cases = append(out.Cases, TwinCase{Cohort: c, Open: true})
		}
		return out
	}
	for name, c := range map[string]struct {
		page, other Twin
		keepsOther  bool
		ok          bool
	}{
		"no code":          {known(false), known(false), false, true},
		"code here":        {known(true), known(false), false, true},
		"code there":       {known(false), known(true), true, true},
		"two codes":        {known(true), known(true), false, false},
		"one cohort":       {known(false, "Syksy"), known(false, "Syksy"), false, false},
		"two cohorts":      {known(false, "Syksy"), known(false, "Talvi"), false, true},
		"without a cohort": {known(false, ""), known(false, ""), false, true},
		"a stranger":       {known(false), Twin{}, false, false},
	} {
		c.page.Version, c.other.Version = 1, 2
		kept, _, err := Twins{Person: c.page, Other: &c.other}.Plan()
		if (err == nil) != c.ok || err == nil && (kept.Version == 2) != c.keepsOther {
			t.Errorf("%s: kept %d, %v", name, kept.Version, err)
		}
	}
	if _, _, err := (Twins{}).Plan(); err == nil {
		t.Error("merged with nobody")
	}
}

// Only who works with the person, in the role asked, is named in a protection order.
func TestProtectionKnows(t *testing.T) {
	id := uuid.New()
	p := Protection{Colleagues: []Colleague{{ID: id, Role: access.Coach}}}
	if !p.Knows(id, access.Coach) || p.Knows(id, access.Coordinator) || p.Knows(uuid.New(), access.Coach) {
		t.Error("the wrong colleague")
	}
}
