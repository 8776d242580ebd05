package account

import (
	"context"
	"strings"
	"testing"

	"kuukausi/internal/access"
)

// A password is at least as long as the rule says, in characters, and typed twice alike.
func TestPassword(t *testing.T) {
	long := "pitkä rivi hevosia " // what a person makes up
	for name, c := range map[string]struct {
		password, again string
		ok              bool
	}{
		"long enough":       {"åäö-vekotin7", "åäö-vekotin7", true},
		"one short":         {"åä-vekotin7", "åä-vekotin7", false},
		"not the same":      {long + "1", long + "2", false},
		"the longest":       {strings.Repeat(long, 10) + "1234567890", strings.Repeat(long, 10) + "1234567890", true},
		"past all size":     {strings.Repeat(long, 11), strings.Repeat(long, 11), false},
		"from every list":   {"password1234", "password1234", false},
		"in Finnish":        {"Salasana2026", "Salasana2026", false},
		"a key held down":   {strings.Repeat("a", 20), strings.Repeat("a", 20), false},
		"along a keyboard":  {"qwertyuiop12", "qwertyuiop12", false},
		"the service":       {"valmennuskuukausi", "valmennuskuukausi", false},
		"one's own address": {"veera.valmentava1", "veera.valmentava1", false},
	} {
		if err := checkPassword(c.password, c.again, "veera.valmentava@example.org"); (err == nil) != c.ok {
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
