// Package products is catalog's own store. Nobody else knows how it looks.
package products

// Product is for sale.
type Product struct {
	Title string
	Cents int
}

// Table holds the products by SKU.
type Table map[string]Product

// Open opens the table.
func Open() Table {
	return Table{"cup": {"Coffee cup", 1290}, "yacht": {"Yacht", 90000000}}
}
