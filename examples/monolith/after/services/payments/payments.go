// Package payments takes money.
package payments

import (
	"errors"

	api "example.com/shop/api/payments"
	"example.com/shop/services/payments/ledger"
)

// Limit is what one card may pay, in cents.
const Limit = 100000

// ErrRefused is a card that may not pay so much.
var ErrRefused = errors.New("the card was refused")

// Service answers the Payments API.
type Service struct{ Ledger *ledger.Table }

// Charge implements api.Server. It cannot touch the order: that is another service's.
func (s Service) Charge(in api.Charge) (api.Receipt, error) {
	if in.Cents > Limit {
		return api.Receipt{}, ErrRefused
	}
	return api.Receipt{Number: s.Ledger.Add(in.Order, in.Cents)}, nil
}
