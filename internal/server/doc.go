// Package server is the only room that speaks HTTP: routes, sessions, forms, errors, and one file a subject that
// turns a request into a call and its answer into a page. No rule and no SQL lives here.
package server
