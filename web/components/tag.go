package components

import (
	"context"
	"io"

	"github.com/a-h/templ"
	"github.com/google/uuid"

	"kuukausi/internal/locale"
)

// ID is an id as templates name it.
type ID = uuid.UUID

// tone is the colour of a tag: open things warm, live ones teal, the rest grey. The word says the same.
func tone(key string) string {
	switch key {
	case "cohort_state.running", "state.active", "trial_state.active", "review_state.ready", "cohort_state.open", "cohort_state.confirmed":
		return "on"
	case "cohort_state.draft", "trial_state.draft", "review_state.draft", "state.review", "state.accepted", "state.preparing":
		return "wait"
	}
	return "off"
}

// Mark is the shape of a half-day with its text. Written as it is, because a page has forty of them and the class
// machinery of templates was a tenth of its rendering.
func Mark(letter string) templ.Component {
	return templ.ComponentFunc(func(ctx context.Context, w io.Writer) error {
		p := locale.P(ctx)
		_, err := io.WriteString(
			w,
			`<span class="c m-`+templ.EscapeString(letter)+`">`+templ.EscapeString(p.T("mark_letter."+letter))+`</span> `+templ.EscapeString(
				p.T("mark."+letter),
			),
		)
		return err
	})
}
