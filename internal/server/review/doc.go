// Package review serves the pages and acts of the room review: the three-party final review: text, acknowledgements and locking.
package review
