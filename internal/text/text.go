// Package text reads what a person typed, once, at the door of every form (internal/domain.md, ruling 38): what cannot be
// seen goes, what looks alike becomes alike, and one fold serves every comparison.
package text

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// Lines is a text of several lines: NFC, line ends as LF, every kind of space as a plain one, and without control and
// invisible characters. Joiners stay between letters, where they belong to the spelling or to an emoji.
func Lines(s string) string { return strings.TrimSpace(clean(s)) }

// Line is a text of one line: like Lines, and every run of spaces and line ends is one space.
func Line(s string) string { return strings.Join(strings.Fields(clean(s)), " ") }

// Secret is a password as it is hashed: NFC and nothing else, so that ä is ä from every keyboard.
func Secret(s string) string { return norm.NFC.String(strings.ToValidUTF8(s, "�")) }

// Fold is the one form in which texts are compared, searched and filtered: a line in lower case with one kind of hyphen.
func Fold(s string) string { return strings.ToLower(Hyphens(Line(s))) }

// Hyphens makes every dash and hyphen a plain one, as codes and numbers are pasted with all of them.
func Hyphens(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.Is(unicode.Pd, r) || r == '−' {
			return '-'
		}
		return r
	}, s)
}

// HasLetter tells whether a name holds at least one letter: a name of signs is nobody's.
func HasLetter(s string) bool { return strings.IndexFunc(s, unicode.IsLetter) >= 0 }

const (
	nonJoiner = '\u200c'
	joiner    = '\u200d'
)

func clean(s string) string {
	in := []rune(norm.NFC.String(strings.ToValidUTF8(s, "�")))
	out := make([]rune, 0, len(in))
	for i, r := range in {
		switch {
		case r == '\r' && i+1 < len(in) && in[i+1] == '\n':
		case r == '\n', r == '\r', r == '\u0085', r == '\u2028', r == '\u2029', r == '\v', r == '\f':
			out = append(out, '\n')
		case r == '\t', unicode.Is(unicode.Zs, r):
			out = append(out, ' ')
		case r == joiner, r == nonJoiner:
			if len(out) > 0 && i+1 < len(in) && joins(out[len(out)-1]) && joins(in[i+1]) {
				out = append(out, r)
			}
		case unicode.Is(unicode.Cc, r), unicode.Is(unicode.Cf, r), unseen(r):
		default:
			out = append(out, r)
		}
	}
	return norm.NFC.String(string(out)) // what stood between a letter and its mark is gone
}

// joins tells whether a joiner beside r belongs to the text.
func joins(r rune) bool {
	return unicode.IsLetter(r) || unicode.IsMark(r) || unicode.Is(unicode.So, r) || unicode.Is(unicode.Sk, r)
}

// unseen are the characters that show nothing though Unicode calls them letters, marks or symbols: fillers, the joiner of
// graphemes, the empty braille cell, variation selectors but the one that makes a sign an emoji.
func unseen(r rune) bool {
	switch r {
	case '\u034f', '\u115f', '\u1160', '\u17b4', '\u17b5', '\u2800', '\u3164', '\uffa0':
		return true
	}
	return r >= '\u180b' && r <= '\u180f' || r >= '\ufe00' && r <= '\ufe0e' || r >= 0xe0000 && r <= 0xe0fff
}
