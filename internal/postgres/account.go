package postgres

import (
	"context"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"kuukausi/internal/access"
	"kuukausi/internal/account"
	"kuukausi/internal/fault"
)

var (
	_ account.Sessions = (*DB)(nil)
	_ account.Store    = (*DB)(nil)
)

// door calls one of the sign-in functions: they are the only statements that run without a door of their own, because
// there is no actor yet. Each is one statement, and reaches accounts and sessions only.
func door[T any](ctx context.Context, db *DB, sql string, a args) ([]T, error) {
	rows, err := db.pool.Query(ctx, sql, a)
	if err != nil {
		return nil, toFault(err)
	}
	out, err := pgx.CollectRows(rows, pgx.RowToStructByPos[T])
	return out, toFault(err)
}

type answer struct{ OK bool }

func yes(out []answer, err error) (bool, error) { return len(out) > 0 && out[0].OK, err }

// SignIns are the newest hundred events of the actor's own login under this membership.
func (db *DB) SignIns(ctx context.Context) ([]account.SignIn, error) {
	var out []account.SignIn
	err := db.read(ctx, question{do: access.SignInList, ask: func(b *pgx.Batch) {
		list(b, &out, `select action, outcome, at from app.audit where actor_id = (select nullif(current_setting('app.actor', true), '')::uuid) and action in ('login_start', 'login_end') order by at desc, id desc limit 100`, nil)
	}})
	return out, err
}

// LoginAttempt counts a try and returns what it is to be checked against.
func (db *DB) LoginAttempt(ctx context.Context, email string, accountKey, addressKey []byte) (account.Attempt, error) {
	out, err := door[account.Attempt](ctx, db, `select account_id, password_hash, wait_seconds from app.login_attempt(@email, @account, @address, @now)`,
		args{"email": email, "account": accountKey, "address": addressKey, "now": access.From(ctx).Now})
	if err != nil || len(out) == 0 {
		return account.Attempt{}, err
	}
	return out[0], nil
}

// LoginStart starts a session; false when the account has no live membership.
func (db *DB) LoginStart(ctx context.Context, id uuid.UUID, accountKey, addressKey, token []byte, until time.Time) (bool, error) {
	v := access.From(ctx)
	return yes(door[answer](ctx, db, `select app.login_start(@account, @key, @address, @token, @id, @request, @now, @until)`,
		args{"account": id, "key": accountKey, "address": addressKey, "token": token, "id": newID(), "request": v.RequestID, "now": v.Now, "until": until}))
}

// ThrottleUndo forgets a try whose password was right.
func (db *DB) ThrottleUndo(ctx context.Context, accountKey, addressKey []byte) error {
	_, err := db.pool.Exec(ctx, `select app.throttle_undo(@account, @address)`, args{"account": accountKey, "address": addressKey})
	return toFault(err)
}

// LoginRefused leaves the row of a wrong password.
func (db *DB) LoginRefused(ctx context.Context, id uuid.UUID) error {
	v := access.From(ctx)
	_, err := db.pool.Exec(ctx, `select app.login_refused(@account, @id, @request, @now)`, args{"account": id, "id": newID(), "request": v.RequestID, "now": v.Now})
	return toFault(err)
}

// LoginEnd ends the session of this visit.
func (db *DB) LoginEnd(ctx context.Context) error {
	v := access.From(ctx)
	_, err := db.pool.Exec(ctx, `select app.login_end(@token, @id, @request, @now)`, args{"token": v.Token, "id": newID(), "request": v.RequestID, "now": v.Now})
	return toFault(err)
}

// LoginChoices are the memberships this login can switch between.
func (db *DB) LoginChoices(ctx context.Context) ([]account.Choice, error) {
	v := access.From(ctx)
	return door[account.Choice](ctx, db, `select id, role, org_name, active from app.login_choices(@token, @now)`, args{"token": v.Token, "now": v.Now})
}

// LoginSwitch moves the session to another membership under a fresh token.
func (db *DB) LoginSwitch(ctx context.Context, fresh []byte, membership uuid.UUID) (bool, error) {
	v := access.From(ctx)
	return yes(door[answer](ctx, db, `select app.login_switch(@token, @fresh, @membership, @id, @request, @now)`,
		args{"token": v.Token, "fresh": fresh, "membership": membership, "id": newID(), "request": v.RequestID, "now": v.Now}))
}

// LoginLanguage sets the account's language.
func (db *DB) LoginLanguage(ctx context.Context, lang string) error {
	_, err := db.pool.Exec(ctx, `select app.login_language(@token, @lang)`, args{"token": access.From(ctx).Token, "lang": lang})
	return toFault(err)
}

// LoginSecret is the account of this visit, to check a password typed again. ErrSignIn when the session has ended.
func (db *DB) LoginSecret(ctx context.Context) (account.Secret, error) {
	v := access.From(ctx)
	out, err := door[account.Secret](ctx, db, `select account_id, email, password_hash, handed_review from app.login_secret(@token, @now)`, args{"token": v.Token, "now": v.Now})
	if err != nil || len(out) == 0 {
		if err == nil {
			err = fault.ErrSignIn
		}
		return account.Secret{}, err
	}
	return out[0], nil
}

// LoginHand hands the session over for a review, or takes it back with uuid.Nil.
func (db *DB) LoginHand(ctx context.Context, fresh []byte, review uuid.UUID) (bool, error) {
	v := access.From(ctx)
	return yes(door[answer](ctx, db, `select app.login_hand(@token, @fresh, @review, @id, @request, @now)`,
		args{"token": v.Token, "fresh": fresh, "review": orNull(review), "id": newID(), "request": v.RequestID, "now": v.Now}))
}

// Touch notes that the session is in use, in a statement of its own, at most once a minute.
func (db *DB) Touch(ctx context.Context) error {
	v := access.From(ctx)
	_, err := db.pool.Exec(ctx, `select app.touch(@token, @now)`, args{"token": v.Token, "now": v.Now})
	return toFault(err)
}

// Invitation looks a one-time link up; ErrNotFound when it is used, old or unknown.
func (db *DB) Invitation(ctx context.Context, token []byte) (account.Invitation, error) {
	out, err := door[account.Invitation](ctx, db, `select org_name, email, name, role, password_hash from app.invitation_look(@token, @now)`, args{"token": token, "now": access.From(ctx).Now})
	if err != nil || len(out) == 0 {
		if err == nil {
			err = fault.ErrNotFound
		}
		return account.Invitation{}, err
	}
	return out[0], nil
}

// AcceptInvitation uses the link up; false when someone was faster.
func (db *DB) AcceptInvitation(ctx context.Context, token []byte, id, membership uuid.UUID, passwordHash, lang string) (bool, error) {
	v := access.From(ctx)
	return yes(door[answer](ctx, db, `select app.invitation_accept(@token, @account, @membership, @password, @lang, @id, @request, @now)`,
		args{"token": token, "account": id, "membership": membership, "password": passwordHash, "lang": lang, "id": newID(), "request": v.RequestID, "now": v.Now}))
}

const qMembers = `select m.id, m.name, m.email, m.role, m.employment_area, m.version, m.disabled_at,
  ((select count(*) from app.cohort_duty d where d.org_id = m.org_id and d.user_id = m.id and d.valid_until > (select nullif(current_setting('app.now', true), '')::timestamptz))
  + (select count(*) from app.enrolment_party p where p.org_id = m.org_id and p.user_id = m.id and p.valid_until > (select nullif(current_setting('app.now', true), '')::timestamptz))
  + app.protections_of(m.id))::int duties
from app.membership m
where m.role <> 'participant' %s
order by m.disabled_at is not null, m.name collate "fi-x-icu", m.role
limit 500`

// Members is the administrator's page. Counting duties needs the context, so the settings are read as they are.
func (db *DB) Members(ctx context.Context) (account.Members, error) {
	var out account.Members
	var opened []int
	err := db.read(ctx, question{do: access.MemberList, ask: func(b *pgx.Batch) {
		list(b, &out.Members, sqlf(qMembers, ""), nil)
		list(b, &out.Pending, `select i.email, i.name, i.role, i.expires_at
from app.invitation i
where i.used_at is null and i.expires_at > (select nullif(current_setting('app.now', true), '')::timestamptz)
order by i.created_at desc
limit 100`, nil)
		values(b, &opened, q(`select count(*)::int from app.break_glass g where g.seen_at is null
union all
select count(*)::int from (select distinct on (l.key) l.checked_on from (select v.key, v.valid_from, v.checked_on, 1 own from app.law_value v union all select o.key, o.valid_from, o.checked_on, 2 from app.law_override o) l
  where l.valid_from <= {today} order by l.key, l.valid_from desc, l.own desc) x where x.checked_on < {today} - interval '12 months'`), nil)
	}})
	if len(opened) > 1 {
		out.Opened, out.LawOld = opened[0], opened[1]
	}
	out.Me = access.From(ctx).Actor.ID
	return out, err
}

// Invite stores an invitation; its id is the form's.
func (db *DB) Invite(ctx context.Context, form access.Form, linkHash []byte, decide func(access.Actor, account.Members) (account.Invited, error)) error {
	var ms account.Members
	return db.write(ctx, act{do: access.MemberInvite, subject: form.ID, form: form,
		ask: func(b *pgx.Batch) { list(b, &ms.Members, sqlf(qMembers, ""), nil) },
		decide: func(a access.Actor) (change, error) {
			in, err := decide(a, ms)
			return change{queue: func(b *pgx.Batch) {
				b.Queue(`insert into app.invitation (org_id, id, token_hash, email, name, role, employment_area, invited_by, created_at, expires_at)
values (@org, @id, @hash, @email, @name, @role, @area, @by, @now, @until)`,
					args{"org": a.OrgID, "id": form.ID, "hash": linkHash, "email": in.Email, "name": in.Name, "role": string(in.Role), "area": in.EmploymentArea, "by": a.ID, "now": a.Now, "until": in.ExpiresAt})
			}}, err
		}})
}

// changeMember locks one other member of the organisation and stores what decide says.
func (db *DB) changeMember(ctx context.Context, do access.Action, member uuid.UUID, form access.Form, decide func(access.Actor, account.Member) (change, error)) error {
	var locked []uuid.UUID
	var ms []account.Member
	return db.write(ctx, act{do: do, subject: member, form: form,
		ask: func(b *pgx.Batch) {
			values(b, &locked, `select id from app.membership where id = @id and role <> 'participant' for update`, args{"id": member})
			list(b, &ms, sqlf(qMembers, "and m.id = @id"), args{"id": member})
		},
		found:   func() bool { return len(locked) > 0 && len(ms) > 0 },
		version: func() int { return ms[0].Version },
		decide:  func(a access.Actor) (change, error) { return decide(a, ms[0]) }})
}

// ChangeRole stores another role; a trigger ends duties and sessions in the same moment.
func (db *DB) ChangeRole(ctx context.Context, member uuid.UUID, form access.Form, decide func(account.Member) (access.Role, error)) error {
	return db.changeMember(ctx, access.MemberRole, member, form, func(a access.Actor, m account.Member) (change, error) {
		role, err := decide(m)
		return change{queue: func(b *pgx.Batch) {
			b.Queue(`update app.membership set role = @role, version = version + 1 where id = @id`, args{"role": string(role), "id": member})
		}}, err
	})
}

// EndMembership disables; a trigger ends duties and sessions in the same moment.
func (db *DB) EndMembership(ctx context.Context, member uuid.UUID, form access.Form, decide func(account.Member) error) error {
	return db.changeMember(ctx, access.MemberEnd, member, form, func(a access.Actor, m account.Member) (change, error) {
		return change{queue: func(b *pgx.Batch) {
			b.Queue(`update app.membership set disabled_at = @now, version = version + 1 where id = @id`, args{"now": a.Now, "id": member})
		}}, decide(m)
	})
}

// HandOver moves the live duties of one member to another.
func (db *DB) HandOver(ctx context.Context, leaver uuid.UUID, form access.Form, successor uuid.UUID, decide func(account.Member, account.Member) error) error {
	var from, to []account.Member
	var cases [][]uuid.UUID
	return db.write(ctx, act{do: access.DutyHandOver, subject: leaver, form: form,
		ask: func(b *pgx.Batch) {
			list(b, &from, sqlf(qMembers, "and m.id = @id"), args{"id": leaver})
			list(b, &to, sqlf(qMembers, "and m.id = @id"), args{"id": successor})
			values(b, &cases, `select app.cases_of(@id)`, args{"id": leaver})
		},
		found: func() bool { return len(from) > 0 },
		decide: func(a access.Actor) (change, error) {
			to = append(to, account.Member{})
			return change{enrolments: cases[0], queue: func(b *pgx.Batch) {
				b.Queue(`select app.hand_over(@leaver, @successor)`, args{"leaver": leaver, "successor": successor})
			}}, decide(from[0], to[0])
		}})
}

// Who asks only who is there, for pages that show nothing else of the database.
func (db *DB) Who(ctx context.Context) error {
	return db.read(ctx, question{do: access.HeaderView, ask: func(*pgx.Batch) {}})
}
