// Command local runs the whole shop on this machine: http://localhost:8080 for customers,
// http://localhost:8086/orders for support, http://localhost:8087/report for the rest of us.
package main

import (
	"log"
	"net/http"

	"example.com/shop/local"
	"example.com/shop/pkg/web"
)

func main() {
	shop, err := local.Start()
	if err != nil {
		log.Fatal(err)
	}
	defer shop.Close()
	go serve("localhost:8086", shop.Backoffice)
	go serve("localhost:8087", shop.Reporting)
	web.Run("shop", "localhost:8080", shop.Storefront)
}

func serve(addr string, h http.Handler) { log.Fatal(http.ListenAndServe(addr, h)) }
