// Package core is what every room's handlers need: routes with their roles, forms and their ids, refusals shown on the same
// page, drafts, and who is signed in.
package core
