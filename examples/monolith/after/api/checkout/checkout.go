// Package checkout is the Checkout API: all that others know of that service.
package checkout

import (
	"net/http"

	"example.com/shop/call"
)

// Buy asks for one product.
type Buy struct{ SKU string }

// Order was bought.
type Order struct {
	ID  int
	SKU string
}

// Server answers.
type Server interface {
	Buy(Buy) (Order, error)
}

// Handler serves a server.
func Handler(s Server) http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("POST /v1/buy", call.Answer(s.Buy))
	return mux
}

// Client calls the server at a URL.
type Client string

// Buy orders one product and pays it.
func (c Client) Buy(in Buy) (Order, error) { return call.Post[Order](string(c)+"/v1/buy", in) }
