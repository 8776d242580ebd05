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
	_, err := db.Settle(ctx, access.LinkWithdraw, link, form, `select
  i.id "of",
  '{}'::uuid[] cases,
  0 "version",
  i.used_at is not null or i.withdrawn_at is not null done
from app.invitation i
where i.id = @id`, `update app.invitation set withdrawn_at = @now where id = @id`)
	return err
}

const qConfirmations = `select c.id, c.kind, c.name, c.email, c.role, c.by_name by, c.created_at, c.expires_at expires,
  c.from_name "from"
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

// Invitation looks a one-time link up; ErrNotFound when it is used, old or unknown.
func (db Store) Invitation(ctx context.Context, token []byte) (account.Invitation, error) {
	out, err := door.Call[account.Invitation](
		ctx,
		db.DB,
		`select org_name, email, name, role, kind, waits, account_id, password_hash
from app.invitation_look(@token, @now)`,
		door.Args{"token": token, "now": access.From(ctx).Now},
	)
	if err != nil || len(out) == 0 {
		if err == nil {
			err = fault.ErrNotFound
		}
		return account.Invitation{}, err
	}
	return out[0], nil
}

// AcceptInvitation uses the link up; false when someone was faster.
func (db Store) AcceptInvitation(ctx context.Context, token []byte, id, membership uuid.UUID, passwordHash, lang string) (bool, error) {
	v := access.From(ctx)
	return yes(door.Call[answer](
		ctx,
		db.DB,
		`select app.invitation_accept(@token, @account, @membership, @password, @lang, @id, @request, @now)`,
		door.Args{
			"token":      token,
			"account":    id,
			"membership": membership,
			"password":   passwordHash,
			"lang":       lang,
			"id":         door.NewID(),
			"request":    v.RequestID,
			"now":        v.Now,
		},
	))
}
