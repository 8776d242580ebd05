// Package partner is the world of work: employers, their sites and contact persons, the contacts with them, open days, and
// which site fits whom.
package partner
