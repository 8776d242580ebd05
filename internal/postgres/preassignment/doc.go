// Package preassignment stores the room preassignment: what a participant does before the first day.
package preassignment
