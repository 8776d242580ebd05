package paths

import (
	"strconv"
	"strings"
	"time"

	"github.com/google/uuid"
)

// A URL with parameters is a pattern as the router reads it; At fills it in.
type (
	// Of is a URL of one thing.
	Of string
	// OnDay is a URL of one thing on one day.
	OnDay string
	// Numbered is a URL of one thing's numbered part, a week for one.
	Numbered string
	// Dated is a URL of one day.
	Dated string
	// Secret is a URL with a one-time token.
	Secret string
)

// At is the URL of the thing with this id.
func (p Of) At(id uuid.UUID) string { return fill(string(p), id.String()) }

// At is the URL of the thing on this day.
func (p OnDay) At(id uuid.UUID, d time.Time) string {
	return fill(fill(string(p), id.String()), d.Format(time.DateOnly))
}

// At is the URL of the thing's part with this number.
func (p Numbered) At(id uuid.UUID, n int) string {
	return fill(fill(string(p), id.String()), strconv.Itoa(n))
}

// At is the URL of this day.
func (p Dated) At(d time.Time) string { return fill(string(p), d.Format(time.DateOnly)) }

// At is the URL with this token.
func (p Secret) At(token string) string { return fill(string(p), token) }

// fill puts a value in the place of a pattern's first parameter.
func fill(pattern, value string) string {
	from := strings.IndexByte(pattern, '{')
	to := strings.IndexByte(pattern, '}')
	return pattern[:from] + value + pattern[to+1:]
}
