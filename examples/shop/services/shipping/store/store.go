// Package store keeps the parcels.
package store

import "example.com/shop/pkg/tables"

// Parcel is what the carrier drives for an order.
type Parcel struct {
	OrderID  string
	Tracking string
}

// Parcels is the table, by order.
type Parcels = tables.Table[Parcel]

// Open opens it.
func Open(url string) (Parcels, error) { return tables.Open[Parcel](url, "parcels") }
