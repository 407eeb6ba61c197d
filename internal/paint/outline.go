package paint

import (
	"math"

	"github.com/asbuilt/asbuilt/internal/geometry"
	"github.com/asbuilt/asbuilt/internal/sheet"
)

const (
	cornerRadius   = 8.0
	shoulderRadius = 26.0
	mobileRadius   = 18.0
	doubleGap      = 3.5 // between the two lines of a system
)

// outlineOf is the border of a shape in a box at the origin, and the lines inside it that belong to the shape.
func outlineOf(s sheet.Shape, size geometry.Size) (border, inside *path) {
	w, h := size.W, size.H
	switch s {
	case sheet.Box:
		return roundedBox(0, 0, w, h, 3), nil
	case sheet.System:
		g := doubleGap
		return roundedBox(0, 0, w, h, cornerRadius), roundedBox(g, g, w-2*g, h-2*g, cornerRadius-g+1)
	case sheet.Person:
		r, b := min(shoulderRadius, h/2), cornerRadius
		return new(path).move(0, r).arc(r, r, r, 0).line(w-r, 0).arc(r, r, w, r).
			line(w, h-b).arc(b, b, w-b, h).line(b, h).arc(b, b, 0, h-b).end(), nil
	case sheet.Hexagon:
		t := sheet.HexagonTip
		return new(path).move(t, 0).line(w-t, 0).line(w, h/2).line(w-t, h).line(t, h).line(0, h/2).end(), nil
	case sheet.Cylinder:
		c := sheet.CylinderCap
		return new(path).move(0, c).arc(w/2, c, w, c).line(w, h-c).arc(w/2, c, 0, h-c).end(),
			new(path).move(0, c).back(w/2, c, w, c)
	case sheet.Pipe:
		c := sheet.PipeCap
		return new(path).move(c, 0).line(w-c, 0).arc(c, h/2, w-c, h).line(c, h).arc(c, h/2, c, 0).end(),
			new(path).move(w-c, 0).back(c, h/2, w-c, h)
	case sheet.Cloud:
		return cloud(w, h), nil
	case sheet.Browser:
		const bar = sheet.BrowserBar
		inside := new(path).move(0, bar).line(w, bar)
		for _, x := range [...]float64{10, 18, 26} {
			inside.move(x-1, bar/2).arc(1, 1, x+1, bar/2).arc(1, 1, x-1, bar/2).end()
		}
		return roundedBox(0, 0, w, h, cornerRadius), inside
	case sheet.Mobile:
		return roundedBox(0, 0, w, h, mobileRadius), new(path).move(w/2-18, h-7).line(w/2+18, h-7)
	case sheet.Bucket:
		c, t := sheet.CylinderCap, sheet.BucketTaper
		return new(path).move(0, c).arc(w/2, c, w, c).line(w-t, h-c).arc(w/2-t, c, t, h-c).end(),
			new(path).move(0, c).back(w/2, c, w, c)
	case sheet.Document:
		r, low := 3.0, h-sheet.DocumentWave
		return new(path).move(0, r).arc(r, r, r, 0).line(w-r, 0).arc(r, r, w, r).line(w, low).
			curve(geometry.Point{X: w - w/6, Y: low - 8}, geometry.Point{X: w/2 + w/6, Y: low - 8}, geometry.Point{X: w / 2, Y: low}).
			curve(geometry.Point{X: w/2 - w/6, Y: low + 8}, geometry.Point{X: w / 6, Y: low + 8}, geometry.Point{X: 0, Y: low}).end(), nil
	}
	return roundedBox(0, 0, w, h, cornerRadius), nil
}

func roundedBox(x, y, w, h, r float64) *path {
	return new(path).move(x+r, y).line(x+w-r, y).arc(r, r, x+w, y+r).line(x+w, y+h-r).arc(r, r, x+w-r, y+h).
		line(x+r, y+h).arc(r, r, x, y+h-r).line(x, y+r).arc(r, r, x+r, y).end()
}

// cloud is a ring of bumps whose outermost points touch the box.
func cloud(w, h float64) *path {
	const b = 10.0 // how far a bump stands out
	p := new(path).move(b, b)
	along := func(n int, x0, y0, x1, y1 float64) {
		for i := 1; i <= n; i++ {
			t := float64(i) / float64(n)
			dx, dy := (x1-x0)/float64(n)/2, (y1-y0)/float64(n)/2
			rx, ry := max(math.Abs(dx), b), max(math.Abs(dy), b)
			p.arc(rx, ry, mix(x0, x1, t), mix(y0, y1, t))
		}
	}
	across, down := max(2, int(w/56)), max(1, int(h/44))
	along(across, b, b, w-b, b)
	along(down, w-b, b, w-b, h-b)
	along(across, w-b, h-b, b, h-b)
	along(down, b, h-b, b, b)
	return p.end()
}

// gap is how far inside a card's box its outline runs at a point of the box's border: routes end at the box.
// The result is the way from the point to the outline, at a right angle to the border where that is short.
func gap(s sheet.Shape, box geometry.Rect, at geometry.Point) geometry.Point {
	x, y := at.X-box.X, at.Y-box.Y
	left, right := near(x, 0), near(x, box.W)
	top, bottom := near(y, 0), near(y, box.H)
	var depth float64
	switch {
	case s == sheet.Cylinder && (top || bottom):
		depth = roundness(x, box.W, sheet.CylinderCap)
	case s == sheet.Pipe && (left || right):
		depth = roundness(y, box.H, sheet.PipeCap)
	case s == sheet.Hexagon && !top && !bottom:
		depth = sheet.HexagonTip * math.Abs(y-box.H/2) / (box.H / 2)
	case s == sheet.Hexagon: // along its top or bottom, where a point is beyond the end of that
		t := sheet.HexagonTip
		return geometry.Point{X: min(max(x, t), box.W-t) - x}
	case s == sheet.Person && top:
		r := min(shoulderRadius, box.H/2)
		depth = roundness(min(x, box.W-x, r), 2*r, r)
	case s == sheet.Cloud:
		depth = 4
	case cornerOf(s) > 0:
		return ontoCorner(x, y, box, cornerOf(s))
	case s == sheet.Bucket && top:
		depth = roundness(x, box.W, sheet.CylinderCap)
	case s == sheet.Bucket && bottom:
		t := sheet.BucketTaper
		depth = roundness(min(max(x-t, 0), box.W-2*t), box.W-2*t, sheet.CylinderCap)
	case s == sheet.Bucket:
		depth = sheet.BucketTaper * min(max((y-sheet.CylinderCap)/(box.H-2*sheet.CylinderCap), 0), 1)
	case s == sheet.Document && bottom:
		depth = sheet.DocumentWave + wave(x/box.W)
	}
	switch {
	case top:
		return geometry.Point{Y: depth}
	case bottom:
		return geometry.Point{Y: -depth}
	case left:
		return geometry.Point{X: depth}
	case right:
		return geometry.Point{X: -depth}
	}
	return geometry.Point{}
}

// cornerOf is the radius of a box's corners, where they are so round that a route must reach into them.
func cornerOf(s sheet.Shape) float64 {
	switch s {
	case sheet.Component, sheet.System, sheet.Browser:
		return cornerRadius
	case sheet.Mobile:
		return mobileRadius
	}
	return 0
}

// ontoCorner is the way from a point of a box's border to the outline with round corners, towards a corner's middle.
func ontoCorner(x, y float64, box geometry.Rect, r float64) geometry.Point {
	r = min(r, box.W/2, box.H/2)
	middle := geometry.Point{X: min(max(x, r), box.W-r), Y: min(max(y, r), box.H-r)}
	at := geometry.Point{X: x, Y: y}
	if middle.X == x || middle.Y == y {
		return geometry.Point{}
	}
	t := 1 - r/distance(middle, at)
	return geometry.Point{X: float64(t * (middle.X - x)), Y: float64(t * (middle.Y - y))}
}

// wave is how far the lower edge of a document stands over its middle, at a place from 0 to 1.
func wave(at float64) float64 {
	if at < 0.5 {
		return -24 * (2 * at) * (1 - 2*at)
	}
	return 24 * (2*at - 1) * (2 - 2*at)
}

// roundness is how far a half ellipse of height c over a base of length n stays below its top at a place.
func roundness(at, n, c float64) float64 {
	u := 2*at/n - 1
	return c * (1 - math.Sqrt(max(0, 1-float64(u*u))))
}

func near(a, b float64) bool { return math.Abs(a-b) < 0.5 }

// mix is the point at t between a and b. The conversions keep machines with a fused multiply-add to the
// same result as others.
func mix(a, b, t float64) float64 { return float64(a*(1-t)) + float64(b*t) }
