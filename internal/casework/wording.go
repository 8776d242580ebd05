package casework

import (
	"context"
	"slices"
	"strings"
	"unicode"

	"kuukausi/internal/access"
	"kuukausi/internal/fault"
)

// Wording finds words of the list at the beginning of words of the text, whatever their case: "laiska" also in
// "laiskasti". It answers them joined by commas. They are a reason to read again, never to refuse (internal/domain.md 23).
func Wording(text string, words []string) string {
	var found []string
	for _, w := range strings.FieldsFunc(strings.ToLower(text), func(r rune) bool { return !unicode.IsLetter(r) && r != '-' }) {
		for _, bad := range words {
			// a short word begins too many others
			if (w == bad || len([]rune(bad)) > 4 && strings.HasPrefix(w, bad)) && !slices.Contains(found, bad) {
				found = append(found, bad)
			}
		}
	}
	return strings.Join(found, ", ")
}

// SetWords makes the list of words what was typed, a word a line: at most 500 of letters and hyphens (E_WORD).
func (s Service) SetWords(ctx context.Context, form access.Form, typed []string) error {
	return s.store.EditWords(ctx, form, func(have []string) (add, drop []string, err error) {
		var v fault.Invalid
		want := make([]string, 0, len(typed))
		for _, w := range typed {
			if w = strings.ToLower(strings.TrimSpace(w)); w == "" {
				continue
			}
			if len(w) > 60 || strings.ContainsFunc(w, func(r rune) bool { return !unicode.IsLetter(r) && r != '-' }) {
				v.Add("words", "E_WORD")
				break
			}
			want = append(want, w)
		}
		if len(want) > 500 {
			v.Add("words", "E_TOO_LONG", "Max", 500)
		}
		for _, w := range want {
			if !slices.Contains(have, w) {
				add = append(add, w)
			}
		}
		for _, w := range have {
			if !slices.Contains(want, w) {
				drop = append(drop, w)
			}
		}
		return add, drop, v.OrNil()
	})
}
