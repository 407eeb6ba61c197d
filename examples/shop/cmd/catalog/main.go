// Command catalog serves the Catalog API.
package main

import (
	"context"
	"log"

	"example.com/shop/pkg/web"
	"example.com/shop/services/catalog"
	"example.com/shop/services/catalog/store"
)

func main() {
	products, err := store.Open(context.Background(), web.Env("DATABASE_URL", ""))
	if err != nil {
		log.Fatal(err)
	}
	web.Run("catalog", ":8081", catalog.New(products))
}
