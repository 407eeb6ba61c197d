// Package icon is the small pictures on cards: those drawn for this project, and those that users bring as SVG files,
// which become paths of ours before anything is drawn.
package icon

import (
	"maps"
	"slices"
)

// Size is the side of the field that every icon is drawn in.
const Size = 24

// None is the name that stands for no icon.
const None = "none"

// Names lists the icons drawn for this project.
func Names() []string { return slices.Sorted(maps.Keys(drawn)) }

// Data is the path of an icon, to be drawn along with a thin line with round ends.
func Data(name string) (string, bool) {
	data, ok := drawn[name]
	return data, ok
}

// Of is the icon of a node's or group's type; "" for a type that has none.
func Of(nodeType string) string { return ofType[nodeType] }

// OfShape is the icon of a card that a style gives a shape and no icon; "" for a shape that says nothing about what it is.
func OfShape(shape string) string { return ofShape[shape] }

var ofType = map[string]string{
	"person": "person", "system": "system", "component": "component", "api": "api", "datastore": "database", "queue": "queue",
	"external": "external", "package": "package", "node": "server", "team": "team",
}

var ofShape = map[string]string{
	"browser": "browser", "mobile": "mobile", "bucket": "bucket", "document": "document", "cylinder": "database", "queue": "queue",
	"person": "person", "cloud": "cloud",
}

// drawn are the paths. All keep 2 from the border of their field, corners have a radius of 2, and a dot is a line of no
// length to speak of.
var drawn = map[string]string{
	"api":       "M8.5 4C6 4 6 5.5 6 7.5C6 10 6 12 3.5 12C6 12 6 14 6 16.5C6 18.5 6 20 8.5 20M15.5 4C18 4 18 5.5 18 7.5C18 10 18 12 20.5 12C18 12 18 14 18 16.5C18 18.5 18 20 15.5 20M12 11.99V12.01",
	"bank":      "M3 9.5L12 3.5L21 9.5ZM5.5 9.5V17M10 9.5V17M14 9.5V17M18.5 9.5V17M3 20.5H21M4.5 17H19.5",
	"browser":   "M5 4H19A2 2 0 0 1 21 6V18A2 2 0 0 1 19 20H5A2 2 0 0 1 3 18V6A2 2 0 0 1 5 4ZM3 9H21M6 6.49V6.51M9 6.49V6.51",
	"bucket":    "M4 6A8 2.5 0 0 1 20 6A8 2.5 0 0 1 4 6ZM4 6L6 18.5C6.3 20 8.9 21 12 21C15.1 21 17.7 20 18 18.5L20 6",
	"cache":     "M13 3L4.5 13.5H11L10 21L19.5 10H13Z",
	"card":      "M5 5H19A2 2 0 0 1 21 7V17A2 2 0 0 1 19 19H5A2 2 0 0 1 3 17V7A2 2 0 0 1 5 5ZM3 10H21M7 15H10.5",
	"cart":      "M2.5 4H5L7.5 15.5H18L20.5 7.5H5.8M7.8 19.5A1.2 1.2 0 0 1 10.2 19.5A1.2 1.2 0 0 1 7.8 19.5ZM15.3 19.5A1.2 1.2 0 0 1 17.7 19.5A1.2 1.2 0 0 1 15.3 19.5Z",
	"chart":     "M4 4V18A2 2 0 0 0 6 20H20.5M8.5 16V12.5M12.5 16V7.5M16.5 16V10",
	"clock":     "M12 3A9 9 0 0 1 12 21A9 9 0 0 1 12 3ZM12 7V12L15.5 14",
	"cloud":     "M7 19H17.5A4 4 0 0 0 18 11.03A6 6 0 0 0 6.3 10.1A4.5 4.5 0 0 0 7 19Z",
	"component": "M8 6V5A2 2 0 0 1 10 3H18A2 2 0 0 1 20 5V19A2 2 0 0 1 18 21H10A2 2 0 0 1 8 19V18M8 14V10M4 6H12V10H4ZM4 14H12V18H4Z",
	"database":  "M4.5 6A7.5 3 0 0 1 19.5 6V18A7.5 3 0 0 1 4.5 18ZM4.5 6A7.5 3 0 0 0 19.5 6M4.5 12A7.5 3 0 0 0 19.5 12",
	"document":  "M14 3H7A2 2 0 0 0 5 5V19A2 2 0 0 0 7 21H17A2 2 0 0 0 19 19V8ZM14 3V8H19M8.5 13H15.5M8.5 17H13",
	"external":  "M11 5H6A2 2 0 0 0 4 7V18A2 2 0 0 0 6 20H17A2 2 0 0 0 19 18V13M14.5 4H20V9.5M20 4L11.5 12.5",
	"function":  "M7 4H8.2C9.9 4 10.6 4.9 11.1 6.4L15.6 20M12 9L6.5 20",
	"gateway":   "M4 4V20M20 4V20M7.5 12H16.5M13 8.5L16.5 12L13 15.5",
	"globe":     "M12 3A9 9 0 0 1 12 21A9 9 0 0 1 12 3ZM3 12H21M12 3C8 7.5 8 16.5 12 21C16 16.5 16 7.5 12 3",
	"key":       "M8 11.5A4.5 4.5 0 0 1 8 20.5A4.5 4.5 0 0 1 8 11.5ZM11.2 12.8L19.5 4.5M16 8L19 11",
	"mail":      "M5 5H19A2 2 0 0 1 21 7V17A2 2 0 0 1 19 19H5A2 2 0 0 1 3 17V7A2 2 0 0 1 5 5ZM3.5 7.5L12 13.5L20.5 7.5",
	"mobile":    "M8 2.5H16A2 2 0 0 1 18 4.5V19.5A2 2 0 0 1 16 21.5H8A2 2 0 0 1 6 19.5V4.5A2 2 0 0 1 8 2.5ZM11 18H13",
	"package":   "M12 3L20 7.5V16.5L12 21L4 16.5V7.5ZM4 7.5L12 12L20 7.5M12 12V21",
	"person":    "M12 3.5A4 4 0 0 1 12 11.5A4 4 0 0 1 12 3.5ZM4.5 20.5C4.5 16.8 7.6 14.5 12 14.5C16.4 14.5 19.5 16.8 19.5 20.5",
	"queue":     "M6 5.5H18A2.5 6.5 0 0 1 18 18.5H6A2.5 6.5 0 0 1 6 5.5ZM18 5.5A2.5 6.5 0 0 0 18 18.5M7.5 11.99V12.01M11.5 11.99V12.01",
	"search":    "M10.5 4A6.5 6.5 0 0 1 10.5 17A6.5 6.5 0 0 1 10.5 4ZM15.2 15.2L20.5 20.5",
	"server":    "M5 3.5H19A2 2 0 0 1 21 5.5V9A2 2 0 0 1 19 11H5A2 2 0 0 1 3 9V5.5A2 2 0 0 1 5 3.5ZM5 13H19A2 2 0 0 1 21 15V18.5A2 2 0 0 1 19 20.5H5A2 2 0 0 1 3 18.5V15A2 2 0 0 1 5 13ZM7 7.24V7.26M7 16.74V16.76",
	"shield":    "M12 3L19.5 6V11.5C19.5 16 16.5 19.3 12 21C7.5 19.3 4.5 16 4.5 11.5V6Z",
	"system":    "M12 3L21 7.5L12 12L3 7.5ZM3.5 12L12 16.25L20.5 12M3.5 16.5L12 20.75L20.5 16.5",
	"team":      "M9 4A3.5 3.5 0 0 1 9 11A3.5 3.5 0 0 1 9 4ZM2.5 20C2.5 16.7 5.2 14.5 9 14.5C12.8 14.5 15.5 16.7 15.5 20M15.5 4.4A3.5 3.5 0 0 1 15.5 10.6M18 15.2C20.2 16 21.5 17.8 21.5 20",
	"terminal":  "M5 4H19A2 2 0 0 1 21 6V18A2 2 0 0 1 19 20H5A2 2 0 0 1 3 18V6A2 2 0 0 1 5 4ZM7.5 9L10.5 12L7.5 15M12.5 15H16.5",
	"truck":     "M5 17H3V6H14V17H9.5M14 9.5H18L21 13V17H18.5M5 17A2.25 2.25 0 0 1 9.5 17A2.25 2.25 0 0 1 5 17ZM14 17A2.25 2.25 0 0 1 18.5 17A2.25 2.25 0 0 1 14 17Z",
}
