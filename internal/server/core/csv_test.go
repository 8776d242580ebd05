package core

import "testing"

// A cell is never a formula, in whatever width or behind whatever nobody sees.
func TestPlain(t *testing.T) {
	for _, cell := range []string{"=1", "+1", "-1", "@a", "\t=1", "\r=1", " =1", "\u200b=1", "＝1", "\ufeff＋1", "－1", "＠a"} {
		if got := plain(cell); got != "'"+cell {
			t.Errorf("%q stays %q", cell, got)
		}
	}
	for _, cell := range []string{"", "Leipomo", "a=1", "1-2", "Ö"} {
		if got := plain(cell); got != cell {
			t.Errorf("%q becomes %q", cell, got)
		}
	}
}
