// Package cohort stores the room cohort: a cohort: planning, month map, day board and attendance.
package cohort
