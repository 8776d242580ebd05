package account

import (
	"strings"
	"testing"
)

// A browser is known again as each of the people who signed in there last, once each, and as nobody else's.
func TestDevice(t *testing.T) {
	s := Service{key: []byte("a key of this test")}
	kept := s.Device("", "aino@example.org")
	number, _, _ := strings.Cut(kept, ".")
	kept = s.Device(kept, "bertta@example.org")
	kept = s.Device(kept, "aino@example.org")
	if parts := strings.Split(kept, "."); len(parts) != 3 || parts[0] != number {
		t.Fatalf("kept: %q", kept)
	}
	for email, known := range map[string]bool{"aino@example.org": true, "Bertta@example.org ": true, "cecilia@example.org": false} {
		if lane := s.lane(kept, email); (lane != "") != known {
			t.Errorf("%s: %q", email, lane)
		}
	}
	for i := range 20 {
		kept = s.Device(kept, strings.Repeat("x", i+1)+"@example.org")
	}
	if parts := strings.Split(kept, "."); len(parts) != devices+1 {
		t.Errorf("%d people are remembered", len(parts)-1)
	}
	if s.lane(kept, "aino@example.org") != "" {
		t.Error("whoever came first is known for ever")
	}
}
