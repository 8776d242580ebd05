// Package mutants plants one small fault at a time into the rules, the acts and the SQL, and asks the tests that touch it whether
// they notice. It has no code of its own that ships: `make mutants` runs it.
package mutants
