// Command payments serves the Payments API.
package main

import (
	"log"

	"example.com/shop/gen/cardgate"
	"example.com/shop/pkg/events"
	"example.com/shop/pkg/web"
	"example.com/shop/services/payments"
	"example.com/shop/services/payments/ledger"
)

func main() {
	entries, err := ledger.Open(web.Env("DATABASE_URL", ""))
	if err != nil {
		log.Fatal(err)
	}
	bus, err := events.Open(web.Env("NATS_ADDR", ""))
	if err != nil {
		log.Fatal(err)
	}
	web.Run("payments", ":8083", payments.New(payments.Needs{
		Cardgate: cardgate.NewClient(web.Env("CARDGATE_URL", "https://api.cardgate.example")),
		Ledger:   entries,
		Events:   bus,
	}))
}
