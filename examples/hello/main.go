// Command hello greets whoever visits http://localhost:8080/?name=Ada.
package main

import (
	"log"
	"net/http"

	"example.com/hello/visits"
	"example.com/hello/web"
)

func main() {
	log.Fatal(http.ListenAndServe("localhost:8080", web.Handler(visits.New())))
}
