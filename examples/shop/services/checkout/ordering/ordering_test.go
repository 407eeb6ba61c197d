package ordering

import (
	"context"
	"errors"
	"testing"

	"example.com/shop/gen/catalog"
	"example.com/shop/gen/paymentspb"
	"example.com/shop/pkg/events"
	"example.com/shop/pkg/money"
	"example.com/shop/pkg/tables"
	"example.com/shop/services/checkout/cart"
	"example.com/shop/services/checkout/store"
)

type oneEuro struct{}

func (oneEuro) GetProduct(_ context.Context, sku string) (catalog.Product, error) {
	return catalog.Product{SKU: sku, Price: money.EUR(100)}, nil
}

type till struct{ refuse error }

func (t till) Charge(context.Context, *paymentspb.ChargeRequest) (*paymentspb.ChargeResponse, error) {
	return &paymentspb.ChargeResponse{PaymentID: "p-1"}, t.refuse
}

func TestPlace(t *testing.T) {
	ctx := context.Background()
	bus := events.NewMemory()
	var told []events.OrderPlaced
	err := events.On(bus, events.TopicOrderPlaced, "test", func(_ context.Context, e events.OrderPlaced) error {
		told = append(told, e)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	desk := &Desk{Carts: cart.New(oneEuro{}), Orders: tables.NewMemory[store.Order](), Payments: till{}, Events: bus}

	if _, err := desk.Place(ctx, Request{Cart: "ann"}); !errors.Is(err, ErrEmpty) {
		t.Fatalf("an order of nothing: %v", err)
	}
	if _, err := desk.Carts.Add(ctx, "ann", "cup", 3); err != nil {
		t.Fatal(err)
	}
	order, err := desk.Place(ctx, Request{Cart: "ann", Email: "ann@example.com"})
	if err != nil || order.Status != store.Paid || order.Total != money.EUR(300) {
		t.Fatalf("got %+v, %v", order, err)
	}
	if len(told) != 1 || told[0].OrderID != order.ID {
		t.Fatalf("told %+v", told)
	}
	if c, _ := desk.Carts.Get(ctx, "ann"); len(c.Items) != 0 {
		t.Fatal("the cart is still full")
	}
}

func TestRefusedCard(t *testing.T) {
	ctx := context.Background()
	refused := errors.New("card refused")
	desk := &Desk{
		Carts: cart.New(oneEuro{}), Orders: tables.NewMemory[store.Order](), Payments: till{refused}, Events: events.NewMemory(),
	}
	if _, err := desk.Carts.Add(ctx, "ann", "cup", 1); err != nil {
		t.Fatal(err)
	}
	if _, err := desk.Place(ctx, Request{Cart: "ann"}); !errors.Is(err, refused) {
		t.Fatalf("got %v", err)
	}
	all, err := desk.Orders.All(ctx)
	if err != nil || len(all) != 1 || all[0].Status != store.Placed {
		t.Fatalf("support cannot see the order: %+v, %v", all, err)
	}
}
