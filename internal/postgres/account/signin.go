package account

import (
	"context"
	"time"

	"github.com/google/uuid"

	"kuukausi/internal/access"
	"kuukausi/internal/account"
	"kuukausi/internal/fault"
	"kuukausi/internal/postgres/door"
)

type answer struct{ OK bool }

func yes(out []answer, err error) (bool, error) { return len(out) > 0 && out[0].OK, err }

// LoginAttempt counts a try and answers what there is to check.
func (db Store) LoginAttempt(ctx context.Context, email string, tries account.Tries) (account.Attempt, error) {
	out, err := door.Call[account.Attempt](ctx, db.DB, `select account_id, password_hash, wait_seconds
from app.login_attempt(@email, @keys, @free, @now)`,
		door.Args{"email": email, "keys": tries.Keys, "free": tries.Free, "now": access.From(ctx).Now})
	if err != nil || len(out) == 0 {
		return account.Attempt{}, err
	}
	return out[0], nil
}

// LoginStart starts a session; false when the account has no live membership.
func (db Store) LoginStart(ctx context.Context, id uuid.UUID, tries account.Tries, token []byte, until time.Time) (bool, error) {
	v := access.From(ctx)
	return yes(door.Call[answer](
		ctx,
		db.DB,
		`select app.login_start(@account, @keys, @token, @id, @request, @now, @until)`,
		door.Args{
			"account": id,
			"keys":    tries.Keys,
			"token":   token,
			"id":      door.NewID(),
			"request": v.RequestID,
			"now":     v.Now,
			"until":   until,
		},
	))
}

// ThrottleUndo forgets a try whose password was right.
func (db Store) ThrottleUndo(ctx context.Context, tries account.Tries) error {
	return door.Tell(ctx, db.DB, `select app.throttle_undo(@keys)`, door.Args{"keys": tries.Keys})
}

// LoginSessionEnd ends another session of the account, or with uuid.Nil all others.
func (db Store) LoginSessionEnd(ctx context.Context, session uuid.UUID) error {
	v := access.From(ctx)
	ok, err := yes(door.Call[answer](ctx, db.DB, `select app.login_session_end(@token, @session, @id, @request, @now) ok`,
		door.Args{"token": v.Token, "session": door.OrNull(session), "id": door.NewID(), "request": v.RequestID, "now": v.Now}))
	if err == nil && !ok {
		err = fault.ErrSignIn
	}
	return err
}

// LoginRefused leaves the row of a wrong password.
func (db Store) LoginRefused(ctx context.Context, id uuid.UUID) error {
	v := access.From(ctx)
	return door.Tell(
		ctx,
		db.DB,
		`select app.login_refused(@account, @id, @request, @now)`,
		door.Args{"account": id, "id": door.NewID(), "request": v.RequestID, "now": v.Now},
	)
}

// LoginEnd ends the session of this visit.
func (db Store) LoginEnd(ctx context.Context) error {
	v := access.From(ctx)
	return door.Tell(
		ctx,
		db.DB,
		`select app.login_end(@token, @id, @request, @now)`,
		door.Args{"token": v.Token, "id": door.NewID(), "request": v.RequestID, "now": v.Now},
	)
}

// LoginChoices are the memberships this login can switch between.
func (db Store) LoginChoices(ctx context.Context) ([]account.Choice, error) {
	v := access.From(ctx)
	return door.Call[account.Choice](
		ctx,
		db.DB,
		`select id, role, org_name, active from app.login_choices(@token, @now)`,
		door.Args{"token": v.Token, "now": v.Now},
	)
}

// LoginSwitch moves the session to another membership under a fresh token.
func (db Store) LoginSwitch(ctx context.Context, fresh []byte, membership uuid.UUID) (bool, error) {
	v := access.From(ctx)
	return yes(door.Call[answer](ctx, db.DB, `select app.login_switch(@token, @fresh, @membership, @id, @request, @now)`,
		door.Args{"token": v.Token, "fresh": fresh, "membership": membership, "id": door.NewID(), "request": v.RequestID, "now": v.Now}))
}

// LoginLanguage sets the account's language.
func (db Store) LoginLanguage(ctx context.Context, lang string) error {
	return door.Tell(ctx, db.DB, `select app.login_language(@token, @lang)`, door.Args{"token": access.From(ctx).Token, "lang": lang})
}

// LoginHand hands the session over for a review, or takes it back with uuid.Nil.
func (db Store) LoginHand(ctx context.Context, fresh []byte, review uuid.UUID) (bool, error) {
	v := access.From(ctx)
	return yes(door.Call[answer](ctx, db.DB, `select app.login_hand(@token, @fresh, @review, @id, @request, @now)`,
		door.Args{"token": v.Token, "fresh": fresh, "review": door.OrNull(review), "id": door.NewID(), "request": v.RequestID, "now": v.Now}))
}

// Touch notes that the session is in use, in a statement of its own, at most once a minute.
func (db Store) Touch(ctx context.Context) error {
	v := access.From(ctx)
	return door.Tell(ctx, db.DB, `select app.touch(@token, @now)`, door.Args{"token": v.Token, "now": v.Now})
}
