// Package desk stores the room desk: what somebody sees first: Today, people, one person, my month.
package desk
