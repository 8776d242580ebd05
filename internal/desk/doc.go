// Package desk is what somebody sees first: Today with its signals, the list of people, one person's page and a
// participant's own month. It only reads.
package desk
