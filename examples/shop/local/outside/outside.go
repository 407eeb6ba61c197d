// Package outside plays the companies that the shop works with, for a shop on one machine.
package outside

import (
	"net/http"
	"sync"

	"example.com/shop/gen/cardgate"
	"example.com/shop/gen/carrier"
	"example.com/shop/gen/mailer"
	"example.com/shop/pkg/web"
)

// World is all of them behind one address.
type World struct {
	mu    sync.Mutex
	mails []mailer.Message
}

// RefusedCard is the one card that Cardgate does not like.
const RefusedCard = "tok_refused"

// Handler answers for Cardgate, Swiftparcel and Postbird.
func (w *World) Handler() http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("POST /v1/charges", web.Handle(func(r *http.Request) (cardgate.Receipt, error) {
		in, err := web.Read[cardgate.Charge](r)
		if err == nil && in.Card == RefusedCard {
			err = web.Errorf(http.StatusPaymentRequired, "refused")
		}
		return cardgate.Receipt{ID: "ch_" + in.Reference}, err
	}))
	mux.HandleFunc("POST /v1/refunds", web.Handle(func(r *http.Request) (cardgate.Receipt, error) {
		in, err := web.Read[cardgate.Refund](r)
		return cardgate.Receipt{ID: "re_" + in.Charge}, err
	}))
	mux.HandleFunc("POST /v1/parcels", web.Handle(func(r *http.Request) (carrier.Label, error) {
		in, err := web.Read[carrier.Parcel](r)
		return carrier.Label{Tracking: "SP" + in.Reference}, err
	}))
	mux.HandleFunc("POST /v1/messages", web.Handle(func(r *http.Request) (struct{}, error) {
		in, err := web.Read[mailer.Message](r)
		w.mu.Lock()
		defer w.mu.Unlock()
		w.mails = append(w.mails, in)
		return struct{}{}, err
	}))
	return mux
}

// Mails are those sent so far.
func (w *World) Mails() []mailer.Message {
	w.mu.Lock()
	defer w.mu.Unlock()
	return append([]mailer.Message(nil), w.mails...)
}
