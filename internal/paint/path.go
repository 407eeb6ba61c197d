package paint

import (
	"math"

	"github.com/asbuilt/asbuilt/internal/geometry"
)

// path is the data of a path element. A coordinate that is no number makes it invalid.
type path struct {
	data    []byte
	invalid bool
}

func (p *path) move(x, y float64) *path { return p.command('M', x, y) }

func (p *path) line(x, y float64) *path { return p.command('L', x, y) }

func (p *path) curve(a, b, c geometry.Point) *path {
	return p.command('C', a.X, a.Y, b.X, b.Y, c.X, c.Y)
}

// arc goes clockwise around an ellipse of the given radii to a point, on the shorter way.
func (p *path) arc(rx, ry, x, y float64) *path { return p.command('A', rx, ry, 0, 0, 1, x, y) }

// back is arc counterclockwise.
func (p *path) back(rx, ry, x, y float64) *path { return p.command('A', rx, ry, 0, 0, 0, x, y) }

func (p *path) end() *path {
	p.data = append(p.data, 'Z')
	return p
}

func (p *path) command(c byte, numbers ...float64) *path {
	p.data = append(p.data, c)
	for i, v := range numbers {
		if math.IsNaN(v) || math.IsInf(v, 0) {
			p.invalid = true
			return p
		}
		if i > 0 {
			p.data = append(p.data, ' ')
		}
		p.data = appendNumber(p.data, v)
	}
	return p
}

// path draws a path element.
func (p *painter) path(data *path, attrs ...attr) {
	if data.invalid {
		p.err = errNotFinite
	}
	p.leaf(elemPath, append(attrs, att("d", string(data.data)))...)
}
