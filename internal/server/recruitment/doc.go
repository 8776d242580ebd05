// Package recruitment serves the pages and acts of the room recruitment: referral, enrolment, waiting list, info
// sessions and pre-assignments.
package recruitment
