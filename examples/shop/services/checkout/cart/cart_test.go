package cart

import (
	"context"
	"errors"
	"testing"

	"example.com/shop/gen/catalog"
	"example.com/shop/pkg/money"
)

type prices map[string]int64

func (p prices) GetProduct(_ context.Context, sku string) (catalog.Product, error) {
	price, ok := p[sku]
	if !ok {
		return catalog.Product{}, errors.New("no such product")
	}
	return catalog.Product{SKU: sku, Price: money.EUR(price)}, nil
}

func TestTotal(t *testing.T) {
	ctx := context.Background()
	carts := New(prices{"cup": 1290, "mill": 11900})
	for sku, quantity := range map[string]int{"cup": 2, "mill": 1} {
		if _, err := carts.Add(ctx, "ann", sku, quantity); err != nil {
			t.Fatal(err)
		}
	}
	if got, err := carts.Get(ctx, "ann"); err != nil || got.Total != money.EUR(14480) {
		t.Fatalf("got %v, %v", got, err)
	}
	if got, _ := carts.Get(ctx, "bob"); len(got.Items) != 0 {
		t.Fatalf("bob has ann's things: %v", got)
	}
	if _, err := carts.Add(ctx, "ann", "cup", 0); !errors.Is(err, ErrQuantity) {
		t.Fatalf("none of something is in the cart: %v", err)
	}
	carts.Drop("ann")
	if got, _ := carts.Get(ctx, "ann"); len(got.Items) != 0 {
		t.Fatalf("the dropped cart still holds %v", got)
	}
}
