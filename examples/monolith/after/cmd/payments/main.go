// Command payments runs that service.
package main

import (
	"log"
	"net/http"

	api "example.com/shop/api/payments"
	"example.com/shop/call"
	"example.com/shop/services/payments"
	"example.com/shop/services/payments/ledger"
)

func main() {
	service := payments.Service{Ledger: ledger.Open()}
	log.Fatal(http.ListenAndServe(call.Env("ADDR", "localhost:8083"), api.Handler(service)))
}
