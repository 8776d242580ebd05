// Package migrations holds the schema: the same files serve `migrate`, `dev` and every test.
package migrations

import "embed"

// FS holds the goose migrations, in order.
//
//go:embed 0*.sql
var FS embed.FS
