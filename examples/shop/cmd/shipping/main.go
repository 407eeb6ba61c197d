// Command shipping serves the Shipping API and sends parcels.
package main

import (
	"log"

	"example.com/shop/gen/carrier"
	"example.com/shop/pkg/events"
	"example.com/shop/pkg/web"
	"example.com/shop/services/shipping"
	"example.com/shop/services/shipping/store"
)

func main() {
	parcels, err := store.Open(web.Env("DATABASE_URL", ""))
	if err != nil {
		log.Fatal(err)
	}
	bus, err := events.Open(web.Env("NATS_ADDR", ""))
	if err != nil {
		log.Fatal(err)
	}
	handler, err := shipping.New(shipping.Needs{
		Carrier: carrier.NewClient(web.Env("CARRIER_URL", "https://api.swiftparcel.example")),
		Parcels: parcels,
		Events:  bus,
	})
	if err != nil {
		log.Fatal(err)
	}
	web.Run("shipping", ":8084", handler)
}
