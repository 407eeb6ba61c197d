// Package budgettest measures what hostile text costs.
package budgettest
