// Package audit is the trail of use as people read it: who did or opened what and when, without content (906/2019 17 §). Rows are
// written by the doors.
package audit
