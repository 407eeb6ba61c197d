// Command notifications mails customers.
package main

import (
	"log"
	"net/http"

	"example.com/shop/gen/mailer"
	"example.com/shop/pkg/events"
	"example.com/shop/pkg/web"
	"example.com/shop/services/notifications"
)

func main() {
	bus, err := events.Open(web.Env("NATS_ADDR", ""))
	if err != nil {
		log.Fatal(err)
	}
	mail := mailer.NewClient(web.Env("MAIL_URL", "https://api.postbird.example"))
	if err := notifications.Start(bus, mail); err != nil {
		log.Fatal(err)
	}
	web.Run("notifications", ":8085", http.NotFoundHandler())
}
