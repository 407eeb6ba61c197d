// Package store keeps the orders.
package store

import (
	"example.com/shop/pkg/money"
	"example.com/shop/pkg/tables"
)

// The states of an order.
const (
	Placed = "placed"
	Paid   = "paid"
)

// Order is a row.
type Order struct {
	ID      string
	Email   string
	Address string
	Status  string
	Items   map[string]int
	Total   money.Amount
}

// Orders is the table.
type Orders = tables.Table[Order]

// Open opens it.
func Open(url string) (Orders, error) { return tables.Open[Order](url, "orders") }
