package core

import (
	"net/http"
	"strconv"
	"strings"
	"time"

	"github.com/go-chi/chi/v5"
	"github.com/google/uuid"

	"kuukausi/internal/fault"
	"kuukausi/web/paths"
)

// PathDay is a date of the URL in its one form.
func PathDay(r *http.Request) (time.Time, error) {
	d, err := time.Parse("2006-01-02", chi.URLParam(r, "date"))
	if err != nil {
		return d, fault.ErrNotFound
	}
	return d, nil
}

// PathID is an id of the URL; one that is no id is not found, like one that is not there.
func PathID(r *http.Request, name string) (uuid.UUID, error) {
	s := chi.URLParam(r, name)
	id, err := uuid.Parse(s)
	if err != nil || len(s) != 36 || id.String() != s || id == uuid.Nil {
		return uuid.Nil, fault.ErrNotFound
	}
	return id, nil
}

// Local is a path on this site, "/" for anything else: an open redirect begins with a foreign next.
func Local(next string) string {
	if !strings.HasPrefix(next, "/") || strings.HasPrefix(next, "//") || strings.ContainsAny(next, "\\\r\n\t") {
		return paths.Today
	}
	return next
}

// PathWeek is a week of the URL in its one form; the page knows which weeks there are.
func PathWeek(r *http.Request) (int, error) {
	n, err := strconv.Atoi(chi.URLParam(r, "week"))
	if err != nil || n < 1 || strconv.Itoa(n) != chi.URLParam(r, "week") {
		return 0, fault.ErrNotFound
	}
	return n, nil
}
