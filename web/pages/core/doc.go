// Package core draws the pages that belong to no room: messages, expired forms and plain text.
package core
