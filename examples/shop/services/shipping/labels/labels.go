// Package labels knows how our carrier writes tracking numbers.
package labels

import "net/url"

// Carrier is who drives our parcels.
const Carrier = "Swiftparcel"

// TrackingURL is the carrier's page about a parcel.
func TrackingURL(tracking string) string {
	return "https://swiftparcel.example/track/" + url.PathEscape(tracking)
}
