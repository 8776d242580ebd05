// Package review stores the room review: the three-party final review: text, acknowledgements and locking.
package review
