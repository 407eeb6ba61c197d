package sheet

// Shape is the outline of a card.
type Shape uint8

// The shapes.
const (
	Box       Shape = iota
	Component       // a rounded box
	System          // a box with a double line
	Person          // a box with shoulders
	Hexagon
	Cylinder
	Pipe // a lying cylinder
	Cloud
	Browser  // a box with a bar on top
	Mobile   // a box with round corners and a line to hold it by
	Bucket   // an open cylinder that gets narrower
	Document // a sheet with a wavy edge
)

// named are the shapes that a style can name.
var named = map[string]Shape{
	"component": Component, "person": Person, "hexagon": Hexagon, "cylinder": Cylinder, "queue": Pipe, "cloud": Cloud,
	"browser": Browser, "mobile": Mobile, "bucket": Bucket, "document": Document,
}

// ShapeOf is the shape of a node's type under the shape that its style names: "" for the type's own.
func ShapeOf(nodeType, name string) Shape {
	if s, ok := named[name]; ok {
		return s
	}
	switch {
	case nodeType == "system":
		return System
	case name == "box":
		return Box
	}
	switch nodeType {
	case "component":
		return Component
	case "person":
		return Person
	case "api":
		return Hexagon
	case "datastore":
		return Cylinder
	case "queue":
		return Pipe
	}
	return Box
}

// Measures of the outlines, in pixels.
const (
	CylinderCap  = 8.0  // half the height of a cylinder's lid
	PipeCap      = 9.0  // half the width of a pipe's end
	HexagonTip   = 12.0 // width of a hexagon's slanted end
	BrowserBar   = 14.0 // height of the bar over a page
	BucketTaper  = 9.0  // how much narrower a bucket is at its bottom, on each side
	DocumentWave = 7.0  // half of the height of a document's lower edge
)

// Inset is the room inside an outline that text keeps free.
type Inset struct{ Top, Right, Bottom, Left float64 }

// Inset returns the room between a shape's bounding box and its text.
func (s Shape) Inset() Inset {
	in := Inset{Top: 11, Right: 14, Bottom: 13, Left: 14}
	switch s {
	case Cylinder:
		in.Top += 2*CylinderCap - 2
		in.Bottom += CylinderCap - 2
	case Pipe:
		in.Left += PipeCap - 3
		in.Right += 2*PipeCap - 4
	case Hexagon:
		in.Left += HexagonTip - 4
		in.Right += HexagonTip - 4
	case Browser:
		in.Top += BrowserBar - 1
	case Mobile:
		in.Top += 2
		in.Bottom += 5
	case Bucket:
		in.Top += 2*CylinderCap - 2
		in.Bottom += CylinderCap - 2
		in.Left += BucketTaper - 2
		in.Right += BucketTaper - 2
	case Document:
		in.Bottom += 2*DocumentWave - 3
	case Cloud:
		in.Top, in.Bottom, in.Left, in.Right = 18, 20, 22, 22
	}
	return in
}
