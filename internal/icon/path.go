package icon

import (
	"errors"
	"math"
	"strconv"
	"strings"
)

// matrix is SVG's: x' = a·x + c·y + e, y' = b·x + d·y + f.
type matrix struct{ a, b, c, d, e, f float64 }

var identity = matrix{a: 1, d: 1}

// times applies n first.
func (m matrix) times(n matrix) matrix {
	return matrix{
		float64(m.a*n.a) + float64(m.c*n.b), float64(m.b*n.a) + float64(m.d*n.b),
		float64(m.a*n.c) + float64(m.c*n.d), float64(m.b*n.c) + float64(m.d*n.d),
		float64(m.a*n.e) + float64(m.c*n.f) + m.e, float64(m.b*n.e) + float64(m.d*n.f) + m.f,
	}
}

// scale is how much longer lines become, in the mean.
func (m matrix) scale() float64 {
	return math.Sqrt(math.Abs(float64(m.a*m.d) - float64(m.b*m.c)))
}

type point struct{ x, y float64 }

func (m matrix) apply(p point) point {
	return point{float64(m.a*p.x) + float64(m.c*p.y) + m.e, float64(m.b*p.x) + float64(m.d*p.y) + m.f}
}

// pen writes path data in the icon's field: M, L, C and Z, in absolute places with two decimals.
type pen struct {
	to    matrix
	data  []byte
	left  *int // how many bytes may still be written
	at    point
	from  point // where the piece began
	ended bool  // the next piece begins there
}

var (
	errTooLong  = errors.New("its paths are too long")
	errNoNumber = errors.New("a path or shape is not written as SVG writes it")
	errTooLarge = errors.New("a coordinate is too large")
)

func (p *pen) put(command byte, points ...point) error {
	if ended := p.ended; ended && command != 'M' {
		p.ended = false
		if err := p.put('M', p.from); err != nil {
			return err
		}
	}
	p.ended = command == 'Z'
	before := len(p.data)
	p.data = append(p.data, command)
	for i, q := range points {
		r := p.to.apply(q)
		for j, v := range [...]float64{r.x, r.y} {
			if !(math.Abs(v) < 10_000) {
				return errTooLarge
			}
			if i+j > 0 {
				p.data = append(p.data, ' ')
			}
			if v = math.Round(v*100) / 100; v == 0 {
				v = 0 // no negative zero
			}
			p.data = strconv.AppendFloat(p.data, v, 'f', -1, 64)
		}
		p.at = q
	}
	if *p.left -= len(p.data) - before; *p.left < 0 {
		return errTooLong
	}
	return nil
}

func (p *pen) move(q point) error {
	p.from = q
	return p.put('M', q)
}

func (p *pen) line(q point) error { return p.put('L', q) }

func (p *pen) curve(a, b, q point) error { return p.put('C', a, b, q) }

func (p *pen) end() error {
	p.at = p.from
	return p.put('Z')
}

// arc goes along an ellipse whose axes are turned, as SVG's A does. It is a curve for each quarter.
func (p *pen) arc(radii point, turn float64, large, clockwise bool, q point) error {
	rx, ry := math.Abs(radii.x), math.Abs(radii.y)
	if rx == 0 || ry == 0 || p.at == q {
		return p.line(q)
	}
	sin, cos := math.Sincos(turn * math.Pi / 180)
	// In the ellipse's own plane it is the unit circle.
	own := func(v point) point {
		return point{(float64(cos*v.x) + float64(sin*v.y)) / rx, (float64(cos*v.y) - float64(sin*v.x)) / ry}
	}
	u, v := own(p.at), own(q)
	half := point{(v.x - u.x) / 2, (v.y - u.y) / 2}
	reach := math.Sqrt(float64(half.x*half.x) + float64(half.y*half.y))
	grow := max(1, reach)
	rise := math.Sqrt(max(0, 1-float64(reach*reach/grow/grow))) * grow / reach
	if large == clockwise {
		rise = -rise
	}
	center := point{(u.x+v.x)/2 - float64(half.y*rise), (u.y+v.y)/2 + float64(half.x*rise)}
	from := math.Atan2(u.y-center.y, u.x-center.x)
	sweep := math.Atan2(v.y-center.y, v.x-center.x) - from
	if clockwise && sweep < 0 {
		sweep += 2 * math.Pi
	}
	if !clockwise && sweep > 0 {
		sweep -= 2 * math.Pi
	}
	back := func(c point) point {
		x, y := float64(c.x*rx), float64(c.y*ry)
		return point{float64(cos*x) - float64(sin*y), float64(sin*x) + float64(cos*y)}
	}
	on := func(angle, along float64) point { // a point of the circle, and so far along its tangent
		s, c := math.Sincos(angle)
		return back(point{center.x + float64(grow*(c-float64(along*s))), center.y + float64(grow*(s+float64(along*c)))})
	}
	n := int(math.Ceil(math.Abs(sweep)/(math.Pi/2) - 1e-9))
	step := sweep / float64(max(n, 1))
	k := 4.0 / 3 * math.Tan(step/4)
	for i := range n {
		a, b := from+float64(float64(i)*step), from+float64(float64(i+1)*step)
		end := on(b, 0)
		if i == n-1 {
			end = q
		}
		if err := p.curve(on(a, k), on(b, -k), end); err != nil {
			return err
		}
	}
	return nil
}

// reader reads the numbers of an attribute.
type reader struct{ rest string }

func (r *reader) skip() { r.rest = strings.TrimLeft(r.rest, " \t\r\n\f,") }

func (r *reader) done() bool {
	r.skip()
	return r.rest == ""
}

// number reads one number; SVG lets the next begin where the last one can only have ended.
func (r *reader) number() (float64, error) {
	r.skip()
	i, digits, point := 0, 0, false
	if i < len(r.rest) && (r.rest[i] == '-' || r.rest[i] == '+') {
		i++
	}
	for ; i < len(r.rest); i++ {
		c := r.rest[i]
		switch {
		case c >= '0' && c <= '9':
			digits++
			continue
		case c == '.' && !point:
			point = true
			continue
		case (c == 'e' || c == 'E') && digits > 0:
			j := i + 1
			if j < len(r.rest) && (r.rest[j] == '-' || r.rest[j] == '+') {
				j++
			}
			k := j
			for k < len(r.rest) && r.rest[k] >= '0' && r.rest[k] <= '9' {
				k++
			}
			if k > j {
				i = k
			}
		}
		break
	}
	if digits == 0 || i > 64 {
		return 0, errNoNumber
	}
	v, err := strconv.ParseFloat(r.rest[:i], 64)
	r.rest = r.rest[i:]
	if err != nil || math.Abs(v) > 1e6 {
		return 0, errTooLarge
	}
	return v, nil
}

// flag reads the 0 or 1 of an arc, after which the next number may follow at once.
func (r *reader) flag() (bool, error) {
	r.skip()
	if r.rest == "" || r.rest[0] != '0' && r.rest[0] != '1' {
		return false, errNoNumber
	}
	set := r.rest[0] == '1'
	r.rest = r.rest[1:]
	return set, nil
}

func (r *reader) point(from point) (point, error) {
	x, err := r.number()
	if err != nil {
		return point{}, err
	}
	y, err := r.number()
	return point{from.x + x, from.y + y}, err
}

// trace draws path data of SVG with a pen.
func (p *pen) trace(data string) error {
	r := reader{data}
	var command byte
	var handle point // of the curve before, for smooth ones
	var before byte
	for !r.done() {
		c := r.rest[0]
		if c >= 'A' && c <= 'Z' || c >= 'a' && c <= 'z' {
			command = c
			r.rest = r.rest[1:]
		} else if command == 0 || command == 'Z' || command == 'z' {
			return errNoNumber
		}
		if len(p.data) == 0 && command != 'M' && command != 'm' {
			return errNoNumber
		}
		next, err := p.step(&r, command, before, handle)
		if err != nil {
			return err
		}
		handle, before = next, command
		switch command { // what follows without a letter
		case 'M':
			command = 'L'
		case 'm':
			command = 'l'
		}
	}
	return nil
}

// step does one command, and returns the handle that a smooth curve mirrors.
func (p *pen) step(r *reader, command, before byte, handle point) (point, error) {
	var from point
	upper := command
	if command >= 'a' {
		from, upper = p.at, command-'a'+'A'
	}
	switch upper {
	case 'Z':
		return p.at, p.end()
	case 'H', 'V':
		v, err := r.number()
		if err != nil {
			return p.at, err
		}
		q := point{from.x + v, p.at.y}
		if upper == 'V' {
			q = point{p.at.x, from.y + v}
		}
		return q, p.line(q)
	case 'A':
		return p.readArc(r, from)
	}
	want, ok := map[byte]int{'M': 1, 'L': 1, 'T': 1, 'Q': 2, 'S': 2, 'C': 3}[upper]
	if !ok {
		return p.at, errNoNumber
	}
	var q [3]point
	for i := range want {
		var err error
		if q[i], err = r.point(from); err != nil {
			return p.at, err
		}
	}
	mirrored := p.at
	if follows(upper, before) {
		mirrored = point{2*p.at.x - handle.x, 2*p.at.y - handle.y}
	}
	switch upper {
	case 'M':
		return q[0], p.move(q[0])
	case 'L':
		return q[0], p.line(q[0])
	case 'C':
		return q[1], p.curve(q[0], q[1], q[2])
	case 'S':
		return q[0], p.curve(mirrored, q[0], q[1])
	case 'Q':
		return q[0], p.quadratic(q[0], q[1])
	}
	return mirrored, p.quadratic(mirrored, q[0])
}

// follows reports whether a smooth curve goes on from a curve of its kind.
func follows(smooth, before byte) bool {
	return smooth == 'S' && strings.IndexByte("CcSs", before) >= 0 || smooth == 'T' && strings.IndexByte("QqTt", before) >= 0
}

func (p *pen) quadratic(handle, q point) error {
	third := func(end point) point {
		return point{(end.x + 2*handle.x) / 3, (end.y + 2*handle.y) / 3}
	}
	return p.curve(third(p.at), third(q), q)
}

func (p *pen) readArc(r *reader, from point) (point, error) {
	var n [3]float64
	for i := range n {
		var err error
		if n[i], err = r.number(); err != nil {
			return p.at, err
		}
	}
	large, err := r.flag()
	if err != nil {
		return p.at, err
	}
	clockwise, err := r.flag()
	if err != nil {
		return p.at, err
	}
	q, err := r.point(from)
	if err != nil {
		return p.at, err
	}
	return q, p.arc(point{n[0], n[1]}, n[2], large, clockwise, q)
}
