// Package review draws the pages of the room review.
package review
