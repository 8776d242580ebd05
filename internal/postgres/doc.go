// Package postgres is the only room that speaks SQL. postgres.go holds the two doors, read and write; there is one
// file a subject beside it. No query runs outside a door, and no rule is decided here: rooms decide.
package postgres
