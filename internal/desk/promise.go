package desk

import "kuukausi/internal/casework"

// OwnPromise is one the reader's role has to keep.
type OwnPromise struct {
	casework.Promise
	Name, CohortName string
}

// KeptDays is how many days a kept promise stays on its owner's list, with the way back.
const KeptDays = 14
