package account

import (
	"context"
	"strings"
	"unicode"

	"kuukausi/internal/fault"

	"github.com/alexedwards/argon2id"
	"github.com/ccojocar/zxcvbn-go"
	"github.com/google/uuid"
)

// MinPassword is the shortest password accepted, in characters.
const MinPassword = 12

// Secret is the signed-in account with its password hash, to check a password typed again.
type Secret struct {
	AccountID    uuid.UUID
	Email        string
	PasswordHash string
	HandedReview *uuid.UUID
}

// params: argon2id with 19 MiB, t=2, p=1 (internal/domain.md, ruling 19).
var params = &argon2id.Params{Memory: 19 * 1024, Iterations: 2, Parallelism: 1, SaltLength: 16, KeyLength: 32}

// hashing bounds how many passwords are checked at once: each takes 19 MiB.
var hashing = make(chan struct{}, 4)

// HashPassword makes the stored form of a password.
func HashPassword(password string) (string, error) {
	hashing <- struct{}{}
	defer func() { <-hashing }()
	return argon2id.CreateHash(password, params)
}

// longestTry is how many bytes of a password are looked at: what is longer is nobody's.
const longestTry = 1000

// dummy is checked for unknown names, so that they take as long as known ones.
var dummy, _ = argon2id.CreateHash("nobody has this password", params)

func matches(ctx context.Context, password, hash string) (bool, error) {
	if len(password) > longestTry {
		return false, nil
	}
	select {
	case hashing <- struct{}{}:
	case <-ctx.Done():
		return false, fault.ErrUnavailable
	}
	defer func() { <-hashing }()
	return argon2id.ComparePasswordAndHash(password, hash)
}

// again checks the password of the account that is signed in, typed once more: throttled under a key of its own, a wrong one
// leaves a trace with its owner (E_PASSWORD).
func (s Service) again(ctx context.Context, sec Secret, field, password, key, address string) error {
	tries := Tries{Keys: [][]byte{s.mac(key, sec.Email), s.mac("address", address)}, Free: []int32{5, 60}}
	a, err := s.sessions.LoginAttempt(ctx, sec.Email, tries)
	if err != nil {
		return err
	}
	if a.WaitSeconds > 0 {
		return throttled(field, a)
	}
	ok, err := matches(ctx, password, sec.PasswordHash)
	if err != nil {
		return err
	}
	if !ok {
		if err := s.sessions.LoginRefused(ctx, sec.AccountID); err != nil {
			return err
		}
		return fault.One(field, "E_PASSWORD")
	}
	return s.sessions.ThrottleUndo(ctx, tries)
}

// ChangePassword stores another password of the reader's, who types the present one; every other session of theirs ends.
func (s Service) ChangePassword(ctx context.Context, present, password, repeated, address string) error {
	sec, err := s.sessions.LoginSecret(ctx)
	if err != nil {
		return err
	}
	if sec.HandedReview != nil {
		return fault.ErrNotFound
	}
	if err := checkPassword(password, repeated, sec.Email); err != nil {
		return err
	}
	if err := s.again(ctx, sec, "present", present, "password", address); err != nil {
		return err
	}
	hash, err := HashPassword(password)
	if err != nil {
		return err
	}
	ok, err := s.sessions.LoginPassword(ctx, hash)
	if err == nil && !ok {
		err = fault.ErrSignIn
	}
	return err
}

// guessable is the strength from which on a password is taken, of 0 to 4: what lists of leaked passwords and patterns on a keyboard
// lead to is weaker.
const guessable = 3

// ownWords are what people here put into a password first.
var ownWords = []string{
	"salasana", "lösenord", "password", "valmennus", "valmennuskuukausi", "kuukausi", "työkokeilu", "työllisyys", "kevät", "kesä",
	"syksy", "talvi", "suomi", "helsinki",
}

// checkPassword refuses a password that is too short or too long (E_PASSWORD_LENGTH), typed differently the second time
// (E_PASSWORD_AGAIN), or guessed from lists or from the person's own address (E_PASSWORD_COMMON).
func checkPassword(password, again, email string) error {
	var v fault.Invalid
	switch n := len([]rune(password)); {
	case n < MinPassword || n > 200:
		v.Add("password", "E_PASSWORD_LENGTH", "Min", MinPassword)
	case password != again:
		v.Add("again", "E_PASSWORD_AGAIN")
	case weak(password, email):
		v.Add("password", "E_PASSWORD_COMMON")
	}
	return v.OrNil()
}

// weak looks at the first characters alone: a long password is no weaker for what follows, and takes no longer to look at.
func weak(password, email string) bool {
	r := []rune(password)
	words := append(strings.FieldsFunc(email, func(c rune) bool { return !unicode.IsLetter(c) }), ownWords...)
	return zxcvbn.PasswordStrength(string(r[:min(len(r), 60)]), words).Score < guessable
}
