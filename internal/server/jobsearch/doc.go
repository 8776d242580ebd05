// Package jobsearch serves the pages and acts of the room jobsearch: job applications.
package jobsearch
