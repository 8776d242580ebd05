package account

import (
	"context"
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"slices"
	"strings"
	"time"

	"github.com/alexedwards/argon2id"
	"github.com/google/uuid"

	"kuukausi/internal/access"
	"kuukausi/internal/fault"
)

// Absolute is how long a sign-in lasts at most, however busy.
const Absolute = 12 * time.Hour

// MinPassword is the shortest password accepted, in characters.
const MinPassword = 12

// Logins are what an arriving or signed-in reader asks without a rule.
type Logins interface {
	LoginEnd(ctx context.Context) error
	LoginChoices(ctx context.Context) ([]Choice, error)
	LoginLanguage(ctx context.Context, lang string) error
	LoginSecret(ctx context.Context) (Secret, error)
	LoginSessionEnd(ctx context.Context, session uuid.UUID) error
	Touch(ctx context.Context) error
	Invitation(ctx context.Context, token []byte) (Invitation, error)
}

// Tries are what a try to sign in counts against, each key with its free tries; the last is the place.
type Tries struct {
	Keys [][]byte
	Free []int32
}

// Session is one of the reader's own sessions.
type Session struct {
	ID                uuid.UUID
	OrgName           string
	Role              access.Role
	CreatedAt, SeenAt time.Time
	Mine              bool // the one that asks
}

// Sessions is what the database knows of logins. Tokens travel as their SHA-256 only.
type Sessions interface {
	Logins

	LoginAttempt(ctx context.Context, email string, tries Tries) (Attempt, error)
	LoginStart(ctx context.Context, account uuid.UUID, tries Tries, token []byte, until time.Time) (bool, error)
	ThrottleUndo(ctx context.Context, tries Tries) error
	LoginPassword(ctx context.Context, passwordHash string) (bool, error)
	LoginRefused(ctx context.Context, account uuid.UUID) error
	LoginSwitch(ctx context.Context, fresh []byte, membership uuid.UUID) (bool, error)
	LoginHand(ctx context.Context, fresh []byte, review uuid.UUID) (bool, error)
	AcceptInvitation(ctx context.Context, token []byte, account, membership uuid.UUID, passwordHash, lang string) (bool, error)
}

// Attempt is what the database says to a sign-in before the password is looked at.
type Attempt struct {
	AccountID    *uuid.UUID
	PasswordHash *string
	WaitSeconds  int
}

// Choice is a membership the login can switch to.
type Choice struct {
	ID      uuid.UUID
	Role    access.Role
	OrgName string
	Active  bool
}

// Secret is the signed-in account with its password hash, to check a password typed again.
type Secret struct {
	AccountID    uuid.UUID
	Email        string
	PasswordHash string
	HandedReview *uuid.UUID
}

// Invitation is a live one-time link. Whether its e-mail has an account already is for checking the password, and nothing
// that the page tells.
type Invitation struct {
	OrgName, Email, Name string
	Role                 access.Role
	Kind                 string
	Waits                bool // somebody else has to confirm it first
	AccountID            *uuid.UUID
	PasswordHash         *string
}

// The kinds of one-time links.
const (
	LinkInvitation = "invitation"
	LinkReset      = "reset" // for a lost password
)

// Service signs people in and out, and is what an administrator does with them.
type Service struct {
	Reads
	Drafts
	Logins
	store    Store
	sessions Sessions
	key      []byte // secret of this installation: throttle keys are made with it
}

// New is the room over its stores; key is the secret of this installation.
func New(store Store, sessions Sessions, drafts Drafts, key []byte) Service {
	return Service{Reads: store, Drafts: drafts, Logins: sessions, store: store, sessions: sessions, key: key}
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

// dummy is checked for unknown names, so that they take as long as known ones.
var dummy, _ = argon2id.CreateHash("nobody has this password", params)

func matches(ctx context.Context, password, hash string) (bool, error) {
	select {
	case hashing <- struct{}{}:
	case <-ctx.Done():
		return false, fault.ErrUnavailable
	}
	defer func() { <-hashing }()
	return argon2id.ComparePasswordAndHash(password, hash)
}

// NewToken is a fresh session or link token and its hash.
func NewToken() (token string, hash []byte) {
	raw := make([]byte, 32)
	_, _ = rand.Read(raw) // never fails
	token = base64.RawURLEncoding.EncodeToString(raw)
	return token, HashToken(token)
}

// linkToken is the token of the one-time link a form makes, and its hash: the same form sent again shows the same link.
func (s Service) linkToken(form access.Form) (token string, hash []byte) {
	token = base64.RawURLEncoding.EncodeToString(s.mac("link", form.ID.String()))
	return token, HashToken(token)
}

// HashToken is what the database keeps of a token.
func HashToken(token string) []byte {
	h := sha256.Sum256([]byte(token))
	return h[:]
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

func cleanEmail(e string) string { return strings.ToLower(strings.TrimSpace(e)) }

// SignIn checks a name and password from an address and starts a session; device is what the browser kept of an earlier one.
// The answer to an unknown name is the answer to a wrong password (E_SIGN_IN); too many tries are E_THROTTLED with the minutes
// to wait.
func (s Service) SignIn(ctx context.Context, email, password, address, device string) (token string, err error) {
	email = cleanEmail(email)
	tries := s.tries(email, address, s.lane(device, email))
	a, err := s.sessions.LoginAttempt(ctx, email, tries)
	if err != nil {
		return "", err
	}
	if a.WaitSeconds > 0 {
		return "", throttled("", a)
	}
	hash := dummy
	if a.PasswordHash != nil {
		hash = *a.PasswordHash
	}
	ok, err := matches(ctx, password, hash)
	if err != nil {
		return "", err
	}
	if ok && a.AccountID != nil {
		token, tokenHash := NewToken()
		ok, err = s.sessions.LoginStart(ctx, *a.AccountID, tries, tokenHash, access.From(ctx).Now.Add(Absolute))
		if err == nil && ok {
			return token, nil
		}
	} else { // for a name nobody has it is the same work and leaves nothing
		who := uuid.Nil
		if a.AccountID != nil {
			who = *a.AccountID
		}
		err = s.sessions.LoginRefused(ctx, who)
	}
	if err != nil {
		return "", err
	}
	return "", fault.One("", "E_SIGN_IN")
}

// throttled refuses a try at a field, with the minutes to wait.
func throttled(field string, a Attempt) error {
	return fault.One(field, "E_THROTTLED", "N", (a.WaitSeconds+59)/60)
}

// Switch changes to another membership of the login, under a new token.
func (s Service) Switch(ctx context.Context, membership uuid.UUID) (token string, err error) {
	token, hash := NewToken()
	ok, err := s.sessions.LoginSwitch(ctx, hash, membership)
	if err == nil && !ok {
		err = fault.ErrNotFound
	}
	return token, err
}

// Hand gives the device to the participant for one review, under a new token. The caller has asked the review's door
// whether the coach may (access.DeviceHand).
func (s Service) Hand(ctx context.Context, review uuid.UUID) (token string, err error) {
	token, hash := NewToken()
	ok, err := s.sessions.LoginHand(ctx, hash, review)
	if err == nil && !ok {
		err = fault.ErrSignIn
	}
	return token, err
}

// TakeBack ends a hand-over of the device with the coach's password; a wrong one is E_PASSWORD, and tries are throttled
// like sign-ins. It returns the review it was handed over for.
func (s Service) TakeBack(ctx context.Context, password, address string) (token string, review uuid.UUID, err error) {
	sec, err := s.sessions.LoginSecret(ctx)
	if err != nil {
		return "", review, err
	}
	if sec.HandedReview == nil {
		return "", review, fault.ErrNotFound
	}
	review = *sec.HandedReview
	if err := s.again(ctx, sec, "password", password, "hand", address); err != nil {
		return "", review, err
	}
	token, hash := NewToken()
	ok := false
	if ok, err = s.sessions.LoginHand(ctx, hash, uuid.Nil); err == nil && !ok {
		err = fault.ErrSignIn
	}
	return token, review, err
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
	ok, err := len(password) <= 1000, error(nil)
	if ok {
		ok, err = matches(ctx, password, sec.PasswordHash)
	}
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
	if err := checkPassword(password, repeated); err != nil {
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

// Accept uses a one-time link up. Someone who has an account gives its password, else the typed one becomes theirs; whatever
// is wrong, the answer is one (E_LINK_PASSWORD), because it must not tell whether the address has an account. Tries count as
// tries to sign in. E_LINK_WAITS: somebody else has to confirm the link first.
func (s Service) Accept(ctx context.Context, token, password, repeated, lang, address string) error {
	inv, err := s.sessions.Invitation(ctx, HashToken(token))
	if err != nil {
		return err
	}
	if inv.Waits {
		return fault.One("", "E_LINK_WAITS")
	}
	tries := s.tries(inv.Email, address, "")
	a, err := s.sessions.LoginAttempt(ctx, inv.Email, tries)
	if err != nil {
		return err
	}
	if a.WaitSeconds > 0 {
		return throttled("", a)
	}
	hash, fresh := dummy, inv.Kind == LinkReset || inv.PasswordHash == nil
	if !fresh {
		hash = *inv.PasswordHash
	}
	ok, err := matches(ctx, password, hash)
	if err != nil {
		return err
	}
	if fresh {
		ok = checkPassword(password, repeated) == nil
	}
	if !ok {
		who := uuid.Nil
		if !fresh {
			who = *inv.AccountID
		}
		if err := s.sessions.LoginRefused(ctx, who); err != nil {
			return err
		}
		return fault.One("password", "E_LINK_PASSWORD", "Min", MinPassword)
	}
	if err := s.sessions.ThrottleUndo(ctx, tries); err != nil {
		return err
	}
	if hash, err = HashPassword(password); err != nil {
		return err
	}
	ok, err = s.sessions.AcceptInvitation(ctx, HashToken(token), uuid.Must(uuid.NewV7()), uuid.Must(uuid.NewV7()), hash, lang)
	if err == nil && !ok {
		err = fault.ErrNotFound
	}
	return err
}

func checkPassword(password, again string) error {
	var v fault.Invalid
	if n := len([]rune(password)); n < MinPassword || n > 200 {
		v.Add("password", "E_PASSWORD_LENGTH", "Min", MinPassword)
	} else if password != again {
		v.Add("again", "E_PASSWORD_AGAIN")
	}
	return v.OrNil()
}
