// Package catalog is the Catalog API: all that others know of that service.
package catalog

import (
	"net/http"

	"example.com/shop/call"
)

// PriceOf asks for a product's price.
type PriceOf struct{ SKU string }

// Price is one, in cents.
type Price struct{ Cents int }

// Server answers.
type Server interface {
	List() []string
	Price(PriceOf) (Price, error)
}

// Handler serves a server.
func Handler(s Server) http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("POST /v1/list", call.Answer(func(struct{}) ([]string, error) { return s.List(), nil }))
	mux.HandleFunc("POST /v1/price", call.Answer(s.Price))
	return mux
}

// Client calls the server at a URL.
type Client string

// List returns the products' names.
func (c Client) List() ([]string, error) {
	return call.Post[[]string](string(c)+"/v1/list", struct{}{})
}

// Price returns a product's price.
func (c Client) Price(in PriceOf) (Price, error) { return call.Post[Price](string(c)+"/v1/price", in) }
