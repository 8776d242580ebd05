// Package participant draws the pages of the room participant.
package participant
