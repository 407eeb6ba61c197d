// Package catalog is the service that knows what is for sale.
package catalog

import (
	"context"
	"errors"
	"net/http"

	api "example.com/shop/gen/catalog"
	"example.com/shop/pkg/tables"
	"example.com/shop/pkg/web"
	"example.com/shop/services/catalog/store"
)

// New serves the Catalog API.
func New(products store.Products) http.Handler {
	mux := http.NewServeMux()
	api.Register(mux, server{products})
	return mux
}

type server struct{ products store.Products }

func (s server) ListProducts(ctx context.Context) ([]api.Product, error) {
	all, err := s.products.All(ctx)
	if err != nil {
		return nil, err
	}
	out := make([]api.Product, len(all))
	for i, p := range all {
		out[i] = api.Product(p)
	}
	return out, nil
}

func (s server) GetProduct(ctx context.Context, sku string) (api.Product, error) {
	p, err := s.products.Get(ctx, sku)
	if errors.Is(err, tables.ErrNotFound) {
		return api.Product{}, web.Errorf(http.StatusNotFound, "there is no product %q", sku)
	}
	return api.Product(p), err
}
