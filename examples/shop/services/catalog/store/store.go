// Package store keeps the products.
package store

import (
	"context"

	"example.com/shop/pkg/money"
	"example.com/shop/pkg/tables"
)

// Product is a row of the catalog.
type Product struct {
	SKU   string
	Title string
	Price money.Amount
	Stock int
}

// Products is the catalog's table.
type Products = tables.Table[Product]

// Open opens the table and fills an empty one with a first range.
func Open(ctx context.Context, url string) (Products, error) {
	t, err := tables.Open[Product](url, "products")
	if err != nil {
		return nil, err
	}
	all, err := t.All(ctx)
	if err != nil || len(all) > 0 {
		return t, err
	}
	for _, p := range []Product{
		{"cup", "Coffee cup", money.EUR(1290), 120},
		{"kettle", "Gooseneck kettle", money.EUR(5900), 14},
		{"mill", "Hand mill", money.EUR(11900), 6},
	} {
		if err := t.Put(ctx, p.SKU, p); err != nil {
			return nil, err
		}
	}
	return t, nil
}
