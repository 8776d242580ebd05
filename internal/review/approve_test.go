package review

import (
	"errors"
	"strings"
	"testing"

	"kuukausi/internal/access"
	"kuukausi/internal/fault"
)

// The participant approves what is locked, or objects with why; the record says on whose device.
func TestApproval(t *testing.T) {
	for _, x := range []struct {
		state     State
		by        access.Role
		approved  bool
		objection string
		how, code string
	}{
		{Locked, access.Participant, true, "", "own_login", ""},
		{Locked, access.Handed, true, "", "coach_device", ""},
		{Locked, access.Participant, false, "  ", "own_login", "E_REQUIRED"},
		{Locked, access.Handed, false, "Nimi on väärin", "coach_device", ""},
		{Ready, access.Participant, true, "", "own_login", "E_SUMMARY_UNSIGNED"},
		{Locked, access.Participant, false, strings.Repeat("å", 4001), "own_login", "E_TOO_LONG"},
	} {
		p, err := (Review{State: x.state}).approve(x.by, x.approved, x.objection)
		got := ""
		var v fault.Invalid
		if errors.As(err, &v) {
			got = v[0].Code
		}
		if got != x.code || p.How != x.how || p.Approved != x.approved {
			t.Errorf("%+v: %q %+v", x, got, p)
		}
	}
}
