// Package embedded runs a private PostgreSQL for development and tests, on a unix socket, from whatever server
// binaries the machine has; where it has none it fetches them. It never touches another cluster, never deletes one
// that holds data, and is not for production.
package embedded
