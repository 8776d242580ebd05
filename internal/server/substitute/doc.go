// Package substitute serves the pages and acts of the room substitute: absences of coaches and who stands in.
package substitute
