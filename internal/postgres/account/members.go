package account

import (
	"context"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"kuukausi/internal/access"
	"kuukausi/internal/account"
	"kuukausi/internal/fault"
	"kuukausi/internal/postgres/door"
)

// OwnLogin is what happened to the reader's own login, the newest first, and its open sessions.
func (db Store) OwnLogin(ctx context.Context) (account.OwnLogin, error) {
	var out account.OwnLogin
	v := access.From(ctx)
	err := db.Read(ctx, door.Question{Do: access.SignInList, Ask: func(b *pgx.Batch) {
		door.List(b, &out.Events, `select action, outcome, at
from app.audit
where actor_id = (select nullif(current_setting('app.actor', true), '')::uuid)
  and action in ('login_start', 'login_end', 'password_change', 'password_reset', 'session_end', 'invitation_accept')
order by at desc, id desc
limit 100`, nil)
		door.List(b, &out.Sessions, `select id, org_name, role, created_at, seen_at, mine from app.login_sessions(@token, @now)`,
			door.Args{"token": v.Token, "now": v.Now})
	}})
	return out, err
}

const qMembers = `select
  m.id,
  m.name,
  m.email,
  m.role,
  m.employment_area,
  m.version,
  m.disabled_at,
  (
    (
      select count(*)
      from app.cohort_duty d
      where d.org_id = m.org_id
        and d.user_id = m.id
        and d.valid_until > (select nullif(current_setting('app.now', true), '')::timestamptz)) + (
      select count(*)
      from app.enrolment_party p
      where p.org_id = m.org_id
        and p.user_id = m.id
        and p.valid_until > (select nullif(current_setting('app.now', true), '')::timestamptz)) + app.protections_of(
      m.id))::int duties,
  (
    select count(*)
    from app.membership a
    where a.org_id = m.org_id
      and a.role = 'admin'
      and a.disabled_at is null
      and a.id <> m.id)::int admins
from app.membership m
where m.role <> 'participant' %s
order by m.disabled_at is not null, m.name collate "fi-x-icu", m.role
limit 500`

// Members is the administrator's page. Counting duties needs the context, so the settings are read as they are.
func (db Store) Members(ctx context.Context) (account.Members, error) {
	var out account.Members
	var opened []int
	err := db.Read(ctx, door.Question{Do: access.MemberList, Ask: func(b *pgx.Batch) {
		door.List(b, &out.Members, door.Sqlf(qMembers, ""), nil)
		door.List(b, &out.Pending, `select
  i.id,
  i.kind,
  i.email,
  i.name,
  i.role,
  i.expires_at,
  i.needs_other and i.confirmed_at is null waits
from app.invitation i
where i.used_at is null
  and i.withdrawn_at is null
  and i.expires_at > (select nullif(current_setting('app.now', true), '')::timestamptz)
order by i.created_at desc
limit 100`, nil)
		door.Values(b, &opened, door.Q(`select count(*)::int
from app.break_glass g
where g.seen_at is null
union all
select count(*)::int
from (
  select distinct on (l.key) l.checked_on
  from (
    select
      v.key,
      v.valid_from,
      v.checked_on,
      1 own
    from app.law_value v
    union all
    select
      o.key,
      o.valid_from,
      o.checked_on,
      2
    from app.law_override o) l
  where l.valid_from <= {today}
  order by l.key, l.valid_from desc, l.own desc) x
where x.checked_on < {today} - interval '12 months'
union all
select count(*)::int
from app.confirmations()`), nil)
	}})
	if len(opened) > 2 {
		out.Opened, out.LawOld, out.Waiting = opened[0], opened[1], opened[2]
	}
	out.Me = access.From(ctx).Actor.ID
	return out, err
}

// Invite stores an invitation; its id is the form's.
func (db Store) Invite(
	ctx context.Context,
	form access.Form,
	linkHash []byte,
	decide func(access.Actor, account.Members) (account.Invited, error),
) error {
	var ms account.Members
	return db.Write(ctx, door.Act{Do: access.MemberInvite, Subject: form.ID, Form: form,
		Ask: func(b *pgx.Batch) { door.List(b, &ms.Members, door.Sqlf(qMembers, ""), nil) },
		Decide: func(a access.Actor) (door.Change, error) {
			in, err := decide(a, ms)
			return door.Change{Queue: func(b *pgx.Batch) { queueLink(b, a, form.ID, linkHash, in) }}, err
		}})
}

// ResetLink stores a link for a lost password; its id is the form's.
func (db Store) ResetLink(
	ctx context.Context,
	member uuid.UUID,
	form access.Form,
	linkHash []byte,
	decide func(access.Actor, account.Member, bool) (account.Invited, error),
) error {
	var elsewhere []bool
	return db.changeMember(ctx, access.MemberReset, member, form, func(a access.Actor, m account.Member) (door.Change, error) {
		in, err := decide(a, m, len(elsewhere) > 0 && elsewhere[0])
		return door.Change{Queue: func(b *pgx.Batch) { queueLink(b, a, form.ID, linkHash, in) }}, err
	}, func(b *pgx.Batch) {
		door.Values(b, &elsewhere, `select app.member_elsewhere(@id)`, door.Args{"id": member})
	})
}

// queueLink stores a one-time link and ends the earlier ones of its kind to the same address. Whether it needs somebody else's
// word a trigger says.
func queueLink(b *pgx.Batch, a access.Actor, id uuid.UUID, linkHash []byte, in account.Invited) {
	b.Queue(`update app.invitation
set withdrawn_at = @now
where email = @email
  and kind = @kind
  and used_at is null
  and withdrawn_at is null`, door.Args{"now": a.Now, "email": in.Email, "kind": in.Kind})
	b.Queue(`insert into app.invitation (
  org_id, id, token_hash, email, name, role, employment_area, invited_by, created_at, expires_at, kind)
values (@org, @id, @hash, @email, @name, @role, @area, @by, @now, @until, @kind)`,
		door.Args{
			"org":   a.OrgID,
			"id":    id,
			"hash":  linkHash,
			"email": in.Email,
			"name":  in.Name,
			"role":  string(in.Role),
			"area":  in.EmploymentArea,
			"by":    a.ID,
			"now":   a.Now,
			"until": in.ExpiresAt,
			"kind":  in.Kind,
		})
}

// WithdrawLink ends a one-time link that was not used.
func (db Store) WithdrawLink(ctx context.Context, link uuid.UUID, form access.Form) error {
	var open []bool
	return db.Write(ctx, door.Act{Do: access.LinkWithdraw, Subject: link, Form: form,
		Ask: func(b *pgx.Batch) {
			door.Values(b, &open, `select used_at is null and withdrawn_at is null from app.invitation where id = @id`, door.Args{"id": link})
		},
		Found: func() bool { return len(open) > 0 },
		Decide: func(a access.Actor) (door.Change, error) {
			var err error
			if !open[0] {
				err = fault.ErrStale
			}
			return door.Change{Queue: func(b *pgx.Batch) {
				b.Queue(`update app.invitation set withdrawn_at = @now where id = @id`, door.Args{"now": a.Now, "id": link})
			}}, err
		}})
}

const qConfirmations = `select c.id, c.kind, c.name, c.email, c.role, c.by_name by, c.created_at, c.expires_at expires
from app.confirmations() c`

// Confirmations are the links that wait for the actor's word.
func (db Store) Confirmations(ctx context.Context) ([]account.Confirmation, error) {
	var out []account.Confirmation
	err := db.Read(ctx, door.Question{Do: access.ConfirmationList, Ask: func(b *pgx.Batch) {
		door.List(b, &out, qConfirmations, nil)
	}})
	return out, err
}

// ConfirmLink stores the actor's word on a link.
func (db Store) ConfirmLink(ctx context.Context, link uuid.UUID, form access.Form, decide func() (bool, error)) error {
	var mine []account.Confirmation
	return db.Write(ctx, door.Act{Do: access.LinkConfirm, Subject: link, Form: form,
		Ask:   func(b *pgx.Batch) { door.List(b, &mine, qConfirmations+" where c.id = @id", door.Args{"id": link}) },
		Found: func() bool { return len(mine) > 0 },
		Decide: func(access.Actor) (door.Change, error) {
			yes, err := decide()
			return door.Change{Queue: func(b *pgx.Batch) {
				b.Queue(`select app.confirm_link(@id, @yes)`, door.Args{"id": link, "yes": yes})
			}}, err
		}})
}

// changeMember locks one other member of the organisation, asks what else there is to ask, and stores what decide says.
func (db Store) changeMember(
	ctx context.Context,
	do access.Action,
	member uuid.UUID,
	form access.Form,
	decide func(access.Actor, account.Member) (door.Change, error),
	ask ...func(*pgx.Batch),
) error {
	var locked []uuid.UUID
	var ms []account.Member
	return db.Write(ctx, door.Act{Do: do, Subject: member, Form: form,
		Ask: func(b *pgx.Batch) {
			// the other administrators too: two of them must not end each other
			door.Values(b, &locked, `select id
from app.membership
where (id = @id or role = 'admin' and disabled_at is null and id <> (select nullif(current_setting('app.actor', true), '')::uuid))
  and role <> 'participant'
order by id
for update`, door.Args{"id": member})
			door.List(b, &ms, door.Sqlf(qMembers, "and m.id = @id"), door.Args{"id": member})
			for _, more := range ask {
				more(b)
			}
		},
		Found:   func() bool { return len(locked) > 0 && len(ms) > 0 },
		Version: func() int { return ms[0].Version },
		Decide:  func(a access.Actor) (door.Change, error) { return decide(a, ms[0]) }})
}

// ChangeRole stores another role; a trigger ends duties and sessions in the same moment.
func (db Store) ChangeRole(
	ctx context.Context,
	member uuid.UUID,
	form access.Form,
	decide func(account.Member) (access.Role, error),
) error {
	return db.changeMember(ctx, access.MemberRole, member, form, func(a access.Actor, m account.Member) (door.Change, error) {
		role, err := decide(m)
		return door.Change{Queue: func(b *pgx.Batch) {
			b.Queue(`update app.membership set role = @role, version = version + 1 where id = @id`, door.Args{"role": string(role), "id": member})
		}}, err
	})
}

// EndMembership disables; a trigger ends duties and sessions in the same moment.
func (db Store) EndMembership(ctx context.Context, member uuid.UUID, form access.Form, decide func(account.Member) error) error {
	return db.changeMember(ctx, access.MemberEnd, member, form, func(a access.Actor, m account.Member) (door.Change, error) {
		return door.Change{Queue: func(b *pgx.Batch) {
			b.Queue(`update app.membership set disabled_at = @now, version = version + 1 where id = @id`, door.Args{"now": a.Now, "id": member})
		}}, decide(m)
	})
}

// HandOver moves the live duties of one member to another.
func (db Store) HandOver(
	ctx context.Context,
	leaver uuid.UUID,
	form access.Form,
	successor uuid.UUID,
	decide func(account.Member, account.Member) error,
) error {
	var from, to []account.Member
	var cases [][]uuid.UUID
	return db.Write(ctx, door.Act{Do: access.DutyHandOver, Subject: leaver, Form: form,
		Ask: func(b *pgx.Batch) {
			door.List(b, &from, door.Sqlf(qMembers, "and m.id = @id"), door.Args{"id": leaver})
			door.List(b, &to, door.Sqlf(qMembers, "and m.id = @id"), door.Args{"id": successor})
			door.Values(b, &cases, `select app.cases_of(@id)`, door.Args{"id": leaver})
		},
		Found: func() bool { return len(from) > 0 },
		Decide: func(a access.Actor) (door.Change, error) {
			to = append(to, account.Member{})
			return door.Change{Enrolments: cases[0], Queue: func(b *pgx.Batch) {
				b.Queue(`select app.hand_over(@leaver, @successor)`, door.Args{"leaver": leaver, "successor": successor})
			}}, decide(from[0], to[0])
		}})
}

// Who asks only who is there, for pages that show nothing else of the database.
func (db Store) Who(ctx context.Context) error {
	return db.Read(ctx, door.Question{Do: access.HeaderView, Ask: func(*pgx.Batch) {}})
}
