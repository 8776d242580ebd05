package desk

import "kuukausi/internal/casework"

// OwnPromise is one the reader's role has to keep.
type OwnPromise struct {
	casework.Promise
	Name, CohortName string
}
