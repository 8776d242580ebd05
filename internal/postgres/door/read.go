package door

import (
	"context"
	"errors"
	"fmt"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"

	"kuukausi/internal/access"
	"kuukausi/internal/fault"
)

// Question is a page read: its act, what it is about, whose cases it shows, the queries, and whether they found it.
type Question struct {
	Do      access.Action
	Subject uuid.UUID
	Scope   scope
	Ask     func(*pgx.Batch)
	Found   func() bool
}

// Read answers a page in ONE flight: begin, enter, the queries, the audit row, commit. The queries may only queue;
// nothing is rendered before the commit came back. Refusals leave a row of their own.
func (db *DB) Read(ctx context.Context, q Question) error {
	v := access.From(ctx)
	c, err := db.acquire(ctx)
	if err != nil {
		return err
	}
	defer c.Release()
	defer rollback(c)
	sync := "on"
	if db.cfg.AsyncAudit && q.Do.Sensitive {
		sync = "off"
	}
	var e []entry
	b := &pgx.Batch{}
	db.open(b, v, q.Do, sync, &e)
	q.Ask(b)
	if v.Page != "" {
		List(b, &v.Drafts, qDrafts, Args{"page": v.Page, "now": v.Now})
	}
	if q.Do.Sensitive {
		if q.Scope == "" {
			q.Scope = scopeNone
		}
		may := make([]string, 0, len(q.Do.May))
		for _, r := range q.Do.May {
			may = append(may, string(r))
		}
		b.Queue(
			fmt.Sprintf(qAudit, string(q.Scope)),
			Args{"id": NewID(), "action": q.Do.Name, "subject": OrNull(q.Subject), "purpose": q.Do.Purpose, "may": may, "request": v.RequestID},
		)
	}
	b.Queue("commit")
	if err := c.Conn().SendBatch(ctx, b).Close(); err != nil {
		return ToFault(err)
	}
	err = met(v, q.Do, e)
	entered := err == nil
	if err == nil &&
		(q.Found != nil && !q.Found() || v.Actor.Role == access.Handed && v.Actor.HandedReview != q.Subject &&
			q.Do.Name != access.HeaderView.Name) {
		err = fault.ErrNotFound
	}
	if err == nil && !q.Do.Allows(v.Actor.Role) {
		err = fault.Forbidden{Code: q.Do.Code}
	}
	if err != nil && !(entered && q.Do.Sensitive) {
		db.deny(ctx, c, v, q.Do, q.Subject, err)
	}
	return err
}

// deny leaves the row of a refused act, in a transaction of its own. A row that cannot be written is an error in the
// log of the caller's request, not a second failure for the user: nothing was disclosed or done.
func (db *DB) deny(ctx context.Context, c *pgxpool.Conn, v *access.Visit, do access.Action, subject uuid.UUID, why error) {
	outcome := "refused"
	var inv fault.Invalid
	switch {
	case v.Token == nil || errors.Is(why, fault.ErrSignIn):
		return
	case errors.Is(why, fault.ErrNotFound):
		outcome = "not_found"
	case errors.Is(why, fault.ErrStale):
		outcome = "stale"
	case errors.As(why, &inv):
		outcome = "invalid"
	}
	if c.Conn().IsClosed() {
		return
	}
	_, _ = c.Exec(ctx, qDeny, Args{
		"token":   v.Token,
		"id":      NewID(),
		"action":  do.Name,
		"subject": OrNull(subject),
		"outcome": outcome,
		"request": v.RequestID,
		"now":     v.Now,
	})
}
