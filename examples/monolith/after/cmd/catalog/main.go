// Command catalog runs that service.
package main

import (
	"log"
	"net/http"

	api "example.com/shop/api/catalog"
	"example.com/shop/call"
	"example.com/shop/services/catalog"
	"example.com/shop/services/catalog/products"
)

func main() {
	service := catalog.Service{Products: products.Open()}
	log.Fatal(http.ListenAndServe(call.Env("ADDR", "localhost:8081"), api.Handler(service)))
}
