// Package participant is the person served: their identity code, the protection of their contact data, and that nobody
// is there twice. Their cases live in cohort.
package participant
