// Package placement is about employers, their sites, and work trials with their agreements and contacts. Its rules
// know the law's limits through package law; it holds nothing of a coach's notes.
package placement
