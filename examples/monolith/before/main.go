// Command shop is the whole shop in one program: http://localhost:8080.
package main

import (
	"log"
	"net/http"

	"example.com/shop/catalog"
	"example.com/shop/checkout"
	"example.com/shop/database"
	"example.com/shop/payments"
	"example.com/shop/storefront"
)

func main() { log.Fatal(http.ListenAndServe("localhost:8080", shop())) }

func shop() http.Handler {
	db := database.Open()
	products := catalog.Catalog{DB: db}
	desk := checkout.Checkout{DB: db, Catalog: products, Payments: payments.Payments{DB: db}}
	return storefront.Handler(products, desk)
}
