package local

import (
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"example.com/shop/gen/orders"
	"example.com/shop/local/outside"
	"example.com/shop/services/reporting"
)

func TestBuyAndGiveBack(t *testing.T) {
	shop, err := Start()
	if err != nil {
		t.Fatal(err)
	}
	defer shop.Close()

	if page := ask(t, shop.Storefront, "GET", "/", nil); !strings.Contains(page, "Hand mill") {
		t.Fatalf("no mill for sale:\n%s", page)
	}
	ask(t, shop.Storefront, "POST", "/cart", url.Values{"cart": {"ann"}, "sku": {"mill"}})
	page := ask(t, shop.Storefront, "POST", "/orders", url.Values{
		"cart": {"ann"}, "email": {"ann@example.com"}, "address": {"Here 1"}, "card": {"tok_1"},
	})
	if !strings.Contains(page, "119.00 EUR, paid. With Swiftparcel, number SP") {
		t.Fatalf("got:\n%s", page)
	}

	mails := shop.World.Mails()
	if len(mails) != 2 || mails[0].To != "ann@example.com" {
		t.Fatalf("got %+v", mails)
	}
	if all := mails[0].Text + mails[1].Text; !strings.Contains(all, "https://swiftparcel.example/track/SP") {
		t.Fatalf("no mail says where the parcel is: %s", all)
	}

	var list []orders.Order
	read(t, ask(t, shop.Backoffice, "GET", "/orders", nil), &list)
	if len(list) != 1 || list[0].Status != "paid" {
		t.Fatalf("got %+v", list)
	}
	ask(t, shop.Backoffice, "POST", "/orders/"+list[0].ID+"/refund", nil)
	var report reporting.Report
	read(t, ask(t, shop.Reporting, "GET", "/report", nil), &report)
	if report.Orders != 1 || report.Refunds != 1 || report.Turnover.Minor != 0 {
		t.Fatalf("got %+v", report)
	}
}

func TestRefusedCard(t *testing.T) {
	shop, err := Start()
	if err != nil {
		t.Fatal(err)
	}
	defer shop.Close()
	ask(t, shop.Storefront, "POST", "/cart", url.Values{"cart": {"bob"}, "sku": {"cup"}})
	rec := httptest.NewRecorder()
	shop.Storefront.ServeHTTP(rec, form("POST", "/orders", url.Values{"cart": {"bob"}, "card": {outside.RefusedCard}}))
	if rec.Code != http.StatusPaymentRequired || len(shop.World.Mails()) != 0 {
		t.Fatalf("status %d, mails %v", rec.Code, shop.World.Mails())
	}
}

func form(method, path string, values url.Values) *http.Request {
	r := httptest.NewRequest(method, path, strings.NewReader(values.Encode()))
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	return r
}

func ask(t *testing.T, h http.Handler, method, path string, values url.Values) string {
	t.Helper()
	rec := httptest.NewRecorder()
	h.ServeHTTP(rec, form(method, path, values))
	if rec.Code != http.StatusOK {
		t.Fatalf("%s %s: %d %s", method, path, rec.Code, rec.Body)
	}
	return rec.Body.String()
}

func read(t *testing.T, data string, v any) {
	t.Helper()
	if err := json.Unmarshal([]byte(data), v); err != nil {
		t.Fatalf("%v: %s", err, data)
	}
}
