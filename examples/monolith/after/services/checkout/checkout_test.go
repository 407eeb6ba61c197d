package checkout

import (
	"errors"
	"net/http/httptest"
	"testing"

	"example.com/shop/api/catalog"
	api "example.com/shop/api/checkout"
	"example.com/shop/api/payments"
	"example.com/shop/services/checkout/orders"
)

type cheap struct{}

func (cheap) Price(catalog.PriceOf) (catalog.Price, error) { return catalog.Price{Cents: 1}, nil }

type till struct{ err error }

func (t till) Charge(payments.Charge) (payments.Receipt, error) {
	return payments.Receipt{Number: 7}, t.err
}

// The other services are two small stand-ins; the API is the real one.
func TestBuy(t *testing.T) {
	server := httptest.NewServer(api.Handler(Service{orders.Open(), cheap{}, till{}}))
	defer server.Close()
	if o, err := api.Client(server.URL).Buy(api.Buy{SKU: "cup"}); err != nil || o != (api.Order{ID: 1, SKU: "cup"}) {
		t.Errorf("got %v, %v", o, err)
	}
	refused := errors.New("refused")
	if _, err := (Service{orders.Open(), cheap{}, till{refused}}).Buy(api.Buy{SKU: "cup"}); !errors.Is(err, refused) {
		t.Errorf("got %v", err)
	}
}
