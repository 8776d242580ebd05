package door

import (
	"context"
	"errors"
	"slices"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
	"github.com/jackc/pgx/v5/pgxpool"

	"kuukausi/internal/access"
	"kuukausi/internal/fault"
)

// before is what a write has to know of its form and its actor.
type before struct {
	Done    *bool // nil while the form's id is unused
	Reading []uuid.UUID
}

// Change is what a write does once it is decided: the cases it touches and the rows it queues.
type Change struct {
	Enrolments []uuid.UUID
	Queue      func(*pgx.Batch)
}

// Act is a write: its act, subject and form, the locking reads, whether they found the object and in which version,
// and the decision, which returns the change or a refusal.
type Act struct {
	Do      access.Action
	Subject uuid.UUID
	About   uuid.UUID // what a refusal of a creating act is about: the new object's id would say nothing
	Form    access.Form
	Ask     func(*pgx.Batch)
	Found   func() bool
	Version func() int // nil where there is nothing to be stale about
	Decide  func(access.Actor) (Change, error)
}

// Write does an act in TWO flights: begin, enter and the locked state; then, decided in Go, form id, rows, audit row
// and commit. A form that was done before is done again without effect: nil; its id with another content, act or actor is
// stale. ErrOutcome: the connection broke at the commit and the database cannot be asked.
func (db *DB) Write(ctx context.Context, w Act) error {
	v := access.From(ctx)
	c, err := db.acquire(ctx)
	if err != nil {
		return err
	}
	defer func() {
		if c != nil {
			rollback(c)
			c.Release()
		}
	}()
	var e []entry
	var was before
	b := &pgx.Batch{}
	db.open(b, v, w.Do, "on", &e)
	if w.Ask != nil {
		w.Ask(b)
	}
	if w.Form.ID != uuid.Nil {
		One(b, &was, qBefore, w.formArgs())
	}
	if err := c.Conn().SendBatch(ctx, b).Close(); err != nil {
		db.note(err)
		return ToFault(err)
	}
	err = met(v, w.Do, e)
	if err == nil && w.Do.Allows(v.Actor.Role) && was.Done != nil && *was.Done {
		return nil // the first of a double submit did it, whatever is left of its object
	}
	if err == nil && slices.Contains(was.Reading, w.Subject) {
		err = fault.Forbidden{Code: "E_BREAK_GLASS"}
	}
	if err == nil && (w.Found != nil && !w.Found() || v.Actor.Role == access.Handed && v.Actor.HandedReview != w.Subject) {
		err = fault.ErrNotFound
	}
	if err == nil && !w.Do.Allows(v.Actor.Role) {
		err = fault.Forbidden{Code: w.Do.Code}
	}
	if err == nil && (was.Done != nil || w.Version != nil && w.Form.Version != w.Version()) {
		err = fault.ErrStale
	}
	if err == nil && w.Form.Unread != nil {
		err = w.Form.Unread.OrNil()
	}
	var ch Change
	if err == nil {
		ch, err = w.Decide(v.Actor)
	}
	if err == nil && w.Form.Shown {
		err = fault.ErrStale // it was refused before; now that it would be done, somebody has to say so
	}
	if err == nil && slices.ContainsFunc(ch.Enrolments, func(id uuid.UUID) bool { return slices.Contains(was.Reading, id) }) {
		err = fault.Forbidden{Code: "E_BREAK_GLASS"} // whatever a policy would let in: opened for an hour, to be read
	}
	about := w.Subject
	if w.About != uuid.Nil {
		about = w.About
	}
	if err != nil {
		rollback(c)
		db.deny(ctx, c, v, w.Do, about, err)
		return err
	}
	if ch.Enrolments == nil {
		ch.Enrolments = []uuid.UUID{}
	}
	b = &pgx.Batch{}
	if w.Form.ID != uuid.Nil { // saving a draft is no doing of its form
		b.Queue(qForm, w.formArgs())
	}
	if w.Form.Drafted {
		b.Queue(EndDraft, Args{"form": w.Form.ID, "resumed": w.Form.Resumed})
	}
	if ch.Queue != nil {
		ch.Queue(b)
	}
	b.Queue(qAuditWrite, Args{
		"id":         NewID(),
		"action":     w.Do.Name,
		"subject":    OrNull(w.Subject),
		"enrolments": ch.Enrolments,
		"purpose":    w.Do.Purpose,
		"request":    v.RequestID,
	})
	b.Queue("commit")
	// a client that hangs up must not leave the commit's outcome unknown
	last, cancel := context.WithTimeout(context.WithoutCancel(ctx), commitWithin)
	defer cancel()
	err = c.Conn().SendBatch(last, b).Close()
	db.note(err)
	if err == nil {
		return nil
	}
	var pg *pgconn.PgError
	rollback(c)
	switch {
	case errors.As(err, &pg) && pg.Code == "23505" && pg.ConstraintName == "form_pkey":
		err = fault.ErrStale
		if done, asked := db.formDone(last, c, v, w); asked == nil && done {
			return nil // the first of a parallel double submit did it
		}
	case c.Conn().IsClosed():
		c.Release() // whoever waits for a connection must not wait for one that waits for another
		if c, err = db.acquire(last); err != nil {
			c = nil
			return errors.Join(fault.ErrOutcome, err)
		}
		if w.Form.ID == uuid.Nil {
			return fault.ErrOutcome
		}
		done, asked := db.formDone(last, c, v, w)
		switch {
		case asked != nil:
			return errors.Join(fault.ErrOutcome, asked)
		case done:
			return nil // the commit went through, only its answer was lost
		}
		err = fault.ErrUnavailable
	default:
		err = ToFault(err)
	}
	db.deny(last, c, v, w.Do, about, err)
	return err
}

// commitWithin is how long a commit may take: the server waits a little longer when it is told to stop.
const commitWithin = 8 * time.Second

// note remembers that writes fail for want of room or because the database only answers reads, until one goes well.
func (db *DB) note(err error) {
	var pg *pgconn.PgError
	switch {
	case err == nil:
		db.sick.Store(0)
	case errors.As(err, &pg) && (pg.Code[:2] == "53" || pg.Code == "25006"):
		db.sick.Store(time.Now().Unix()) // the machine's clock, not the one that development may turn
	}
}

// formArgs are what tells a form from every other.
func (w Act) formArgs() Args {
	return Args{"form": w.Form.ID, "action": w.Do.Name, "digest": w.Form.Digest}
}

// formDone looks up on a connection whether the form went through with this content. Its id is the first thing an act stores:
// storing it again waits for an act whose connection was lost, as long as the server still works on it, and is taken back.
func (db *DB) formDone(ctx context.Context, c *pgxpool.Conn, v *access.Visit, w Act) (bool, error) {
	defer rollback(c)
	var e []entry
	var was before
	free := false
	b := &pgx.Batch{}
	db.open(b, v, w.Do, "on", &e)
	b.Queue(qForm+" on conflict do nothing", w.formArgs()).Exec(func(t pgconn.CommandTag) error {
		free = t.RowsAffected() > 0
		return nil
	})
	One(b, &was, qBefore, w.formArgs())
	err := c.Conn().SendBatch(ctx, b).Close()
	return !free && was.Done != nil && *was.Done, err
}
