// Package schedule draws the pages of the room schedule.
package schedule
