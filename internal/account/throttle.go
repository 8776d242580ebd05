package account

import (
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"slices"
	"strings"

	"github.com/google/uuid"

	"kuukausi/internal/fault"
)

// Tries are what a try to sign in counts against, each key with its free tries; the last is the place.
type Tries struct {
	Keys [][]byte
	Free []int32
}

// Attempt is what the database says to a sign-in before the password is looked at.
type Attempt struct {
	AccountID    *uuid.UUID
	PasswordHash *string
	WaitSeconds  int
}

// mac is a value that only this installation makes.
func (s Service) mac(kind, value string) []byte {
	m := hmac.New(sha256.New, s.key)
	m.Write([]byte(kind + ":" + value))
	return m.Sum(nil)
}

// tries are the keys of a try for a name from a place. Five are free for a name from one place, and twenty from everywhere; a
// browser that this name signed in from before (its lane) counts by itself, so that strangers lock nobody out.
func (s Service) tries(email, address, lane string) Tries {
	place := s.mac("address", address)
	if lane != "" {
		return Tries{Keys: [][]byte{s.mac("known", email+" "+lane), place}, Free: []int32{5, 60}}
	}
	return Tries{
		Keys: [][]byte{s.mac("pair", email+" "+address), s.mac("account", email), place},
		Free: []int32{5, 20, 60},
	}
}

// devices is how many people a browser is remembered for.
const devices = 5

// Device is what a browser keeps after a sign-in, to be known again as this name's: a number of its own, and with it a mark of
// each of the last people who signed in there. kept is what it kept before. It opens nothing: it is a lane of its own for
// wrong passwords, so that strangers lock nobody out.
func (s Service) Device(kept, email string) string {
	parts := strings.Split(kept, ".")
	if len(parts) < 2 || len(kept) > 60*(devices+1) {
		raw := make([]byte, 16)
		_, _ = rand.Read(raw) // never fails
		parts = []string{base64.RawURLEncoding.EncodeToString(raw)}
	}
	mark := s.deviceMark(parts[0], email)
	marks := slices.DeleteFunc(parts[1:], func(m string) bool { return m == mark })
	return strings.Join(append([]string{parts[0]}, append(marks[max(0, len(marks)-devices+1):], mark)...), ".")
}

func (s Service) deviceMark(number, email string) string {
	return base64.RawURLEncoding.EncodeToString(s.mac("device", number+" "+cleanEmail(email)))
}

// lane is the number of a browser that this name signed in from before, empty for any other.
func (s Service) lane(kept, email string) string {
	parts := strings.Split(kept, ".")
	for _, m := range parts[1:] {
		if hmac.Equal([]byte(m), []byte(s.deviceMark(parts[0], email))) {
			return parts[0]
		}
	}
	return ""
}

// throttled refuses a try at a field, with the minutes to wait.
func throttled(field string, a Attempt) error {
	return fault.One(field, "E_THROTTLED", "N", (a.WaitSeconds+59)/60)
}
