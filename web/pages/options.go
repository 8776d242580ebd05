package pages

import (
	"context"
	"strings"

	"kuukausi/internal/locale"
	"kuukausi/web/components"
)

// options are choices whose labels stand in the catalogue under prefix and value.
func options(ctx context.Context, prefix string, values []string) []components.Option {
	out := make([]components.Option, 0, len(values))
	for _, v := range values {
		out = append(out, components.Option{Value: v, Label: locale.T(ctx, prefix+v)})
	}
	return out
}

// joinLines is a list as a text area shows it.
func joinLines(l []string) string { return strings.Join(l, "\n") }

// joined are several codes in words, with commas.
func joined(ctx context.Context, prefix string, codes []string) string {
	var out []string
	for _, c := range codes {
		out = append(out, locale.T(ctx, prefix+c))
	}
	return strings.Join(out, ", ")
}
