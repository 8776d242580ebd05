// Package schema brings a database to the schema of the migrations, and says whether it is there.
package schema
