// Package checkout is the service that turns a cart into a paid order.
package checkout

import (
	"net/http"

	"example.com/shop/gen/orders"
	"example.com/shop/pkg/events"
	"example.com/shop/services/checkout/api"
	"example.com/shop/services/checkout/cart"
	"example.com/shop/services/checkout/ordering"
	"example.com/shop/services/checkout/store"
)

// Needs is what the service uses.
type Needs struct {
	Catalog  cart.Catalog
	Payments ordering.Payments
	Orders   store.Orders
	Events   events.Bus
}

// New serves the Orders API.
func New(n Needs) http.Handler {
	desk := &ordering.Desk{Carts: cart.New(n.Catalog), Orders: n.Orders, Payments: n.Payments, Events: n.Events}
	mux := http.NewServeMux()
	orders.Register(mux, api.Server{Desk: desk})
	return mux
}
