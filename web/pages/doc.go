// Package pages has one file a page: its view struct and its template. Permissions arrive as booleans; no page asks
// who is looking.
package pages
