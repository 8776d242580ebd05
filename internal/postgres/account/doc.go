// Package account stores the room account: sign-in, members and their roles.
package account
