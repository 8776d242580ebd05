// Package partner serves the pages and acts of the room partner: employers, sites, contacts, open days and matching.
package partner
