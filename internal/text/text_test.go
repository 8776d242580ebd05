package text_test

import (
	"testing"

	"pgregory.net/rapid"

	"kuukausi/internal/text"
)

func TestLine(t *testing.T) {
	for in, want := range map[string]string{
		"\u200b":                        "",
		"\u2800\u3164\ufeff\u00ad":      "",
		"Anna\u00a0Maija":               "Anna Maija",
		"Anna  Maija":                   "Anna Maija",
		"Anna\u00adMaija":               "AnnaMaija",
		"A\u0308ijä\u0301":              "Äijä\u0301",
		"\u202eabc\u2066":               "abc",
		" Hattula\u200b\r\nJanakkala\t": "Hattula Janakkala",
		"a\x00b\x1bc":                   "abc",
		"क्\u200dष":                     "क्\u200dष",
		"\u200dab\u200d":                "ab",
		"👩\u200d🔧":                      "👩\u200d🔧",
		"\xff":                          "�",
	} {
		if got := text.Line(in); got != want {
			t.Errorf("%q: %q, want %q", in, got, want)
		}
	}
	if got := text.Lines(" a\r\nb\rc\u2028d\u00a0e \n"); got != "a\nb\nc\nd e" {
		t.Errorf("lines: %q", got)
	}
	if text.Fold("  HÄMEENLINNA – Etelä\u200b") != text.Fold("Ha\u0308meenlinna - etelä") {
		t.Error("the same place folds apart")
	}
	if text.Secret("a\u0308 \u200b") != "ä \u200b" {
		t.Errorf("a password loses more than its form: %q", text.Secret("a\u0308 \u200b"))
	}
	if text.HasLetter("– 12 .") || !text.HasLetter("Å") {
		t.Error("letters are not told from signs")
	}
}

// What was read once is read the same again, whatever it was.
func TestReadOnce(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := rapid.String().Draw(t, "s")
		if once := text.Line(s); text.Line(once) != once {
			t.Fatalf("%q: %q then %q", s, once, text.Line(once))
		}
		if once := text.Lines(s); text.Lines(once) != once {
			t.Fatalf("%q: %q then %q", s, once, text.Lines(once))
		}
		if once := text.Fold(s); text.Fold(once) != once {
			t.Fatalf("%q: %q then %q", s, once, text.Fold(once))
		}
	})
}
