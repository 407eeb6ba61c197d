package main

import (
	"net/http/httptest"
	"strings"
	"testing"
)

func TestBuy(t *testing.T) {
	handler := shop()
	for path, want := range map[string]string{
		"/buy/cup":   "cup is yours",
		"/buy/yacht": "the card was refused",
		"/buy/moon":  `there is no "moon"`,
	} {
		rec := httptest.NewRecorder()
		handler.ServeHTTP(rec, httptest.NewRequest("POST", path, nil))
		if got := rec.Body.String(); !strings.Contains(got, want) {
			t.Errorf("%s: got %q, want %q", path, got, want)
		}
	}
}
