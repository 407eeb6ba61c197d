// Package payments takes money.
package payments

import (
	"errors"

	"example.com/shop/database"
)

// Limit is what one card may pay, in cents.
const Limit = 100000

// ErrRefused is a card that may not pay so much.
var ErrRefused = errors.New("the card was refused")

// Payments takes money for orders.
type Payments struct{ DB *database.DB }

// Charge takes the money of an order. It marks the order itself: the table is at hand.
func (p Payments) Charge(order int) error {
	p.DB.Lock()
	defer p.DB.Unlock()
	o := p.DB.Orders[order]
	if o.Cents > Limit {
		return ErrRefused
	}
	o.Paid = true
	return nil
}
