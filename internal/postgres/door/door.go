package door

import (
	"context"
	"sync/atomic"
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
	Wait          time.Duration // how long a request waits for a connection; 0 is 3 seconds
	ConnectConfig func(*pgx.ConnConfig)
}

// DB implements the stores of every room over one pool. The pool is reachable from here only.
type DB struct {
	pool *pgxpool.Pool
	cfg  Config
	sick atomic.Int64 // when a write last met a full disk or a read-only database, in Unix seconds; 0 since one went well
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
	if cfg.Wait == 0 {
		cfg.Wait = 3 * time.Second
	}
	pc.MaxConns, pc.MinConns = cfg.Conns, cfg.Conns
	pc.ConnConfig.RuntimeParams["jit"] = "off"
	pc.ConnConfig.RuntimeParams["plan_cache_mode"] = "force_generic_plan"
	// a plan made while a table was small is kept when it is large: every query here has an index that leads to its rows
	pc.ConnConfig.RuntimeParams["enable_seqscan"] = "off"
	// joins run in the order in which a query names its tables: from the one row that is asked for, not from a list that
	// was short when the plan was made
	pc.ConnConfig.RuntimeParams["join_collapse_limit"] = "1"
	pc.ConnConfig.RuntimeParams["timezone"] = "UTC"
	pc.ConnConfig.RuntimeParams["application_name"] = "kuukausi"
	// nothing waits without an end: not for a lock, not for an answer, not in a transaction that was left
	pc.ConnConfig.RuntimeParams["lock_timeout"] = "3s"
	pc.ConnConfig.RuntimeParams["statement_timeout"] = "8s"
	pc.ConnConfig.RuntimeParams["idle_in_transaction_session_timeout"] = "15s"
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

// acquire waits for a connection as long as a reader would: beyond that more waiting only makes more waiting.
func (db *DB) acquire(ctx context.Context) (*pgxpool.Conn, error) {
	wait, cancel := context.WithTimeout(ctx, db.cfg.Wait)
	defer cancel()
	c, err := db.pool.Acquire(wait)
	return c, ToFault(err)
}

// Close ends the pool.
func (db *DB) Close() { db.pool.Close() }

const (
	qEnter = `select org_id, actor_id, name, role, lang, org_name, memberships, handed_review, seen_at, allowed
from app.enter(@token, @roles, @sync, @now, @idle)`
	// A row only in a context, and 'seen' only when the role may and the subject is there; the ids disclosed come from
	// the page's own scope, under its policies.
	qAudit = `insert into app.audit (id, action, subject_id, enrolment_ids, purpose, outcome, request_id)
select
  @id,
  @action,
  @subject,
  coalesce(s.ids, '{}'),
  @purpose,
  case when not current_setting('app.role') = any(@may) then 'refused' when s.found then 'seen' else 'not_found' end,
  @request
from (%s) s
where nullif(current_setting('app.org', true), '') is not null`
	// the last statement before a commit, which may take as long as it takes: nobody could say what a commit that was
	// broken off had done
	qAuditWrite = `insert into app.audit (id, action, subject_id, enrolment_ids, purpose, outcome, request_id)
values (
  @id,
  @action,
  @subject,
  @enrolments,
  @purpose,
  case when app.unhurried() is not null then 'done' end,
  @request)`
	qDeny   = `select app.deny(@token, @id, @action, @subject, @outcome, @request, @now)`
	qForm   = `insert into app.form (id, action, digest) values (@form, @action, @digest)`
	qDrafts = `select d.id, d.fields, d.at
from app.draft d
where d.page = @page and d.at > @now::timestamptz - interval '30 days'
order by d.at desc
limit 5`
	EndDraft = `delete from app.draft where id in (@form, @resumed)`
	// whether the form was done with this content (true) or is another act's or another content's (false), and which cases
	// the actor may only read
	qBefore = `select
  (select f.action = @action and f.digest is not distinct from @digest from app.form f where f.id = @form) done,
  (select coalesce(array_agg(g.enrolment_id), '{}') from app.case_grant g where g.reason = 'break_glass' and ` + Live + `) reading`
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
	List(b, e, qEnter, Args{"token": v.Token, "roles": do.Roles(), "sync": sync, "now": v.Now, "idle": db.cfg.Idle})
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

// rollback ends a transaction a failure left open; otherwise Release would have to destroy the connection.
func rollback(c *pgxpool.Conn) {
	if c.Conn().PgConn().TxStatus() == 'I' || c.Conn().IsClosed() {
		return
	}
	ctx, cancel := context.WithTimeout(context.Background(), 2*time.Second)
	defer cancel()
	_, _ = c.Exec(ctx, "rollback")
}

// NewID makes a UUIDv7: ids sort by age and are made here, never by a sequence.
func NewID() uuid.UUID { return uuid.Must(uuid.NewV7()) }

func NewIDs(n int) []uuid.UUID {
	ids := make([]uuid.UUID, n)
	for i := range ids {
		ids[i] = NewID()
	}
	return ids
}

func OrNull(id uuid.UUID) any {
	if id == uuid.Nil {
		return nil
	}
	return id
}
