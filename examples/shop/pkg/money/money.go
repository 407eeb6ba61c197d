// Package money is amounts of one currency, in its smallest unit, so that no cent is lost to rounding.
package money

import (
	"errors"
	"fmt"
)

// Amount is a sum of money.
type Amount struct {
	Minor    int64  `json:"minor"` // cents
	Currency string `json:"currency"`
}

// ErrCurrency is adding amounts of different currencies.
var ErrCurrency = errors.New("money: different currencies")

// EUR is an amount in euro cents.
func EUR(minor int64) Amount { return Amount{Minor: minor, Currency: "EUR"} }

// Add returns the sum. The zero Amount has no currency yet and adds to any.
func (a Amount) Add(b Amount) (Amount, error) {
	switch {
	case a == Amount{}:
		return b, nil
	case b == Amount{}:
		return a, nil
	case a.Currency != b.Currency:
		return Amount{}, ErrCurrency
	}
	return Amount{Minor: a.Minor + b.Minor, Currency: a.Currency}, nil
}

// Times returns the amount n times.
func (a Amount) Times(n int) Amount { return Amount{Minor: a.Minor * int64(n), Currency: a.Currency} }

func (a Amount) String() string {
	sign, minor := "", a.Minor
	if minor < 0 {
		sign, minor = "-", -minor
	}
	return fmt.Sprintf("%s%d.%02d %s", sign, minor/100, minor%100, a.Currency)
}
