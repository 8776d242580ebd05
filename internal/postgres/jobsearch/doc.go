// Package jobsearch stores the room jobsearch: job applications.
package jobsearch
