package postgres

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"

	"kuukausi/internal/access"
	"kuukausi/internal/fault"
)

// Config tunes the doors.
type Config struct {
	URL           string
	Conns         int32         // pool size, minimum and maximum; 0 is 8
	AsyncAudit    bool          // READ_AUDIT_SYNC=off: read audit may lose up to 0.6 s in a crash
	Idle          time.Duration // a login session unused for this long has ended; 0 is 30 minutes
	ConnectConfig func(*pgx.ConnConfig)
}

// DB implements the stores of every room over one pool. The pool is reachable from here only.
type DB struct {
	pool *pgxpool.Pool
	cfg  Config
}

// Open connects as the web role. It does not check the role: CheckRole does.
func Open(ctx context.Context, cfg Config) (*DB, error) {
	pc, err := pgxpool.ParseConfig(cfg.URL)
	if err != nil {
		return nil, err
	}
	if cfg.Conns == 0 {
		cfg.Conns = 8
	}
	if cfg.Idle == 0 {
		cfg.Idle = 30 * time.Minute
	}
	pc.MaxConns, pc.MinConns = cfg.Conns, cfg.Conns
	pc.ConnConfig.RuntimeParams["jit"] = "off"
	pc.ConnConfig.RuntimeParams["plan_cache_mode"] = "force_generic_plan"
	// a plan made while a table was small is kept when it is large: every query here has an index that leads to its rows
	pc.ConnConfig.RuntimeParams["enable_seqscan"] = "off"
	pc.ConnConfig.RuntimeParams["timezone"] = "UTC"
	pc.ConnConfig.RuntimeParams["application_name"] = "kuukausi"
	pc.ConnConfig.ConnectTimeout = 5 * time.Second
	if cfg.ConnectConfig != nil {
		cfg.ConnectConfig(pc.ConnConfig)
	}
	pool, err := pgxpool.NewWithConfig(ctx, pc)
	if err != nil {
		return nil, err
	}
	return &DB{pool: pool, cfg: cfg}, nil
}

// Close ends the pool.
func (db *DB) Close() { db.pool.Close() }

const (
	qEnter = `select org_id, actor_id, name, role, lang, org_name, memberships, handed_review, seen_at, allowed
from app.enter(@token, @roles, @sync, @now, @idle)`
	// A row only in a context, and 'seen' only when the role may and the subject is there; the ids disclosed come from
	// the page's own scope, under its policies.
	qAudit = `insert into app.audit (id, action, subject_id, enrolment_ids, purpose, outcome, request_id)
select @id, @action, @subject, coalesce(s.ids, '{}'), @purpose,
       case when not current_setting('app.role') = any(@may) then 'refused' when s.found then 'seen' else 'not_found' end, @request
from (%s) s
where nullif(current_setting('app.org', true), '') is not null`
	qAuditWrite = `insert into app.audit (id, action, subject_id, enrolment_ids, purpose, outcome, request_id)
values (@id, @action, @subject, @enrolments, @purpose, 'done', @request)`
	qDeny     = `select app.deny(@token, @id, @action, @subject, @outcome, @request, @now)`
	qForm     = `insert into app.form (id, action) values (@form, @action)`
	qDrafts   = `select d.id, d.fields, d.at from app.draft d where d.page = @page and d.at > @now::timestamptz - interval '30 days' order by d.at desc limit 5`
	qDraftEnd = `delete from app.draft where id in (@form, @resumed)`
	// whether the form was done, and which cases the actor may only read
	qBefore = `select (select count(*)::int from app.form where id = @form and action = @action) done,
  (select coalesce(array_agg(g.enrolment_id), '{}') from app.case_grant g where g.reason = 'break_glass' and ` + live + `) reading`
)

// entry is what enter found.
type entry struct {
	OrgID, ActorID uuid.UUID
	Name           string
	Role           string
	Lang           string
	OrgName        string
	Memberships    int
	HandedReview   *uuid.UUID
	SeenAt         time.Time
	Allowed        bool
}

// open queues begin and enter. sync is what synchronous_commit is set to.
func (db *DB) open(b *pgx.Batch, v *access.Visit, do access.Action, sync string, e *[]entry) {
	b.Queue("begin")
	list(b, e, qEnter, args{"token": v.Token, "roles": do.Roles(), "sync": sync, "now": v.Now, "idle": db.cfg.Idle})
}

// met puts the actor into the visit, and says whether the act may go on: ErrSignIn, ErrNotFound for a role that is
// not named in it, nil otherwise (the Sees roles are refused by verdict, once it is known whether they see the object).
func met(v *access.Visit, do access.Action, e []entry) error {
	if len(e) == 0 {
		return fault.ErrSignIn
	}
	a := access.Actor{OrgID: e[0].OrgID, ID: e[0].ActorID, Name: e[0].Name, Role: access.Role(e[0].Role), Lang: e[0].Lang,
		OrgName: e[0].OrgName, Memberships: e[0].Memberships, Now: v.Now}
	if e[0].HandedReview != nil {
		a.HandedReview = *e[0].HandedReview
	}
	v.Actor, v.Touch = a, v.Now.Sub(e[0].SeenAt) > time.Minute
	if !e[0].Allowed {
		return fault.ErrNotFound
	}
	return nil
}

// question is a page read: its act, what it is about, whose cases it shows, the queries, and whether they found it.
type question struct {
	do      access.Action
	subject uuid.UUID
	scope   scope
	ask     func(*pgx.Batch)
	found   func() bool
}

// read answers a page in ONE flight: begin, enter, the queries, the audit row, commit. The queries may only queue;
// nothing is rendered before the commit came back. Refusals leave a row of their own.
func (db *DB) read(ctx context.Context, q question) error {
	v := access.From(ctx)
	c, err := db.pool.Acquire(ctx)
	if err != nil {
		return toFault(err)
	}
	defer c.Release()
	defer rollback(c)
	sync := "on"
	if db.cfg.AsyncAudit && q.do.Sensitive {
		sync = "off"
	}
	var e []entry
	b := &pgx.Batch{}
	db.open(b, v, q.do, sync, &e)
	q.ask(b)
	if v.Page != "" {
		list(b, &v.Drafts, qDrafts, args{"page": v.Page, "now": v.Now})
	}
	if q.do.Sensitive {
		if q.scope == "" {
			q.scope = scopeNone
		}
		may := make([]string, 0, len(q.do.May))
		for _, r := range q.do.May {
			may = append(may, string(r))
		}
		b.Queue(fmt.Sprintf(qAudit, string(q.scope)), args{"id": newID(), "action": q.do.Name, "subject": orNull(q.subject), "purpose": q.do.Purpose, "may": may, "request": v.RequestID})
	}
	b.Queue("commit")
	if err := c.Conn().SendBatch(ctx, b).Close(); err != nil {
		return toFault(err)
	}
	err = met(v, q.do, e)
	entered := err == nil
	if err == nil && (q.found != nil && !q.found() || v.Actor.Role == access.Handed && v.Actor.HandedReview != q.subject && q.do.Name != access.HeaderView.Name) {
		err = fault.ErrNotFound
	}
	if err == nil && !q.do.Allows(v.Actor.Role) {
		err = fault.Forbidden{Code: q.do.Code}
	}
	if err != nil && !(entered && q.do.Sensitive) {
		db.deny(ctx, c, v, q.do, q.subject, err)
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
	_, _ = c.Exec(ctx, qDeny, args{"token": v.Token, "id": newID(), "action": do.Name, "subject": orNull(subject), "outcome": outcome, "request": v.RequestID, "now": v.Now})
}

// rollback ends a transaction a failure left open; otherwise Release would have to destroy the connection.
func rollback(c *pgxpool.Conn) {
	if c.Conn().PgConn().TxStatus() == 'I' || c.Conn().IsClosed() {
		return
	}
	ctx, cancel := context.WithTimeout(context.Background(), 2*time.Second)
	defer cancel()
	_, _ = c.Exec(ctx, "rollback")
}

// newID makes a UUIDv7: ids sort by age and are made here, never by a sequence.
func newID() uuid.UUID { return uuid.Must(uuid.NewV7()) }

func newIDs(n int) []uuid.UUID {
	ids := make([]uuid.UUID, n)
	for i := range ids {
		ids[i] = newID()
	}
	return ids
}

func orNull(id uuid.UUID) any {
	if id == uuid.Nil {
		return nil
	}
	return id
}
