// Package ledger keeps every movement of money. It never sees a card, only what Cardgate calls it.
package ledger

import (
	"example.com/shop/pkg/money"
	"example.com/shop/pkg/tables"
)

// Entry is a payment.
type Entry struct {
	OrderID  string
	Charge   string // Cardgate's id
	Amount   money.Amount
	Refunded bool
}

// Ledger is the table, by order.
type Ledger = tables.Table[Entry]

// Open opens it.
func Open(url string) (Ledger, error) { return tables.Open[Entry](url, "ledger") }
