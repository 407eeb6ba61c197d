// Command checkout serves the Orders API.
package main

import (
	"log"

	"example.com/shop/gen/catalog"
	"example.com/shop/gen/paymentspb"
	"example.com/shop/pkg/events"
	"example.com/shop/pkg/web"
	"example.com/shop/services/checkout"
	"example.com/shop/services/checkout/store"
)

func main() {
	orders, err := store.Open(web.Env("DATABASE_URL", ""))
	if err != nil {
		log.Fatal(err)
	}
	bus, err := events.Open(web.Env("NATS_ADDR", ""))
	if err != nil {
		log.Fatal(err)
	}
	web.Run("checkout", ":8082", checkout.New(checkout.Needs{
		Catalog:  catalog.NewClient(web.Env("CATALOG_URL", "http://localhost:8081")),
		Payments: paymentspb.NewPaymentsClient(web.Env("PAYMENTS_URL", "http://localhost:8083")),
		Orders:   orders,
		Events:   bus,
	}))
}
