package postgres

import (
	"context"
	"errors"
	"slices"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"

	"kuukausi/internal/access"
	"kuukausi/internal/fault"
)

// before is what a write has to know of its form and its actor.
type before struct {
	Done    int
	Reading []uuid.UUID
}

// change is what a write does once it is decided: the cases it touches and the rows it queues.
type change struct {
	enrolments []uuid.UUID
	queue      func(*pgx.Batch)
}

// act is a write: its act, subject and form, the locking reads, whether they found the object and in which version,
// and the decision, which returns the change or a refusal.
type act struct {
	do      access.Action
	subject uuid.UUID
	about   uuid.UUID // what a refusal of a creating act is about: the new object's id would say nothing
	form    access.Form
	ask     func(*pgx.Batch)
	found   func() bool
	version func() int // nil where there is nothing to be stale about
	decide  func(access.Actor) (change, error)
}

// write does an act in TWO flights: begin, enter and the locked state; then, decided in Go, form id, rows, audit row
// and commit. A form that was done before is done again without effect: nil.
func (db *DB) write(ctx context.Context, w act) error {
	v := access.From(ctx)
	c, err := db.pool.Acquire(ctx)
	if err != nil {
		return toFault(err)
	}
	defer c.Release()
	defer rollback(c)
	var e []entry
	var was before
	b := &pgx.Batch{}
	db.open(b, v, w.do, "on", &e)
	if w.ask != nil {
		w.ask(b)
	}
	if w.form.ID != uuid.Nil {
		one(b, &was, qBefore, args{"form": w.form.ID, "action": w.do.Name})
	}
	if err := c.Conn().SendBatch(ctx, b).Close(); err != nil {
		return toFault(err)
	}
	err = met(v, w.do, e)
	if err == nil && w.do.Allows(v.Actor.Role) && was.Done > 0 {
		return nil // the first of a double submit did it, whatever is left of its object
	}
	if err == nil && slices.Contains(was.Reading, w.subject) {
		err = fault.Forbidden{Code: "E_BREAK_GLASS"}
	}
	if err == nil && (w.found != nil && !w.found() || v.Actor.Role == access.Handed && v.Actor.HandedReview != w.subject) {
		err = fault.ErrNotFound
	}
	if err == nil && !w.do.Allows(v.Actor.Role) {
		err = fault.Forbidden{Code: w.do.Code}
	}
	if err == nil && w.version != nil && w.form.Version != w.version() {
		err = fault.ErrStale
	}
	var ch change
	if err == nil {
		ch, err = w.decide(v.Actor)
	}
	if err == nil && slices.ContainsFunc(ch.enrolments, func(id uuid.UUID) bool { return slices.Contains(was.Reading, id) }) {
		err = fault.Forbidden{Code: "E_BREAK_GLASS"} // whatever a policy would let in: opened for an hour, to be read
	}
	about := w.subject
	if w.about != uuid.Nil {
		about = w.about
	}
	if err != nil {
		rollback(c)
		db.deny(ctx, c, v, w.do, about, err)
		return err
	}
	if ch.enrolments == nil {
		ch.enrolments = []uuid.UUID{}
	}
	b = &pgx.Batch{}
	if w.form.ID != uuid.Nil { // saving a draft is no doing of its form
		b.Queue(qForm, args{"form": w.form.ID, "action": w.do.Name})
	}
	if w.form.Drafted {
		b.Queue(qDraftEnd, args{"form": w.form.ID, "resumed": w.form.Resumed})
	}
	if ch.queue != nil {
		ch.queue(b)
	}
	b.Queue(qAuditWrite, args{"id": newID(), "action": w.do.Name, "subject": orNull(w.subject), "enrolments": ch.enrolments, "purpose": w.do.Purpose, "request": v.RequestID})
	b.Queue("commit")
	// a client that hangs up must not leave the commit's outcome unknown
	last, cancel := context.WithTimeout(context.WithoutCancel(ctx), 10*time.Second)
	defer cancel()
	err = c.Conn().SendBatch(last, b).Close()
	var pg *pgconn.PgError
	if errors.As(err, &pg) && pg.Code == "23505" && pg.ConstraintName == "form_pkey" {
		return nil // the first of a parallel double submit did it
	}
	if err != nil {
		err = toFault(err)
		rollback(c)
		if c.Conn().IsClosed() && db.formDone(last, v, w) {
			return nil // the commit went through, only its answer was lost
		}
		db.deny(last, c, v, w.do, about, err)
	}
	return err
}

// formDone looks up, on another connection, whether the form went through.
func (db *DB) formDone(ctx context.Context, v *access.Visit, w act) bool {
	c, err := db.pool.Acquire(ctx)
	if err != nil {
		return false
	}
	defer c.Release()
	defer rollback(c)
	var e []entry
	var was before
	b := &pgx.Batch{}
	db.open(b, v, w.do, "on", &e)
	one(b, &was, qBefore, args{"form": w.form.ID, "action": w.do.Name})
	b.Queue("commit")
	return c.Conn().SendBatch(ctx, b).Close() == nil && was.Done > 0
}
