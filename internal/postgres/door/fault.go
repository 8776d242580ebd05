package door

import (
	"context"
	"errors"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"

	"kuukausi/internal/fault"
)

// ToFault turns database errors into ours; what it does not know stays as it is and becomes a 500.
func ToFault(err error) error {
	var pg *pgconn.PgError
	var dead *pgconn.ConnectError
	switch {
	case err == nil:
		return nil
	case errors.Is(err, pgx.ErrNoRows):
		return fault.ErrNotFound
	case errors.As(err, &pg):
		switch pg.Code {
		case "42501", "23503": // a policy, a missing right, or an id of nothing: what may not be seen does not exist
			return errors.Join(fault.ErrNotFound, err)
		case "23505", "40001", "40P01":
			return errors.Join(fault.ErrStale, err)
		case "57P01", "57P02", "57P03", "53300":
			return errors.Join(fault.ErrUnavailable, err)
		}
		return err
	case errors.As(err, &dead), pgconn.SafeToRetry(err), errors.Is(err, context.DeadlineExceeded):
		return errors.Join(fault.ErrUnavailable, err)
	}
	return err
}
