package payments

import (
	"context"
	"net/http"
	"net/http/httptest"
	"testing"

	"example.com/shop/gen/cardgate"
	"example.com/shop/gen/paymentspb"
	"example.com/shop/pkg/events"
	"example.com/shop/pkg/money"
	"example.com/shop/pkg/web"
	"example.com/shop/services/payments/ledger"
)

func TestMoneyMovesOnce(t *testing.T) {
	calls := map[string]int{}
	gate := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		calls[r.URL.Path]++
		w.Write([]byte(`{"id":"ch-1"}`))
	}))
	defer gate.Close()
	entries, err := ledger.Open("")
	if err != nil {
		t.Fatal(err)
	}
	service := httptest.NewServer(New(Needs{cardgate.NewClient(gate.URL), entries, events.NewMemory()}))
	defer service.Close()
	client := paymentspb.NewPaymentsClient(service.URL)

	ctx := context.Background()
	for range 2 {
		out, err := client.Charge(ctx, &paymentspb.ChargeRequest{OrderID: "o-1", Card: "tok", Amount: money.EUR(500)})
		if err != nil || out.PaymentID != "ch-1" {
			t.Fatalf("got %v, %v", out, err)
		}
	}
	for range 2 {
		out, err := client.Refund(ctx, &paymentspb.RefundRequest{OrderID: "o-1"})
		if err != nil || out.Amount != money.EUR(500) {
			t.Fatalf("got %v, %v", out, err)
		}
	}
	if calls["/v1/charges"] != 1 || calls["/v1/refunds"] != 1 {
		t.Fatalf("Cardgate was asked %v", calls)
	}
	if _, err := client.Refund(ctx, &paymentspb.RefundRequest{OrderID: "o-2"}); web.Status(err) != http.StatusNotFound {
		t.Fatalf("got %v", err)
	}
}
