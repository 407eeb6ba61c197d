package catalog

import (
	"context"
	"net/http"
	"net/http/httptest"
	"testing"

	api "example.com/shop/gen/catalog"
	"example.com/shop/pkg/web"
	"example.com/shop/services/catalog/store"
)

func TestCatalog(t *testing.T) {
	ctx := context.Background()
	products, err := store.Open(ctx, "")
	if err != nil {
		t.Fatal(err)
	}
	server := httptest.NewServer(New(products))
	defer server.Close()
	client := api.NewClient(server.URL)

	all, err := client.ListProducts(ctx)
	if err != nil || len(all) != 3 || all[0].SKU != "cup" {
		t.Fatalf("got %v, %v", all, err)
	}
	if p, err := client.GetProduct(ctx, "mill"); err != nil || p.Price.String() != "119.00 EUR" {
		t.Fatalf("got %v, %v", p, err)
	}
	if _, err := client.GetProduct(ctx, "yacht"); web.Status(err) != http.StatusNotFound {
		t.Fatalf("got %v", err)
	}
}
