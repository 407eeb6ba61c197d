// Command storefront serves the pages that customers see.
package main

import (
	"example.com/shop/gen/catalog"
	"example.com/shop/gen/orders"
	"example.com/shop/gen/shippingpb"
	"example.com/shop/pkg/web"
	"example.com/shop/services/storefront"
)

func main() {
	web.Run("storefront", ":8080", storefront.New(storefront.Needs{
		Catalog:  catalog.NewClient(web.Env("CATALOG_URL", "http://localhost:8081")),
		Orders:   orders.NewClient(web.Env("CHECKOUT_URL", "http://localhost:8082")),
		Shipping: shippingpb.NewShippingClient(web.Env("SHIPPING_URL", "http://localhost:8084")),
	}))
}
