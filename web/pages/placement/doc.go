// Package placement draws the pages of the room placement.
package placement
