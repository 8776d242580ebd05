// Package recruitment stores the room recruitment: the way into a case: referral, enrolment, waiting list, pre-assignments.
package recruitment
