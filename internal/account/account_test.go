package account

import (
	"context"
	"strings"
	"testing"

	"kuukausi/internal/access"
)

// A password is at least as long as the rule says, in characters, and typed twice alike.
func TestPassword(t *testing.T) {
	for name, c := range map[string]struct {
		password, again string
		ok              bool
	}{
		"long enough":   {strings.Repeat("å", MinPassword), strings.Repeat("å", MinPassword), true},
		"one short":     {strings.Repeat("å", MinPassword-1), strings.Repeat("å", MinPassword-1), false},
		"not the same":  {strings.Repeat("a", MinPassword), strings.Repeat("b", MinPassword), false},
		"the longest":   {strings.Repeat("a", 200), strings.Repeat("a", 200), true},
		"past all size": {strings.Repeat("a", 201), strings.Repeat("a", 201), false},
	} {
		if err := checkPassword(c.password, c.again); (err == nil) != c.ok {
			t.Errorf("%s: %v", name, err)
		}
	}
	hash, err := HashPassword("oikea salasana")
	if err != nil || strings.Contains(hash, "oikea") {
		t.Fatalf("%v", err)
	}
	for typed, want := range map[string]bool{"oikea salasana": true, "Oikea salasana": false, "": false} {
		if ok, err := matches(context.Background(), typed, hash); err != nil || ok != want {
			t.Errorf("%q: %v %v", typed, ok, err)
		}
	}
}

// A token is new every time, and only its hash is kept.
func TestToken(t *testing.T) {
	a, hash := NewToken()
	b, _ := NewToken()
	if a == b || len(a) < 32 || string(HashToken(a)) != string(hash) || strings.Contains(string(hash), a) {
		t.Error("a token that can be guessed or read")
	}
}

// Staff are invited; a participant's sign-in comes with the case.
func TestStaffRoles(t *testing.T) {
	for _, r := range StaffRoles {
		if !staffRole(r) {
			t.Errorf("%s cannot be invited", r)
		}
	}
	if staffRole(access.Participant) || staffRole("") {
		t.Error("somebody without a staff role can be invited")
	}
	if cleanEmail(" Veera@Example.ORG ") != "veera@example.org" {
		t.Error("an e-mail is not found again")
	}
}
