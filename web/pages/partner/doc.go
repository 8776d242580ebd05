// Package partner draws the pages of the room partner.
package partner
