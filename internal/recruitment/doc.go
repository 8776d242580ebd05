// Package recruitment is the way into a case: referral, enrolment with the person's own choice, the waiting list, info
// sessions and pre-assignments.
package recruitment
