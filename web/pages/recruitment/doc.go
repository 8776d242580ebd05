// Package recruitment draws the pages of the room recruitment.
package recruitment
