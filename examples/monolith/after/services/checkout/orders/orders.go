// Package orders is checkout's own store. Nobody else knows how it looks.
package orders

import "sync"

// Order was bought.
type Order struct {
	ID      int
	SKU     string
	Receipt int // 0: not paid
}

// Table holds the orders.
type Table struct {
	mu     sync.Mutex
	orders map[int]Order
}

// Open opens the table.
func Open() *Table { return &Table{orders: map[int]Order{}} }

// Add writes a new order down.
func (t *Table) Add(sku string) Order {
	t.mu.Lock()
	defer t.mu.Unlock()
	o := Order{ID: len(t.orders) + 1, SKU: sku}
	t.orders[o.ID] = o
	return o
}

// Paid notes that an order is paid.
func (t *Table) Paid(id, receipt int) {
	t.mu.Lock()
	defer t.mu.Unlock()
	o := t.orders[id]
	o.Receipt = receipt
	t.orders[id] = o
}
