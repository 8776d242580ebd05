// Package participant stores the room participant: people: identity, protection, consents, merging and break-glass.
package participant
