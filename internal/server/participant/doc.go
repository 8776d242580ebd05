// Package participant serves the pages and acts of the room participant: a person's identity code, protection,
// consents, merging and break-glass.
package participant
