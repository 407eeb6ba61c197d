// Command checkout runs that service.
package main

import (
	"log"
	"net/http"

	"example.com/shop/api/catalog"
	api "example.com/shop/api/checkout"
	"example.com/shop/api/payments"
	"example.com/shop/call"
	"example.com/shop/services/checkout"
	"example.com/shop/services/checkout/orders"
)

func main() {
	service := checkout.Service{
		Orders:   orders.Open(),
		Catalog:  catalog.Client(call.Env("CATALOG_URL", "http://localhost:8081")),
		Payments: payments.Client(call.Env("PAYMENTS_URL", "http://localhost:8083")),
	}
	log.Fatal(http.ListenAndServe(call.Env("ADDR", "localhost:8082"), api.Handler(service)))
}
