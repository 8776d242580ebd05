package door

import (
	"context"
	"errors"
	"io"
	"net"
	"slices"
	"syscall"

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
		}
		if unavailable(pg.Code) {
			return errors.Join(fault.ErrUnavailable, err)
		}
		return err
	case errors.As(err, &dead), pgconn.SafeToRetry(err), errors.Is(err, context.DeadlineExceeded), broken(err):
		return errors.Join(fault.ErrUnavailable, err)
	}
	return err
}

// unavailable are the codes of a database that cannot serve now: it shuts down or starts (57P…), a statement or a lock took
// too long (57014, 55P03), it has no room left (53…), answers reads only (25006) or cannot reach its disk (58…).
func unavailable(code string) bool {
	switch code {
	case "57014", "55P03", "25006", "25P03":
		return true
	}
	return slices.Contains([]string{"08", "53", "58"}, code[:2]) || code[:3] == "57P"
}

// broken tells whether the connection went away in the middle.
func broken(err error) bool {
	var timeout net.Error
	return errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) || errors.Is(err, net.ErrClosed) ||
		errors.Is(err, syscall.ECONNRESET) || errors.Is(err, syscall.EPIPE) || errors.Is(err, syscall.ECONNREFUSED) ||
		errors.As(err, &timeout)
}
