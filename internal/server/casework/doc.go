// Package casework serves the pages and acts of the room casework: a case: state, goal, notes, promises, obstacles, drafts.
package casework
