package participant

import "github.com/google/uuid"

// TextVersion is an immutable text somebody agreed to or was told (internal/domain.md, ruling 17).
type TextVersion struct {
	ID        uuid.UUID
	Key, Lang string
	Body      string
}

// Texts are the newest versions of some texts, in each language.
type Texts []TextVersion

// In is the text of a key in a language, the zero value when there is none.
func (ts Texts) In(key, lang string) TextVersion {
	for _, t := range ts {
		if t.Key == key && t.Lang == lang {
			return t
		}
	}
	return TextVersion{}
}
