// Package desk draws the pages of the room desk.
package desk
