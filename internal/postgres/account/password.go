package account

import (
	"context"

	"kuukausi/internal/access"
	"kuukausi/internal/account"
	"kuukausi/internal/fault"
	"kuukausi/internal/postgres/door"
)

// LoginPassword stores another password of the account of this visit; false when its session has ended.
func (db Store) LoginPassword(ctx context.Context, passwordHash string) (bool, error) {
	v := access.From(ctx)
	return yes(door.Call[answer](ctx, db.DB, `select app.login_password(@token, @password, @id, @request, @now)`,
		door.Args{"token": v.Token, "password": passwordHash, "id": door.NewID(), "request": v.RequestID, "now": v.Now}))
}

// LoginSecret is the account of this visit, to check a password typed again. ErrSignIn when the session has ended.
func (db Store) LoginSecret(ctx context.Context) (account.Secret, error) {
	v := access.From(ctx)
	out, err := door.Call[account.Secret](
		ctx,
		db.DB,
		`select account_id, email, password_hash, handed_review from app.login_secret(@token, @now)`,
		door.Args{"token": v.Token, "now": v.Now},
	)
	if err != nil || len(out) == 0 {
		if err == nil {
			err = fault.ErrSignIn
		}
		return account.Secret{}, err
	}
	return out[0], nil
}
