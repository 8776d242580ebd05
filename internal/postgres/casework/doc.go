// Package casework stores the room casework: a case: its states, goal, notes, promises, obstacles and drafts.
package casework
