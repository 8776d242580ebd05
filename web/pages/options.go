package pages

import (
	"context"

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
