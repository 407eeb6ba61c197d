// Package checkout sells.
package checkout

import (
	"example.com/shop/api/catalog"
	api "example.com/shop/api/checkout"
	"example.com/shop/api/payments"
	"example.com/shop/services/checkout/orders"
)

// Catalog is what checkout asks the Catalog API.
type Catalog interface {
	Price(catalog.PriceOf) (catalog.Price, error)
}

// Payments is what checkout asks the Payments API.
type Payments interface {
	Charge(payments.Charge) (payments.Receipt, error)
}

// Service answers the Checkout API.
type Service struct {
	Orders   *orders.Table
	Catalog  Catalog
	Payments Payments
}

// Buy implements api.Server. Between writing the order and paying it the network may fail: an order
// without a receipt is looked after by someone, where one transaction did it before.
func (s Service) Buy(in api.Buy) (api.Order, error) {
	price, err := s.Catalog.Price(catalog.PriceOf{SKU: in.SKU})
	if err != nil {
		return api.Order{}, err
	}
	o := s.Orders.Add(in.SKU)
	receipt, err := s.Payments.Charge(payments.Charge{Order: o.ID, Cents: price.Cents})
	if err != nil {
		return api.Order{}, err
	}
	s.Orders.Paid(o.ID, receipt.Number)
	return api.Order{ID: o.ID, SKU: o.SKU}, nil
}
