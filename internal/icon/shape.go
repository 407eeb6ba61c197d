package icon

import "encoding/xml"

// shape draws an element that is a shape.
func (p *pen) shape(e xml.StartElement) error {
	length := func(name string) float64 {
		r := reader{attribute(e, name)}
		v, err := r.number()
		if err != nil {
			return 0
		}
		return v
	}
	switch e.Name.Local {
	case "path":
		return p.trace(attribute(e, "d"))
	case "line":
		return p.polygon(false, point{length("x1"), length("y1")}, point{length("x2"), length("y2")})
	case "polyline", "polygon":
		r := reader{attribute(e, "points")}
		var points []point
		for !r.done() {
			q, err := r.point(point{})
			if err != nil {
				return err
			}
			points = append(points, q)
		}
		return p.polygon(e.Name.Local == "polygon", points...)
	case "rect":
		return p.rect(length("x"), length("y"), length("width"), length("height"), [2]float64{length("rx"), length("ry")})
	case "circle":
		return p.ellipse(point{length("cx"), length("cy")}, length("r"), length("r"))
	}
	return p.ellipse(point{length("cx"), length("cy")}, length("rx"), length("ry"))
}

func (p *pen) polygon(closed bool, points ...point) error {
	for i, q := range points {
		var err error
		if i == 0 {
			err = p.move(q)
		} else {
			err = p.line(q)
		}
		if err != nil {
			return err
		}
	}
	if closed && len(points) > 0 {
		return p.end()
	}
	return nil
}

func (p *pen) ellipse(c point, rx, ry float64) error {
	if rx <= 0 || ry <= 0 {
		return nil
	}
	return p.all(
		func() error { return p.move(point{c.x - rx, c.y}) },
		func() error { return p.arc(point{rx, ry}, 0, false, true, point{c.x + rx, c.y}) },
		func() error { return p.arc(point{rx, ry}, 0, false, true, point{c.x - rx, c.y}) },
		p.end,
	)
}

func (p *pen) rect(x, y, w, h float64, radius [2]float64) error {
	if w <= 0 || h <= 0 {
		return nil
	}
	rx, ry := radius[0], radius[1]
	if rx <= 0 {
		rx = ry
	}
	if ry <= 0 {
		ry = rx
	}
	rx, ry = min(max(rx, 0), w/2), min(max(ry, 0), h/2)
	if rx == 0 || ry == 0 {
		return p.polygon(true, point{x, y}, point{x + w, y}, point{x + w, y + h}, point{x, y + h})
	}
	corner := func(from, to point) error {
		if err := p.line(from); err != nil {
			return err
		}
		return p.arc(point{rx, ry}, 0, false, true, to)
	}
	return p.all(
		func() error { return p.move(point{x + rx, y}) },
		func() error { return corner(point{x + w - rx, y}, point{x + w, y + ry}) },
		func() error { return corner(point{x + w, y + h - ry}, point{x + w - rx, y + h}) },
		func() error { return corner(point{x + rx, y + h}, point{x, y + h - ry}) },
		func() error { return corner(point{x, y + ry}, point{x + rx, y}) },
		p.end,
	)
}

func (p *pen) all(steps ...func() error) error {
	for _, step := range steps {
		if err := step(); err != nil {
			return err
		}
	}
	return nil
}
