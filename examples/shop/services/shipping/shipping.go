// Package shipping is the service that sends what was ordered.
package shipping

import (
	"context"
	"errors"
	"net/http"

	"example.com/shop/gen/carrier"
	"example.com/shop/gen/shippingpb"
	"example.com/shop/pkg/events"
	"example.com/shop/pkg/tables"
	"example.com/shop/pkg/web"
	"example.com/shop/services/shipping/labels"
	"example.com/shop/services/shipping/store"
)

const gramsAPiece = 400

// Needs is what the service uses.
type Needs struct {
	Carrier *carrier.Client
	Parcels store.Parcels
	Events  events.Bus
}

// New serves the Shipping API and sends a parcel for every order.
func New(n Needs) (http.Handler, error) {
	s := server(n)
	mux := http.NewServeMux()
	shippingpb.RegisterShippingServer(mux, s)
	return mux, events.On(n.Events, events.TopicOrderPlaced, "shipping", s.send)
}

type server Needs

// send gives an order to the carrier, once.
func (s server) send(ctx context.Context, e events.OrderPlaced) error {
	switch _, err := s.Parcels.Get(ctx, e.OrderID); {
	case err == nil:
		return nil
	case !errors.Is(err, tables.ErrNotFound):
		return err
	}
	pieces := 0
	for _, quantity := range e.Items {
		pieces += quantity
	}
	label, err := s.Carrier.CreateParcel(ctx, carrier.Parcel{Reference: e.OrderID, Address: e.Address, Grams: pieces * gramsAPiece})
	if err != nil {
		return err
	}
	if err := s.Parcels.Put(ctx, e.OrderID, store.Parcel{OrderID: e.OrderID, Tracking: label.Tracking}); err != nil {
		return err
	}
	sent := events.ParcelSent{OrderID: e.OrderID, Email: e.Email, Tracking: label.Tracking}
	return s.Events.Publish(ctx, events.TopicParcelSent, sent)
}

// Track implements shippingpb.ShippingServer.
func (s server) Track(ctx context.Context, in *shippingpb.TrackRequest) (*shippingpb.TrackResponse, error) {
	p, err := s.Parcels.Get(ctx, in.OrderID)
	if errors.Is(err, tables.ErrNotFound) {
		return nil, web.Errorf(http.StatusNotFound, "order %q is not on its way yet", in.OrderID)
	}
	return &shippingpb.TrackResponse{Tracking: p.Tracking, Carrier: labels.Carrier}, err
}
