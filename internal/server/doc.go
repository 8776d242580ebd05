// Package server puts the rooms' routes together into one site with its middleware.
package server
