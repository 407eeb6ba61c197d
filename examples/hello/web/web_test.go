package web

import (
	"net/http/httptest"
	"strings"
	"testing"

	"example.com/hello/visits"
)

func TestHandler(t *testing.T) {
	handler := Handler(visits.New())
	for _, want := range []string{"This is visit 1.\n", "This is visit 2.\n"} {
		rec := httptest.NewRecorder()
		handler.ServeHTTP(rec, httptest.NewRequest("GET", "/?name=Ada", nil))
		if got := rec.Body.String(); !strings.HasSuffix(got, want) {
			t.Errorf("got %q, want %q at its end", got, want)
		}
	}
}
