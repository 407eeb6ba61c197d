// Package api answers the Orders API.
package api

import (
	"context"
	"errors"
	"net/http"

	"example.com/shop/gen/orders"
	"example.com/shop/pkg/tables"
	"example.com/shop/pkg/web"
	"example.com/shop/services/checkout/cart"
	"example.com/shop/services/checkout/ordering"
	"example.com/shop/services/checkout/store"
)

// Server implements orders.Server.
type Server struct {
	Desk *ordering.Desk
}

// AddItem implements orders.Server.
func (s Server) AddItem(ctx context.Context, name string, in orders.AddItem) (orders.Cart, error) {
	c, err := s.Desk.Carts.Add(ctx, name, in.SKU, in.Quantity)
	if errors.Is(err, cart.ErrQuantity) {
		return orders.Cart{}, web.Errorf(http.StatusUnprocessableEntity, "%v", err)
	}
	return orders.Cart(c), err
}

// PlaceOrder implements orders.Server.
func (s Server) PlaceOrder(ctx context.Context, in orders.PlaceOrder) (orders.Order, error) {
	order, err := s.Desk.Place(ctx, ordering.Request(in))
	if errors.Is(err, ordering.ErrEmpty) {
		return orders.Order{}, web.Errorf(http.StatusConflict, "%v", err)
	}
	return answer(order), err
}

// GetOrder implements orders.Server.
func (s Server) GetOrder(ctx context.Context, id string) (orders.Order, error) {
	order, err := s.Desk.Orders.Get(ctx, id)
	if errors.Is(err, tables.ErrNotFound) {
		return orders.Order{}, web.Errorf(http.StatusNotFound, "there is no order %q", id)
	}
	return answer(order), err
}

// ListOrders implements orders.Server.
func (s Server) ListOrders(ctx context.Context) ([]orders.Order, error) {
	all, err := s.Desk.Orders.All(ctx)
	if err != nil {
		return nil, err
	}
	out := make([]orders.Order, len(all))
	for i, order := range all {
		out[i] = answer(order)
	}
	return out, nil
}

func answer(o store.Order) orders.Order {
	return orders.Order{ID: o.ID, Email: o.Email, Address: o.Address, Status: o.Status, Total: o.Total}
}
