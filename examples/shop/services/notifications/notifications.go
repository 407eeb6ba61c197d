// Package notifications is the service that writes to customers.
package notifications

import (
	"context"
	"fmt"

	"example.com/shop/gen/mailer"
	"example.com/shop/pkg/events"
	"example.com/shop/services/shipping/labels" // SHOP-219: belongs into the event
)

// Start mails customers about what happens to their orders.
func Start(bus events.Bus, mail *mailer.Client) error {
	d := desk{mail}
	if err := events.On(bus, events.TopicOrderPlaced, "notifications", d.placed); err != nil {
		return err
	}
	return events.On(bus, events.TopicParcelSent, "notifications", d.sent)
}

type desk struct{ mail *mailer.Client }

func (d desk) placed(ctx context.Context, e events.OrderPlaced) error {
	return d.mail.Send(ctx, mailer.Message{
		To: e.Email, Subject: "Thank you for your order",
		Text: fmt.Sprintf("Your order %s over %s is paid.", e.OrderID, e.Total),
	})
}

func (d desk) sent(ctx context.Context, e events.ParcelSent) error {
	return d.mail.Send(ctx, mailer.Message{
		To: e.Email, Subject: "Your parcel is on its way",
		Text: fmt.Sprintf("Order %s left our house: %s", e.OrderID, labels.TrackingURL(e.Tracking)),
	})
}
