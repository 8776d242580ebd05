// Package programme stores the room programme: models, their versions and the law's numbers.
package programme
