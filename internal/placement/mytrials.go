package placement

import (
	"time"

	"github.com/google/uuid"

	"kuukausi/internal/partner"
)

// MyTrials are a participant's own proposals and trials, their placement profile and the open days they may join.
type MyTrials struct {
	EnrolmentID uuid.UUID // of the open case; Nil without one
	Trials      []MyTrial
	Profile     *partner.Profile
	Days        []partner.OpenDay
}

// MyTrial is one of them. A contact with the site is known to have taken place, nothing more of it (internal/domain.md 36).
type MyTrial struct {
	ID                  uuid.UUID
	State               State
	Flaws               []string // of a draft: what keeps it from becoming an agreement
	Employer, SiteName  string
	StartsOn, EndsOn    time.Time
	AcceptedOn          *time.Time
	LastContact         *time.Time
	Version             int
	Suitability, Skills string
	Comment             string
	Assessed            bool
	AssessmentVersion   int
	Problems            []Problem
	Days                []DiaryDay
	Signed              bool // by the participant, on the present terms
}
