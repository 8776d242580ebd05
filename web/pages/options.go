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
