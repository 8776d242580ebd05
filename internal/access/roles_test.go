package access

import (
	"os"
	"slices"
	"strings"
	"testing"
)

// Who may do what is written down twice: in the table, and here for whoever changes it (internal/domain.md, "Who may do what").
// UPDATE_ROLES=1 writes the file anew; its diff is what is to be read.
func TestRolesAreThoseAgreed(t *testing.T) {
	var lines []string
	for _, a := range Table {
		names := func(all []Role) string {
			var out []string
			for _, r := range all {
				out = append(out, string(r))
			}
			slices.Sort(out)
			return strings.Join(out, " ")
		}
		kind := "reads"
		switch {
		case a.Write:
			kind = "writes"
		case a.Sensitive:
			kind = "opens"
		}
		line := a.Name + " " + kind + ": " + names(a.May)
		if len(a.Sees) > 0 {
			line += " | told: " + names(a.Sees)
		}
		lines = append(lines, line)
	}
	slices.Sort(lines)
	is := strings.Join(lines, "\n") + "\n"
	const file = "testdata/roles.txt"
	if os.Getenv("UPDATE_ROLES") != "" {
		if err := os.WriteFile(file, []byte(is), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	was, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if string(was) == is {
		return
	}
	have := strings.Split(string(was), "\n")
	for _, l := range lines {
		if !slices.Contains(have, l) {
			t.Errorf("not agreed: %s", l)
		}
	}
	for _, l := range have {
		if l != "" && !slices.Contains(lines, l) {
			t.Errorf("agreed, and not so: %s", l)
		}
	}
}
