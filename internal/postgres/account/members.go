package account

import (
	"context"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"kuukausi/internal/access"
	"kuukausi/internal/account"
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
  i.needs_other and i.confirmed_at is null waits,
  coalesce((select m.name from app.membership m where m.org_id = i.org_id and m.id = i.confirmed_by), '') confirmed_by
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
  from `+door.LawRows+`
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
			// acts on members follow one another: two administrators must not end each other, and nobody may lock their own row
			b.Queue(`select pg_advisory_xact_lock(hashtextextended('members ' || current_setting('app.org'), 0))`)
			door.Values(b, &locked, `select id from app.membership where id = @id and role <> 'participant' for update`, door.Args{"id": member})
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

// HandOver asks for the live duties of one member to go to another; somebody else confirms it.
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
				b.Queue(`insert into app.invitation (
  org_id, id, token_hash, email, name, role, invited_by, created_at, expires_at, kind, leaver, successor)
values (
  @org, @id, sha256(uuid_send(gen_random_uuid())), @email, @name, @role, @by, @now, @until, 'hand_over', @leaver, @successor)`,
					door.Args{
						"org": a.OrgID, "id": form.ID, "email": to[0].Email, "name": to[0].Name, "role": to[0].Role, "by": a.ID,
						"now": a.Now, "until": a.Now.AddDate(0, 0, account.LinkDays), "leaver": leaver, "successor": successor,
					})
				b.Queue(`select app.hand_over(@id)`, door.Args{"id": form.ID}) // where nobody else has to say so
			}}, decide(from[0], to[0])
		}})
}

// Who asks only who is there, for pages that show nothing else of the database.
func (db Store) Who(ctx context.Context) error {
	return db.Read(ctx, door.Question{Do: access.HeaderView, Ask: func(*pgx.Batch) {}})
}
