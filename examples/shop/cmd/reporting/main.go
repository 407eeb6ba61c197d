// Command reporting serves the report.
package main

import (
	"log"

	"example.com/shop/pkg/events"
	"example.com/shop/pkg/web"
	"example.com/shop/services/reporting"
)

func main() {
	bus, err := events.Open(web.Env("NATS_ADDR", ""))
	if err != nil {
		log.Fatal(err)
	}
	handler, err := reporting.New(bus)
	if err != nil {
		log.Fatal(err)
	}
	web.Run("reporting", ":8087", handler)
}
