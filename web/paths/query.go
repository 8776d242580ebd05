package paths

import (
	"strings"

	"github.com/google/uuid"
)

// People is the list of people narrowed by a query, "" for none.
func People(query string) string { return with(Participants, query) }

// FoundPeople is the list of people found by a search that the server keeps under key.
func FoundPeople(key, query string) string {
	return People("search=" + key + strings.TrimSuffix("&"+query, "&"))
}

// TrialAt is the form of a new trial at a site that fits.
func TrialAt(enrolment, site uuid.UUID) string {
	return NewTrial.At(enrolment) + "?site=" + site.String()
}

// Ledger is the list of employers narrowed by a query, "" for none; ending is "", ".csv" or ".xlsx".
func Ledger(query, ending string) string {
	switch ending {
	case ".csv":
		return with(EmployersCSV, query)
	case ".xlsx":
		return with(EmployersXLSX, query)
	}
	return with(Employers, query)
}

// ReferGuest is the referral of somebody who was told of an info session.
func ReferGuest(guest uuid.UUID) string { return NewReferral + "?guest=" + guest.String() }

// EnrolGuest is the form on which somebody who came to an info session joins a cohort.
func EnrolGuest(cohort, guest uuid.UUID) string {
	return NewEnrolment.At(cohort) + "?guest=" + guest.String()
}

// NextEnrolment is the form for the next person of a cohort, with the same expert.
func NextEnrolment(cohort, expert uuid.UUID) string {
	return NewEnrolment.At(cohort) + "?next=yes&expert=" + expert.String()
}

// NextReferral is the form for the next person who is referred to a cohort.
func NextReferral(cohort uuid.UUID) string {
	return NewReferral + "?next=yes&cohort=" + cohort.String()
}

// TrailOf is the trail about one case or other object.
func TrailOf(id uuid.UUID) string { return Trail + "?case=" + id.String() }

// CohortLike is the form of a new cohort that takes after another one.
func CohortLike(cohort uuid.UUID) string { return NewCohort + "?like=" + cohort.String() }

// MergeWith is the preview of a merge with the person of another case.
func MergeWith(enrolment, other uuid.UUID) string {
	return Merge.At(enrolment) + "?with=" + other.String()
}

func with(path, query string) string {
	if query == "" {
		return path
	}
	return path + "?" + query
}
