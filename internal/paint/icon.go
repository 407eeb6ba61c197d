package paint

import (
	"github.com/asbuilt/asbuilt/internal/geometry"
)

// icons are the marks of the node types, drawn with a thin line in a box of 16 × 16 pixels.
var icons = map[string]string{
	"person":    "M8 1.75A3 3 0 0 1 8 7.75A3 3 0 0 1 8 1.75ZM2.25 14.25C2.25 11 4.75 9.75 8 9.75C11.25 9.75 13.75 11 13.75 14.25Z",
	"system":    "M5.25 4.75V2.25H13.75V10.75H11.25M2.25 5.25H10.75V13.75H2.25Z",
	"component": "M4.25 4.25V2.25H13.75V13.75H4.25V11.75M4.25 8.75V7.25M1.75 4.25H6.75V7.25H1.75ZM1.75 8.75H6.75V11.75H1.75Z",
	"api":       "M5.25 2.25C2.25 2.25 4.75 8 1.75 8C4.75 8 2.25 13.75 5.25 13.75M10.75 2.25C13.75 2.25 11.25 8 14.25 8C11.25 8 13.75 13.75 10.75 13.75M8 7.5V8.5",
	"datastore": "M2.75 4C2.75 1.6 13.25 1.6 13.25 4V12C13.25 14.4 2.75 14.4 2.75 12ZM2.75 4C2.75 6.4 13.25 6.4 13.25 4",
	"queue":     "M4 2.75H12C14.4 2.75 14.4 13.25 12 13.25H4C1.6 13.25 1.6 2.75 4 2.75ZM12 2.75C9.6 2.75 9.6 13.25 12 13.25",
	"package":   "M2.25 5L8 2.25L13.75 5V11.5L8 14.25L2.25 11.5ZM2.25 5L8 7.75L13.75 5M8 7.75V14.25",
	"node":      "M2.25 2.75H13.75V7.25H2.25ZM2.25 8.75H13.75V13.25H2.25ZM4.5 5H5.5M4.5 11H5.5",
	"team":      "M5.5 2.75A2.25 2.25 0 0 1 5.5 7.25A2.25 2.25 0 0 1 5.5 2.75ZM1.5 13.25C1.5 10.5 3.25 9.25 5.5 9.25C7.75 9.25 9.5 10.5 9.5 13.25ZM10.5 3A2 2 0 0 1 10.5 7M11.25 9.5C13.25 9.75 14.5 11 14.5 13.25H11.5",
	"external":  "M6.75 3.25H3.25V12.75H12.75V9.25M9.25 2.75H13.25V6.75M13 3L7.5 8.5",
}

// icon draws the mark of a type at a place.
func (p *painter) icon(nodeType string, c color, at geometry.Rect) {
	data, ok := icons[nodeType]
	if !ok || at.W == 0 {
		return
	}
	attrs := p.stroke(c, 1.25, "")
	attrs = append(attrs, att("d", data), att("stroke-linecap", "round"), att("stroke-linejoin", "round"), p.at(at.X, at.Y, at.W/16))
	p.leaf(elemPath, attrs...)
}
