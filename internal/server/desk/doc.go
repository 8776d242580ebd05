// Package desk serves the pages and acts of the room desk: what somebody sees first: Today, people, one person, my month.
package desk
