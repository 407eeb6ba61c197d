// Package web answers visitors.
package web

import (
	"fmt"
	"net/http"

	"example.com/hello/greeting"
	"example.com/hello/visits"
)

// Handler greets, and counts.
func Handler(book *visits.Book) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		name := r.FormValue("name")
		fmt.Fprintf(w, "%s This is visit %d.\n", greeting.For(name), book.Add(name))
	})
}
