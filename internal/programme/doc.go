// Package programme holds coaching models as data: weeks, half-days, pre-assignments, contact rhythm, parties and
// outcomes, versioned and in three languages; and the working-day calendar they are laid on. It knows no model by name.
package programme
