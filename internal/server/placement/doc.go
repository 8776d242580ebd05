// Package placement serves the pages and acts of the room placement: work trials: terms, agreement, life, evidence and end.
package placement
