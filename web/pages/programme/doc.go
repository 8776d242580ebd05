// Package programme draws the pages of the room programme.
package programme
