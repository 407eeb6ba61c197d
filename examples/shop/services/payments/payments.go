// Package payments is the one service that moves money, and the only one that talks to Cardgate.
package payments

import (
	"context"
	"errors"
	"net/http"

	"example.com/shop/gen/cardgate"
	"example.com/shop/gen/paymentspb"
	"example.com/shop/pkg/events"
	"example.com/shop/pkg/tables"
	"example.com/shop/pkg/web"
	"example.com/shop/services/payments/ledger"
)

// Needs is what the service uses.
type Needs struct {
	Cardgate *cardgate.Client
	Ledger   ledger.Ledger
	Events   events.Bus
}

// New serves the Payments API.
func New(n Needs) http.Handler {
	mux := http.NewServeMux()
	paymentspb.RegisterPaymentsServer(mux, server(n))
	return mux
}

type server Needs

// Charge takes the money of an order once, however often it is asked.
func (s server) Charge(ctx context.Context, in *paymentspb.ChargeRequest) (*paymentspb.ChargeResponse, error) {
	switch entry, err := s.Ledger.Get(ctx, in.OrderID); {
	case err == nil:
		return &paymentspb.ChargeResponse{PaymentID: entry.Charge}, nil
	case !errors.Is(err, tables.ErrNotFound):
		return nil, err
	}
	receipt, err := s.Cardgate.CreateCharge(ctx, cardgate.Charge{
		Reference: in.OrderID, Card: in.Card, Amount: in.Amount.Minor, Currency: in.Amount.Currency,
	})
	if err != nil {
		return nil, web.Errorf(http.StatusPaymentRequired, "the card was refused")
	}
	entry := ledger.Entry{OrderID: in.OrderID, Charge: receipt.ID, Amount: in.Amount}
	if err := s.Ledger.Put(ctx, in.OrderID, entry); err != nil {
		return nil, err
	}
	return &paymentspb.ChargeResponse{PaymentID: receipt.ID}, nil
}

// Refund gives the money of an order back, once.
func (s server) Refund(ctx context.Context, in *paymentspb.RefundRequest) (*paymentspb.RefundResponse, error) {
	entry, err := s.Ledger.Get(ctx, in.OrderID)
	if errors.Is(err, tables.ErrNotFound) {
		return nil, web.Errorf(http.StatusNotFound, "order %q was never paid", in.OrderID)
	}
	if err != nil {
		return nil, err
	}
	if entry.Refunded {
		return &paymentspb.RefundResponse{Amount: entry.Amount}, nil
	}
	if _, err := s.Cardgate.CreateRefund(ctx, cardgate.Refund{Charge: entry.Charge}); err != nil {
		return nil, err
	}
	entry.Refunded = true
	if err := s.Ledger.Put(ctx, in.OrderID, entry); err != nil {
		return nil, err
	}
	refunded := events.PaymentRefunded{OrderID: in.OrderID, Amount: entry.Amount}
	return &paymentspb.RefundResponse{Amount: entry.Amount}, s.Events.Publish(ctx, events.TopicPaymentRefunded, refunded)
}
