// Package storefront is what customers see.
package storefront

import (
	"context"
	_ "embed"
	"errors"
	"html/template"
	"log/slog"
	"net/http"

	"example.com/shop/gen/catalog"
	"example.com/shop/gen/orders"
	"example.com/shop/gen/shippingpb"
	"example.com/shop/pkg/web"
)

//go:embed pages.html
var pages string

// Needs is what the service uses.
type Needs struct {
	Catalog  *catalog.Client
	Orders   *orders.Client
	Shipping *shippingpb.ShippingClient
}

// New serves the pages.
func New(n Needs) http.Handler {
	s := &site{n, template.Must(template.New("").Parse(pages))}
	mux := http.NewServeMux()
	mux.HandleFunc("GET /{$}", s.page("products", s.products))
	mux.HandleFunc("POST /cart", s.page("cart", s.add))
	mux.HandleFunc("POST /orders", s.page("order", s.place))
	mux.HandleFunc("GET /orders/{id}", s.page("order", s.order))
	return mux
}

type site struct {
	Needs
	pages *template.Template
}

// page answers with a page filled by a function of the request.
func (s *site) page(name string, fill func(*http.Request) (any, error)) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		data, err := fill(r)
		if err != nil {
			fail(w, err)
			return
		}
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		if err := s.pages.ExecuteTemplate(w, name, data); err != nil {
			slog.Error("writing a page", "page", name, "error", err)
		}
	}
}

func fail(w http.ResponseWriter, err error) {
	var e *web.Error
	if errors.As(err, &e) && e.Status < 500 {
		http.Error(w, e.Message, e.Status)
		return
	}
	slog.Error("request failed", "error", err)
	http.Error(w, "Something went wrong. Nothing was charged twice.", http.StatusBadGateway)
}

func (s *site) products(r *http.Request) (any, error) { return s.Catalog.ListProducts(r.Context()) }

func (s *site) add(r *http.Request) (any, error) {
	return s.Orders.AddItem(r.Context(), r.FormValue("cart"), orders.AddItem{SKU: r.FormValue("sku"), Quantity: 1})
}

func (s *site) place(r *http.Request) (any, error) {
	order, err := s.Orders.PlaceOrder(r.Context(), orders.PlaceOrder{
		Cart: r.FormValue("cart"), Email: r.FormValue("email"), Address: r.FormValue("address"), Card: r.FormValue("card"),
	})
	return s.tracked(r.Context(), order), err
}

func (s *site) order(r *http.Request) (any, error) {
	order, err := s.Orders.GetOrder(r.Context(), r.PathValue("id"))
	return s.tracked(r.Context(), order), err
}

type trackedOrder struct {
	orders.Order
	Parcel *shippingpb.TrackResponse // nil until it is sent
}

// tracked adds where the parcel is. A page about an order is worth showing without.
func (s *site) tracked(ctx context.Context, o orders.Order) trackedOrder {
	out := trackedOrder{Order: o}
	if p, err := s.Shipping.Track(ctx, &shippingpb.TrackRequest{OrderID: o.ID}); err == nil {
		out.Parcel = p
	}
	return out
}
