// Package preassignment is what a participant does before the first day: sent by the coach, answered in writing, on paper or by
// telling, and discussed.
package preassignment
