package web

import (
	"net/http/httptest"
	"testing"

	"example.com/hello/visits"
)

func TestHandler(t *testing.T) {
	handler := Handler(visits.New())
	for _, want := range []string{"Hello, Ada! This is visit 1.\n", "Hello, Ada! This is visit 2.\n"} {
		rec := httptest.NewRecorder()
		handler.ServeHTTP(rec, httptest.NewRequest("GET", "/?name=Ada", nil))
		if got := rec.Body.String(); got != want {
			t.Errorf("got %q, want %q", got, want)
		}
	}
}
