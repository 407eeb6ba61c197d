// Package events is what happened in the shop, and the bus that tells the others. The types are the
// contract between the services: they only grow.
package events

import (
	"context"
	"encoding/json"
	"fmt"
	"log/slog"
	"maps"
	"slices"
	"sync"

	"example.com/shop/pkg/money"
)

// The topics.
const (
	TopicOrderPlaced     = "orders.placed"
	TopicPaymentRefunded = "payments.refunded"
	TopicParcelSent      = "parcels.sent"
)

// OrderPlaced says that an order was paid.
type OrderPlaced struct {
	OrderID string         `json:"order_id"`
	Email   string         `json:"email"`
	Address string         `json:"address"`
	Items   map[string]int `json:"items"` // SKU → how many
	Total   money.Amount   `json:"total"`
}

// PaymentRefunded says that money went back.
type PaymentRefunded struct {
	OrderID string       `json:"order_id"`
	Amount  money.Amount `json:"amount"`
}

// ParcelSent says that an order is on its way.
type ParcelSent struct {
	OrderID  string `json:"order_id"`
	Email    string `json:"email"`
	Tracking string `json:"tracking"`
}

// Bus carries events.
type Bus interface {
	Publish(ctx context.Context, topic string, event any) error
	// Subscribe calls handle for each event of a topic. Of the subscribers of one group, one gets it.
	Subscribe(topic, group string, handle func(context.Context, []byte) error) error
}

// Open connects to the NATS server at addr; "" gives a bus inside this process.
func Open(addr string) (Bus, error) {
	if addr == "" {
		return NewMemory(), nil
	}
	return dial(addr)
}

// On subscribes with a handler of the event's own type.
func On[E any](bus Bus, topic, group string, handle func(context.Context, E) error) error {
	return bus.Subscribe(topic, group, func(ctx context.Context, data []byte) error {
		var event E
		if err := json.Unmarshal(data, &event); err != nil {
			return fmt.Errorf("%s: %w", topic, err)
		}
		return handle(ctx, event)
	})
}

// Memory is a bus inside one process. Publish returns when all handlers have.
type Memory struct {
	mu       sync.RWMutex
	handlers map[string]map[string]func(context.Context, []byte) error // topic → group
}

// NewMemory makes a bus without subscribers.
func NewMemory() *Memory {
	return &Memory{handlers: map[string]map[string]func(context.Context, []byte) error{}}
}

// Publish implements Bus. What a handler does not manage is not the publisher's fault: it is logged.
func (m *Memory) Publish(ctx context.Context, topic string, event any) error {
	data, err := json.Marshal(event)
	if err != nil {
		return err
	}
	m.mu.RLock()
	handlers := maps.Clone(m.handlers[topic])
	m.mu.RUnlock()
	for _, group := range slices.Sorted(maps.Keys(handlers)) {
		if err := handlers[group](ctx, data); err != nil {
			slog.Error("handling an event", "topic", topic, "group", group, "error", err)
		}
	}
	return nil
}

// Subscribe implements Bus.
func (m *Memory) Subscribe(topic, group string, handle func(context.Context, []byte) error) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.handlers[topic] == nil {
		m.handlers[topic] = map[string]func(context.Context, []byte) error{}
	}
	m.handlers[topic][group] = handle
	return nil
}
