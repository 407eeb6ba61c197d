// Package backoffice is what the support team works with.
package backoffice

import (
	"net/http"

	"example.com/shop/gen/orders"
	"example.com/shop/gen/paymentspb"
	"example.com/shop/pkg/web"
)

// Needs is what the service uses.
type Needs struct {
	Orders   *orders.Client
	Payments *paymentspb.PaymentsClient
}

// New serves the support team's operations.
func New(n Needs) http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("GET /orders", web.Handle(func(r *http.Request) ([]orders.Order, error) {
		return n.Orders.ListOrders(r.Context())
	}))
	mux.HandleFunc("POST /orders/{id}/refund", web.Handle(func(r *http.Request) (*paymentspb.RefundResponse, error) {
		return n.Payments.Refund(r.Context(), &paymentspb.RefundRequest{OrderID: r.PathValue("id")})
	}))
	return mux
}
