// Package cohort serves the pages and acts of the room cohort: a cohort: planning, month map, day board and attendance.
package cohort
