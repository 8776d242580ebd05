package components

import "github.com/google/uuid"

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
