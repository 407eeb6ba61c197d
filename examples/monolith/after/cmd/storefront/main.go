// Command storefront runs that service.
package main

import (
	"log"
	"net/http"

	"example.com/shop/api/catalog"
	"example.com/shop/api/checkout"
	"example.com/shop/call"
	"example.com/shop/services/storefront"
)

func main() {
	products := catalog.Client(call.Env("CATALOG_URL", "http://localhost:8081"))
	desk := checkout.Client(call.Env("CHECKOUT_URL", "http://localhost:8082"))
	log.Fatal(http.ListenAndServe(call.Env("ADDR", "localhost:8080"), storefront.Handler(products, desk)))
}
