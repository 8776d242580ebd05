// Package substitute is who stands in for whom: a coach's absence, the colleague who takes a group for some days, and what
// they must know.
package substitute
