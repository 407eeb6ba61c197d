// Package storefront is what customers see.
package storefront

import (
	"fmt"
	"net/http"

	"example.com/shop/api/catalog"
	"example.com/shop/api/checkout"
)

// Handler shows products and takes orders.
func Handler(products catalog.Client, desk checkout.Client) http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("GET /{$}", func(w http.ResponseWriter, _ *http.Request) {
		all, err := products.List()
		if err != nil {
			http.Error(w, "the catalog does not answer", http.StatusBadGateway)
			return
		}
		for _, sku := range all {
			fmt.Fprintln(w, sku)
		}
	})
	mux.HandleFunc("POST /buy/{sku}", func(w http.ResponseWriter, r *http.Request) {
		order, err := desk.Buy(checkout.Buy{SKU: r.PathValue("sku")})
		if err != nil {
			http.Error(w, err.Error(), http.StatusUnprocessableEntity)
			return
		}
		fmt.Fprintf(w, "order %d: %s is yours\n", order.ID, order.SKU)
	})
	return mux
}
