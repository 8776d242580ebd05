// Package fault holds the few ways an act can fail. Every other error is unexpected and becomes a 500.
package fault

import (
	"errors"
	"fmt"
	"net/mail"
	"strings"

	"kuukausi/internal/text"
)

var (
	// ErrSignIn: nobody is signed in (or the session has ended); the answer is the sign-in page.
	ErrSignIn = errors.New("sign in")
	// ErrNotFound: there is no such thing, or the actor may not know of it. Both are 404 with the same body.
	ErrNotFound = errors.New("not found")
	// ErrStale: the thing changed after the form was shown. The answer is 409 with the typed text kept.
	ErrStale = errors.New("changed by someone else")
	// ErrUnavailable: the database does not answer; nothing was saved.
	ErrUnavailable = errors.New("unavailable")
	// ErrOutcome: the connection was lost while an act was being stored, and nobody can say whether it was. The same form
	// sent again has one effect.
	ErrOutcome = errors.New("outcome unknown")
)

// Forbidden: the actor may see the object but not do this with it. Code is shown in data-code.
type Forbidden struct{ Code string }

func (f Forbidden) Error() string { return "forbidden: " + f.Code }

// Problem is one broken rule: the field it belongs to ("" for the whole form), the code of internal/domain.md and the
// message key with its arguments.
type Problem struct {
	Field, Code, Key string
	Args             map[string]any
}

// Clock is a time of day in minutes among the arguments of a problem: the page prints it as its language does.
type Clock int

// Invalid is a refusal by a rule: 422 on the same page with every problem listed.
type Invalid []Problem

func (v Invalid) Error() string {
	if len(v) == 0 {
		return "invalid"
	}
	return fmt.Sprintf("invalid: %s (%s)", v[0].Field, v[0].Code)
}

// Add appends a problem; its message is that of the code. args are names and values of the message.
func (v *Invalid) Add(field, code string, args ...any) {
	v.AddAs(field, code, "problem."+code, args...)
}

// AddAs appends a problem whose message is not that of its code.
func (v *Invalid) AddAs(field, code, key string, args ...any) {
	p := Problem{Field: field, Code: code, Key: key}
	for i := 0; i+1 < len(args); i += 2 {
		if p.Args == nil {
			p.Args = map[string]any{}
		}
		p.Args[args[i].(string)] = args[i+1]
	}
	*v = append(*v, p)
}

// Limit refuses a text of more than max characters.
func (v *Invalid) Limit(field, typed string, max int) {
	if len([]rune(typed)) > max {
		v.Add(field, "E_TOO_LONG", "Max", max)
	}
}

// Require refuses a text that is empty or has more than max characters; the caller has trimmed it.
func (v *Invalid) Require(field, typed string, max int) {
	if typed == "" {
		v.Add(field, "E_REQUIRED")
	}
	v.Limit(field, typed, max)
}

// Name refuses a name that is empty, too long, or without a letter: nobody could be told by it.
func (v *Invalid) Name(field, name string, max int) {
	v.Require(field, name, max)
	if name != "" && !text.HasLetter(name) {
		v.Add(field, "E_NAME")
	}
}

// Email refuses an address that no mail reaches, and lets an empty one be.
func (v *Invalid) Email(field, address string) {
	if address == "" {
		return
	}
	a, err := mail.ParseAddress(address)
	_, host, _ := strings.Cut(address, "@")
	if err != nil || a.Address != address || !strings.Contains(strings.Trim(host, "."), ".") || len(address) > 254 {
		v.Add(field, "E_EMAIL")
	}
}

// OrNil is v as an error, or nil when no rule was broken.
func (v Invalid) OrNil() error {
	if len(v) == 0 {
		return nil
	}
	return v
}

// One is an Invalid with a single problem.
func One(field, code string, args ...any) error {
	var v Invalid
	v.Add(field, code, args...)
	return v
}
