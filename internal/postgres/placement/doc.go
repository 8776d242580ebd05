// Package placement stores the room placement: work trials: terms, agreement, life, evidence and end.
package placement
