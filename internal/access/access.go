// Package access says who acts, what acts there are, and which role may do which.
package access

import (
	"context"
	"kuukausi/internal/fault"
	"time"

	"github.com/google/uuid"
)

// Role is what a membership is in its organisation (internal/domain.md, ruling 2).
type Role string

// The roles. Handed is a coach's session whose device is in the participant's hands for one review.
const (
	Coach       Role = "coach"
	Coordinator Role = "coordinator"
	Expert      Role = "expert"
	Participant Role = "participant"
	Admin       Role = "admin"
	Handed      Role = "handed"
)

// Action is one named act. A role outside May is answered 404, unless it stands in Sees: then the object is looked
// for, and the answer is 403 with Code when the actor sees it.
type Action struct {
	Name      string
	May, Sees []Role
	Code      string
	// Sensitive reads leave an audit row (internal/domain.md 93). Every write does.
	Sensitive bool
	Write     bool
	Purpose   string
}

// Roles are all roles that get a row-level context for this act.
func (a Action) Roles() []string {
	var r []string
	for _, x := range a.May {
		r = append(r, string(x))
	}
	for _, x := range a.Sees {
		r = append(r, string(x))
	}
	return r
}

// Allows tells whether the role may do this.
func (a Action) Allows(r Role) bool {
	for _, x := range a.May {
		if x == r {
			return true
		}
	}
	return false
}

// Actor is the signed-in membership as the database knows it.
type Actor struct {
	OrgID, ID    uuid.UUID
	Name         string
	Role         Role
	Lang         string
	OrgName      string
	Memberships  int
	HandedReview uuid.UUID
	Now          time.Time
}

// Known tells whether someone is signed in.
func (a Actor) Known() bool { return a.ID != uuid.Nil }

// Visit is one request: what it came with, and who it turned out to be once a door has been passed.
type Visit struct {
	Token     []byte // SHA-256 of the session token; nil when there is none
	RequestID string
	Now       time.Time
	Actor     Actor
	// Touch is set when the session was last seen more than a minute ago.
	Touch bool
	// Page is set by a page with forms that are kept as drafts; the door then brings the actor's drafts of it, newest first.
	Page   string
	Drafts []Draft
}

// Draft is a form somebody has typed and not sent (internal/domain.md, ruling 16). Its id is the form's.
type Draft struct {
	ID     uuid.UUID
	Fields map[string][]string
	At     time.Time
}

type visitKey struct{}

// With puts the visit into the context.
func With(ctx context.Context, v *Visit) context.Context {
	return context.WithValue(ctx, visitKey{}, v)
}

// From returns the visit of this request. A context without one is a programming error: it gets an empty visit,
// which no door lets in.
func From(ctx context.Context) *Visit {
	if v, ok := ctx.Value(visitKey{}).(*Visit); ok {
		return v
	}
	return &Visit{}
}

// Form is what every form carries: an id that can be used once, and the version of what it changes.
type Form struct {
	ID      uuid.UUID
	Version int
	Drafted bool           // a draft of it may be kept: it goes when the act is done
	Resumed uuid.UUID      // the draft it was taken up from, which goes with it
	Digest  []byte         // of what was typed: the same id with other content is no double submit (internal/domain.md, ruling 39)
	Unread  *fault.Invalid // what could not be read in its fields: refused before any rule sees it
	Shown   bool           // sent only to be shown in another language: it is refused again, or not done
}
