// Package cohort draws the pages of the room cohort.
package cohort
