package account

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"strings"
	"time"

	"github.com/google/uuid"

	"kuukausi/internal/access"
	"kuukausi/internal/fault"
)

// Absolute is how long a sign-in lasts at most, however busy.
const Absolute = 12 * time.Hour

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

// Choice is a membership the login can switch to.
type Choice struct {
	ID      uuid.UUID
	Role    access.Role
	OrgName string
	Active  bool
}

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

// NewToken is a fresh session or link token and its hash.
func NewToken() (token string, hash []byte) {
	raw := make([]byte, 32)
	_, _ = rand.Read(raw) // never fails
	token = base64.RawURLEncoding.EncodeToString(raw)
	return token, HashToken(token)
}

// HashToken is what the database keeps of a token.
func HashToken(token string) []byte {
	h := sha256.Sum256([]byte(token))
	return h[:]
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
