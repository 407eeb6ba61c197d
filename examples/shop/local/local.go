// Package local runs the whole shop in one process, with everything in memory: for a first look, and
// for the tests that go all the way through.
package local

import (
	"context"
	"net"
	"net/http"

	"example.com/shop/gen/cardgate"
	"example.com/shop/gen/carrier"
	"example.com/shop/gen/catalog"
	"example.com/shop/gen/mailer"
	"example.com/shop/gen/orders"
	"example.com/shop/gen/paymentspb"
	"example.com/shop/gen/shippingpb"
	"example.com/shop/local/outside"
	"example.com/shop/pkg/events"
	"example.com/shop/services/backoffice"
	catalogservice "example.com/shop/services/catalog"
	catalogstore "example.com/shop/services/catalog/store"
	"example.com/shop/services/checkout"
	orderstore "example.com/shop/services/checkout/store"
	"example.com/shop/services/notifications"
	"example.com/shop/services/payments"
	"example.com/shop/services/payments/ledger"
	"example.com/shop/services/reporting"
	"example.com/shop/services/shipping"
	parcelstore "example.com/shop/services/shipping/store"
	"example.com/shop/services/storefront"
)

// Shop is a running shop.
type Shop struct {
	World      *outside.World
	Storefront http.Handler
	Backoffice http.Handler
	Reporting  http.Handler

	servers []*http.Server
}

// Start starts a shop. Its services talk to one another over HTTP, as they do elsewhere.
func Start() (*Shop, error) {
	products, err := catalogstore.Open(context.Background(), "")
	if err != nil {
		return nil, err
	}
	orderTable, err := orderstore.Open("")
	if err != nil {
		return nil, err
	}
	entries, err := ledger.Open("")
	if err != nil {
		return nil, err
	}
	parcels, err := parcelstore.Open("")
	if err != nil {
		return nil, err
	}
	s := &Shop{World: &outside.World{}}
	bus := events.NewMemory()
	world := s.serve(s.World.Handler())
	catalogURL := s.serve(catalogservice.New(products))
	paymentsURL := s.serve(payments.New(payments.Needs{Cardgate: cardgate.NewClient(world), Ledger: entries, Events: bus}))
	checkoutURL := s.serve(checkout.New(checkout.Needs{
		Catalog: catalog.NewClient(catalogURL), Payments: paymentspb.NewPaymentsClient(paymentsURL), Orders: orderTable, Events: bus,
	}))
	if err := notifications.Start(bus, mailer.NewClient(world)); err != nil {
		return nil, err
	}
	sending, err := shipping.New(shipping.Needs{Carrier: carrier.NewClient(world), Parcels: parcels, Events: bus})
	if err != nil {
		return nil, err
	}
	shippingURL := s.serve(sending)
	if s.Reporting, err = reporting.New(bus); err != nil {
		return nil, err
	}
	s.Backoffice = backoffice.New(backoffice.Needs{
		Orders: orders.NewClient(checkoutURL), Payments: paymentspb.NewPaymentsClient(paymentsURL),
	})
	s.Storefront = storefront.New(storefront.Needs{
		Catalog: catalog.NewClient(catalogURL), Orders: orders.NewClient(checkoutURL), Shipping: shippingpb.NewShippingClient(shippingURL),
	})
	return s, nil
}

// serve answers on a free port of this machine.
func (s *Shop) serve(h http.Handler) string {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		panic(err) // no port is free: there is nothing left to do
	}
	server := &http.Server{Handler: h}
	s.servers = append(s.servers, server)
	go server.Serve(l)
	return "http://" + l.Addr().String()
}

// Close stops everything.
func (s *Shop) Close() {
	for _, server := range s.servers {
		server.Close()
	}
}
