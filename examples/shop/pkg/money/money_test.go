package money

import (
	"errors"
	"testing"
)

func TestAdd(t *testing.T) {
	sum, err := EUR(1999).Times(2).Add(EUR(450))
	if err != nil || sum != EUR(4448) {
		t.Fatalf("got %v, %v", sum, err)
	}
	if _, err := EUR(1).Add(Amount{Minor: 1, Currency: "USD"}); !errors.Is(err, ErrCurrency) {
		t.Fatalf("euros and dollars were added: %v", err)
	}
	if sum, err := (Amount{}).Add(EUR(5)); err != nil || sum != EUR(5) {
		t.Fatalf("nothing and 5 cents are %v, %v", sum, err)
	}
}

func TestString(t *testing.T) {
	for want, a := range map[string]Amount{"19.99 EUR": EUR(1999), "-0.05 EUR": EUR(-5), "0.00 EUR": EUR(0)} {
		if got := a.String(); got != want {
			t.Errorf("got %q, want %q", got, want)
		}
	}
}
