// Package mutants breaks real architectures on purpose, hundreds of times, and counts what the gate says: each
// mutant is a change that a reviewer would want to hear of, and beside each stands a clean twin, a change of the
// same kind that means nothing. `make mutants` prints the table.
package mutants
