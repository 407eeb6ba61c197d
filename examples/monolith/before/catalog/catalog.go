// Package catalog knows what is for sale.
package catalog

import (
	"fmt"
	"maps"
	"slices"

	"example.com/shop/database"
)

// Catalog reads the products.
type Catalog struct{ DB *database.DB }

// List returns the products' names.
func (c Catalog) List() []string {
	c.DB.Lock()
	defer c.DB.Unlock()
	return slices.Sorted(maps.Keys(c.DB.Products))
}

// Price is a product's price in cents.
func (c Catalog) Price(sku string) (int, error) {
	c.DB.Lock()
	defer c.DB.Unlock()
	p, ok := c.DB.Products[sku]
	if !ok {
		return 0, fmt.Errorf("there is no %q", sku)
	}
	return p.Cents, nil
}
