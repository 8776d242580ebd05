package account

import (
	"context"

	"github.com/google/uuid"
)

// MostDrafts is how many drafts are kept of one person; app.draft_late holds the same bound. The oldest go.
const MostDrafts = 50

// Drafts keep what somebody has typed and not sent (internal/domain.md, ruling 16): each actor's own, by form and by the page it
// stands on. A draft is offered, never done.
type Drafts interface {
	// KeepDraft answers the id it was kept under. A form that was sent already is kept under a fresh one, or, by the
	// script that is late, not at all: then the id is Nil.
	KeepDraft(ctx context.Context, form, resumed uuid.UUID, page string, fields map[string][]string, auto bool) (uuid.UUID, error)
	DropDraft(ctx context.Context, form uuid.UUID) error
	// KeepLate keeps the form that came with an ended session; false when nobody knows any more whose it was.
	KeepLate(ctx context.Context, form uuid.UUID, page string, fields map[string][]string) (bool, error)
}
