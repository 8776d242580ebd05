// Package cohort is the heart: cohorts of a programme, enrolments and their states, goals, meetings, attendance, the
// month map and the day. It decides; postgres stores; it never speaks HTTP or SQL.
package cohort
