// Package casework is the case of one person: its states and their order, the person's goal, notes with who may read them,
// promises, obstacles and what was said in passing. Other rooms ask it what a state allows.
package casework
