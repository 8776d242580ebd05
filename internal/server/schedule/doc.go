// Package schedule serves the pages and acts of the room schedule: rooms, closed days and appointments.
package schedule
