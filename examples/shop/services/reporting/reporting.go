// Package reporting adds up what the shop sold.
package reporting

import (
	"context"
	"net/http"
	"sync"

	"example.com/shop/pkg/events"
	"example.com/shop/pkg/money"
	"example.com/shop/pkg/web"
)

// Report is what was sold since the service was started.
type Report struct {
	Orders   int          `json:"orders"`
	Refunds  int          `json:"refunds"`
	Turnover money.Amount `json:"turnover"`
}

// New serves the report and listens to what it is made of.
func New(bus events.Bus) (http.Handler, error) {
	s := &sums{}
	if err := events.On(bus, events.TopicOrderPlaced, "reporting", s.placed); err != nil {
		return nil, err
	}
	if err := events.On(bus, events.TopicPaymentRefunded, "reporting", s.refunded); err != nil {
		return nil, err
	}
	mux := http.NewServeMux()
	mux.HandleFunc("GET /report", web.Handle(s.report))
	return mux, nil
}

type sums struct {
	mu sync.Mutex
	Report
}

func (s *sums) placed(_ context.Context, e events.OrderPlaced) (err error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.Orders++
	s.Turnover, err = s.Turnover.Add(e.Total)
	return err
}

func (s *sums) refunded(_ context.Context, e events.PaymentRefunded) (err error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.Refunds++
	s.Turnover, err = s.Turnover.Add(e.Amount.Times(-1))
	return err
}

func (s *sums) report(*http.Request) (Report, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.Report, nil
}
