// Package partner stores the room partner: employers, sites, contacts, open days and matching.
package partner
