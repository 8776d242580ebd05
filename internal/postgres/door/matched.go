package door

import (
	"context"
	"errors"
	"slices"
	"time"

	"kuukausi/internal/access"
	"kuukausi/internal/fault"
)

// Matched leaves in the trail whom somebody asked about who was refused because a person of others is here
// (E_NATIONAL_ID_TAKEN), and hands the refusal on. The server never learns who that is.
func (db *DB) Matched(ctx context.Context, first, last string, born time.Time, code []byte, err error) error {
	var v fault.Invalid
	if errors.As(err, &v) && slices.ContainsFunc(v, func(p fault.Problem) bool { return p.Code == "E_NATIONAL_ID_TAKEN" }) {
		visit := access.From(ctx)
		_ = Tell(ctx, db, `select app.person_matched(@token, @first, @last, @born, @code, @request, @now)`, Args{
			"token": visit.Token, "first": first, "last": last, "born": OrNoDay(born), "code": code,
			"request": visit.RequestID, "now": visit.Now,
		}) // the refusal stands whether or not its trace could be stored
	}
	return err
}
