package components

import (
	"context"
	"strconv"
	"strings"

	"kuukausi/internal/access"
	"kuukausi/internal/locale"
)

func Colleagues(all []access.Colleague, role access.Role) (out []Option) {
	for _, c := range all {
		if c.Role == role {
			label := c.Name
			if c.Area != "" {
				label += ", " + c.Area
			}
			out = append(out, Option{Value: c.ID.String(), Label: label})
		}
	}
	return out
}

func Or(s string) string {
	if s == "" {
		return "–"
	}
	return s
}

// Options are choices whose labels stand in the catalogue under prefix and value.
func Options[S ~string](ctx context.Context, prefix string, values []S) []Option {
	out := make([]Option, 0, len(values))
	for _, v := range values {
		out = append(out, Option{Value: string(v), Label: locale.T(ctx, prefix+string(v))})
	}
	return out
}

// JoinLines is a list as a text area shows it.
func JoinLines(l []string) string { return strings.Join(l, "\n") }

// Joined are several codes in words, with commas.
func Joined(ctx context.Context, prefix string, codes []string) string {
	var out []string
	for _, c := range codes {
		out = append(out, locale.T(ctx, prefix+c))
	}
	return strings.Join(out, ", ")
}

func Number(n int) string {
	if n == 0 {
		return ""
	}
	return strconv.Itoa(n)
}
