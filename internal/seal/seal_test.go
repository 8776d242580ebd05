package seal

import (
	"bytes"
	"encoding/base64"
	"testing"
)

func secret(b byte) []byte { return bytes.Repeat([]byte{b, b + 1, 7, 9}, 8) }

func TestSeal(t *testing.T) {
	k, err := New([][]byte{secret(1)})
	if err != nil {
		t.Fatal(err)
	}
	s, err := k.Seal("131052-308T", "national_id:sealed:a")
	if err != nil || bytes.Contains(s, []byte("131052")) {
		t.Fatal(err)
	}
	if got, err := k.Open(s, "national_id:sealed:a"); err != nil || got != "131052-308T" {
		t.Errorf("%q %v", got, err)
	}
	if _, err := k.Open(s, "national_id:sealed:b"); err == nil {
		t.Error("opens in another place")
	}
	s[len(s)-1] ^= 1
	if _, err := k.Open(s, "national_id:sealed:a"); err == nil {
		t.Error("opens after a change")
	}
}

// A new secret before the old one: what is there still opens and is still found, what is new needs the new one.
func TestRotation(t *testing.T) {
	old, err := New([][]byte{secret(1)})
	if err != nil {
		t.Fatal(err)
	}
	both, err := New([][]byte{secret(2), secret(1)})
	if err != nil {
		t.Fatal(err)
	}
	was, _ := old.Seal("x", "p")
	if got, err := both.Open(was, "p"); err != nil || got != "x" {
		t.Error("the old one does not open any more", err)
	}
	if !bytes.Equal(old.Index("x"), both.Index("x")) {
		t.Error("the index changed")
	}
	now, _ := both.Seal("x", "p")
	if _, err := old.Open(now, "p"); err == nil {
		t.Error("the new one was sealed with the old secret")
	}
}

func TestSecrets(t *testing.T) {
	a, b := base64.StdEncoding.EncodeToString(secret(1)), base64.StdEncoding.EncodeToString(secret(2))
	if got, err := Secrets(a + "\n\n" + b + "\n"); err != nil || len(got) != 2 || !bytes.Equal(got[0], secret(1)) {
		t.Error(got, err)
	}
	// one secret over two lines, as a longer one comes
	if got, err := Secrets(a[:20] + "\n" + a[20:] + "\n"); err != nil || len(got) != 1 || !bytes.Equal(got[0], secret(1)) {
		t.Error("a wrapped secret is not one", err)
	}
	for _, bad := range []string{"", "\n", "short", a + "\n\nshort"} {
		if _, err := Secrets(bad); err == nil {
			t.Errorf("%q is taken", bad)
		}
	}
}
