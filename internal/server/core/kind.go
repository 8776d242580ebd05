package core

import (
	"errors"
	"fmt"
)

// Kind is what may be logged of an unexpected error: its type and, for the database's, its code. Messages of the
// database may quote what somebody typed, so they are not logged.
func Kind(err error) string {
	var coded interface{ SQLState() string }
	if errors.As(err, &coded) {
		return "database " + coded.SQLState()
	}
	for {
		inner := errors.Unwrap(err)
		if inner == nil {
			break
		}
		err = inner
	}
	return fmt.Sprintf("%T", err)
}
