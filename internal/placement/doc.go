// Package placement is the work trial: its terms against the law, the agreement and who signs it, its life day by day,
// problems and evidence, and its end.
package placement
