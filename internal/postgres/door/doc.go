// Package door is the only way to the database: one statement a page (Read), one transaction a named act (Write), and
// acts at the threshold before anybody is known (Call). Each enters through app.enter, which says who looks and from when
// row-level security shows what that person may see. The SQL that several rooms share stands here too.
package door
