// Package account serves the pages and acts of the room account: signing in and out, the language, and the members of an organisation.
package account
