// Package database is the one database. Every part of the program reads and writes it.
package database

import "sync"

// Product is for sale.
type Product struct {
	SKU   string
	Title string
	Cents int
}

// Order was bought.
type Order struct {
	ID    int
	SKU   string
	Cents int
	Paid  bool
}

// DB holds all tables. Hold its lock while you use them.
type DB struct {
	sync.Mutex
	Products map[string]Product
	Orders   map[int]*Order
}

// Open opens a database with something for sale.
func Open() *DB {
	return &DB{
		Products: map[string]Product{"cup": {"cup", "Coffee cup", 1290}, "yacht": {"yacht", "Yacht", 90000000}},
		Orders:   map[int]*Order{},
	}
}
