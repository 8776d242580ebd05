// Package schedule stores the room schedule: rooms, closed days and appointments.
package schedule
