// Package catalog knows what is for sale.
package catalog

import (
	"fmt"
	"maps"
	"slices"

	api "example.com/shop/api/catalog"
	"example.com/shop/services/catalog/products"
)

// Service answers the Catalog API.
type Service struct{ Products products.Table }

// List implements api.Server.
func (s Service) List() []string { return slices.Sorted(maps.Keys(s.Products)) }

// Price implements api.Server.
func (s Service) Price(in api.PriceOf) (api.Price, error) {
	p, ok := s.Products[in.SKU]
	if !ok {
		return api.Price{}, fmt.Errorf("there is no %q", in.SKU)
	}
	return api.Price{Cents: p.Cents}, nil
}
