// Package payments is the Payments API: all that others know of that service.
package payments

import (
	"net/http"

	"example.com/shop/call"
)

// Charge asks for money.
type Charge struct{ Order, Cents int }

// Receipt says that it was taken.
type Receipt struct{ Number int }

// Server answers.
type Server interface {
	Charge(Charge) (Receipt, error)
}

// Handler serves a server.
func Handler(s Server) http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("POST /v1/charge", call.Answer(s.Charge))
	return mux
}

// Client calls the server at a URL.
type Client string

// Charge takes money.
func (c Client) Charge(in Charge) (Receipt, error) {
	return call.Post[Receipt](string(c)+"/v1/charge", in)
}
