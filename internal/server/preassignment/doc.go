// Package preassignment serves the pages and acts of the room preassignment: what a participant does before the first day.
package preassignment
