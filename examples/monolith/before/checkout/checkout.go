// Package checkout sells.
package checkout

import (
	"example.com/shop/catalog"
	"example.com/shop/database"
	"example.com/shop/payments"
)

// Checkout takes orders.
type Checkout struct {
	DB       *database.DB
	Catalog  catalog.Catalog
	Payments payments.Payments
}

// Buy orders one product and pays it.
func (c Checkout) Buy(sku string) (database.Order, error) {
	cents, err := c.Catalog.Price(sku)
	if err != nil {
		return database.Order{}, err
	}
	c.DB.Lock()
	o := &database.Order{ID: len(c.DB.Orders) + 1, SKU: sku, Cents: cents}
	c.DB.Orders[o.ID] = o
	c.DB.Unlock()
	if err := c.Payments.Charge(o.ID); err != nil {
		return database.Order{}, err
	}
	c.DB.Lock()
	defer c.DB.Unlock()
	return *o, nil
}
