package payments

import (
	"errors"
	"testing"

	api "example.com/shop/api/payments"
	"example.com/shop/services/payments/ledger"
)

// No database and no other service is needed to test this one.
func TestCharge(t *testing.T) {
	s := Service{Ledger: ledger.Open()}
	if receipt, err := s.Charge(api.Charge{Order: 1, Cents: 1290}); err != nil || receipt.Number != 1 {
		t.Errorf("got %v, %v", receipt, err)
	}
	if _, err := s.Charge(api.Charge{Order: 2, Cents: Limit + 1}); !errors.Is(err, ErrRefused) {
		t.Errorf("got %v", err)
	}
}
