// Command backoffice serves the support team.
package main

import (
	"example.com/shop/gen/orders"
	"example.com/shop/gen/paymentspb"
	"example.com/shop/pkg/web"
	"example.com/shop/services/backoffice"
)

func main() {
	web.Run("backoffice", ":8086", backoffice.New(backoffice.Needs{
		Orders:   orders.NewClient(web.Env("CHECKOUT_URL", "http://localhost:8082")),
		Payments: paymentspb.NewPaymentsClient(web.Env("PAYMENTS_URL", "http://localhost:8083")),
	}))
}
