// Package substitute stores the room substitute: absences of coaches and who stands in.
package substitute
