// Package account draws the pages of the room account.
package account
