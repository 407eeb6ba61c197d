// Package ordering turns carts into paid orders.
package ordering

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"

	"example.com/shop/gen/paymentspb"
	"example.com/shop/pkg/events"
	"example.com/shop/services/checkout/cart"
	"example.com/shop/services/checkout/store"
)

// Payments is what ordering asks the Payments API.
type Payments interface {
	Charge(ctx context.Context, in *paymentspb.ChargeRequest) (*paymentspb.ChargeResponse, error)
}

// Desk takes orders.
type Desk struct {
	Carts    *cart.Carts
	Orders   store.Orders
	Payments Payments
	Events   events.Bus
}

// ErrEmpty is an order of nothing.
var ErrEmpty = errors.New("ordering: the cart is empty")

// Request is who wants what, and where to.
type Request struct {
	Cart, Email, Address, Card string
}

// Place writes the order down, takes the money, and tells the others. An order that could not be paid
// stays as placed, so that support can see it.
func (d *Desk) Place(ctx context.Context, r Request) (store.Order, error) {
	c, err := d.Carts.Get(ctx, r.Cart)
	if err != nil {
		return store.Order{}, err
	}
	if len(c.Items) == 0 {
		return store.Order{}, ErrEmpty
	}
	order := store.Order{
		ID: rand.Text()[:12], Email: r.Email, Address: r.Address,
		Status: store.Placed, Items: c.Items, Total: c.Total,
	}
	if err := d.Orders.Put(ctx, order.ID, order); err != nil {
		return store.Order{}, err
	}
	charge := &paymentspb.ChargeRequest{OrderID: order.ID, Card: r.Card, Amount: order.Total}
	if _, err := d.Payments.Charge(ctx, charge); err != nil {
		return store.Order{}, fmt.Errorf("order %s: %w", order.ID, err)
	}
	order.Status = store.Paid
	if err := d.Orders.Put(ctx, order.ID, order); err != nil {
		return store.Order{}, err
	}
	d.Carts.Drop(r.Cart)
	return order, d.Events.Publish(ctx, events.TopicOrderPlaced, events.OrderPlaced{
		OrderID: order.ID, Email: order.Email, Address: order.Address, Items: order.Items, Total: order.Total,
	})
}
