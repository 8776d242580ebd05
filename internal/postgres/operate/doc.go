// Package operate is what an operator does on the command line as the role that owns the schema: organisations, first
// administrators, models and texts.
package operate
