// Package storefront is what customers see.
package storefront

import (
	"fmt"
	"net/http"

	"example.com/shop/catalog"
	"example.com/shop/checkout"
)

// Handler shows products and takes orders.
func Handler(products catalog.Catalog, desk checkout.Checkout) http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("GET /{$}", func(w http.ResponseWriter, _ *http.Request) {
		for _, sku := range products.List() {
			fmt.Fprintln(w, sku)
		}
	})
	mux.HandleFunc("POST /buy/{sku}", func(w http.ResponseWriter, r *http.Request) {
		order, err := desk.Buy(r.PathValue("sku"))
		if err != nil {
			http.Error(w, err.Error(), http.StatusUnprocessableEntity)
			return
		}
		fmt.Fprintf(w, "order %d: %s is yours\n", order.ID, order.SKU)
	})
	return mux
}
