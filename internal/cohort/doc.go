// Package cohort is the group and its month: planning the half-days, the month map, the day board and attendance. How a
// cohort moves between its states is casework's, because a case follows it.
package cohort
