// Package preassignment draws the pages of the room preassignment.
package preassignment
