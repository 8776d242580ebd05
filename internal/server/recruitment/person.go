package recruitment

import (
	"kuukausi/internal/participant"
	"kuukausi/internal/recruitment"
	"kuukausi/internal/server/core"
)

// typedPerson is who somebody is, as typed.
func typedPerson(t core.Typed) recruitment.PersonForm {
	return recruitment.PersonForm{
		FirstName:    t.Get("first_name"),
		LastName:     t.Get("last_name"),
		Municipality: t.Get("municipality"),
		Phone:        t.Get("phone"),
		Email:        t.Get("email"),
		Lang:         t.Get("lang"),
		BornOn:       t.Birth("born_on"),
		NationalID:   t.Get("national_id"),
		Same:         participant.Same(t.Get("same")),
	}
}
