// Package substitute draws the pages of the room substitute.
package substitute
