package layout

import (
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/asbuilt/asbuilt/internal/geometry"
)

// drawing is what the engine says: its coordinates grow upwards and are written as text.
type drawing struct {
	BB      string `json:"bb"`
	Objects []struct {
		Name string `json:"name"` // n7, cluster3
		BB   string `json:"bb"`   // of a cluster
		Pos  string `json:"pos"`  // of a node: its centre
	} `json:"objects"`
	Edges []struct {
		ID  string `json:"id"` // e5; none for a hint
		Pos string `json:"pos"`
		LP  string `json:"lp"` // centre of the label
	} `json:"edges"`
}

// read turns the engine's answer into a plan of the request, with the origin where the engine has it. What
// the engine left out is an error.
func read(r geometry.Request, answer []byte) (geometry.Plan, error) {
	var d drawing
	if err := json.Unmarshal(answer, &d); err != nil {
		return geometry.Plan{}, fmt.Errorf("the engine's answer cannot be read: %w", err)
	}
	bb, err := numbers(d.BB, 4)
	if err != nil {
		return geometry.Plan{}, err
	}
	p := placer{r: r, top: bb[3], turned: turned(r), seen: make(map[string]bool)}
	p.plan.Groups = make([]geometry.Rect, len(r.Groups))
	p.plan.Nodes = make([]geometry.Rect, len(r.Nodes))
	p.plan.Edges = make([]geometry.Route, len(r.Edges))
	for _, o := range d.Objects {
		if err := p.object(o.Name, o.Pos, o.BB); err != nil {
			return geometry.Plan{}, fmt.Errorf("%s: %w", o.Name, err)
		}
	}
	for _, e := range d.Edges {
		if e.ID == "" {
			continue
		}
		if err := errors.Join(p.edge(e.ID, e.Pos), p.label(e.ID, e.LP)); err != nil {
			return geometry.Plan{}, fmt.Errorf("%s: %w", e.ID, err)
		}
	}
	return p.plan, p.complete()
}

// placer fills a plan.
type placer struct {
	r      geometry.Request
	plan   geometry.Plan
	top    float64      // the engine's y of the upper edge
	turned map[int]bool // edges that were asked for the other way round
	seen   map[string]bool
}

func (p *placer) object(name, pos, bb string) error {
	if i, ok := index(name, "n", len(p.r.Nodes)); ok {
		center, err := p.point(pos)
		if err != nil {
			return err
		}
		p.plan.Nodes[i] = around(center, p.r.Nodes[i].Size)
		p.seen[name] = true
	}
	if i, ok := index(name, "cluster", len(p.r.Groups)); ok {
		box, err := numbers(bb, 4)
		if err != nil {
			return err
		}
		p.plan.Groups[i] = geometry.Rect{X: box[0], Y: p.top - box[3], W: box[2] - box[0], H: box[3] - box[1]}
		p.seen[name] = true
	}
	return nil
}

func (p *placer) edge(id, pos string) error {
	i, ok := index(id, "e", len(p.r.Edges))
	if !ok {
		return errors.New("no such edge")
	}
	points, err := p.spline(pos)
	if err != nil {
		return err
	}
	if p.turned[i] {
		slices.Reverse(points)
	}
	p.plan.Edges[i].Points = points
	p.seen[id] = true
	return nil
}

func (p *placer) label(id, lp string) error {
	i, ok := index(id, "e", len(p.r.Edges))
	if !ok || p.r.Edges[i].Label == (geometry.Size{}) {
		return nil
	}
	center, err := p.point(lp)
	if err != nil {
		return err
	}
	p.plan.Edges[i].Label = around(center, p.r.Edges[i].Label)
	return nil
}

// spline reads "s,x,y e,x,y x,y x,y …": where the arrows' tips are, if there are any, then a chain of
// cubic Bézier curves, which a straight piece prolongs to each tip.
// (Graphviz, "splineType", https://graphviz.org/docs/attr-types/splineType/)
func (p *placer) spline(text string) ([]geometry.Point, error) {
	var chain []geometry.Point
	var start, end *geometry.Point
	for field := range strings.FieldsSeq(text) {
		tip, isEnd := strings.CutPrefix(field, "e,")
		tip, isStart := strings.CutPrefix(tip, "s,")
		at, err := p.point(tip)
		switch {
		case err != nil:
			return nil, err
		case isEnd:
			end = &at
		case isStart:
			start = &at
		default:
			chain = append(chain, at)
		}
	}
	if len(chain) < 4 || len(chain)%3 != 1 {
		return nil, fmt.Errorf("a route of %d points", len(chain))
	}
	if start != nil {
		chain = append(straight(*start, chain[0])[:3], chain...)
	}
	if end != nil {
		chain = append(chain, straight(chain[len(chain)-1], *end)[1:]...)
	}
	return chain, nil
}

func (p *placer) point(text string) (geometry.Point, error) {
	xy, err := numbers(text, 2)
	if err != nil {
		return geometry.Point{}, err
	}
	return geometry.Point{X: xy[0], Y: p.top - xy[1]}, nil
}

// complete reports what the engine lost.
func (p *placer) complete() error {
	for _, kind := range []struct {
		prefix string
		count  int
	}{{"n", len(p.r.Nodes)}, {"cluster", len(p.r.Groups)}, {"e", len(p.r.Edges)}} {
		for i := range kind.count {
			if name := kind.prefix + strconv.Itoa(i); !p.seen[name] {
				return fmt.Errorf("the engine lost %s", name)
			}
		}
	}
	return nil
}

// index reads the number of a generated name.
func index(name, prefix string, count int) (int, bool) {
	digits, ok := strings.CutPrefix(name, prefix)
	i, err := strconv.Atoi(digits)
	return i, ok && err == nil && i >= 0 && i < count
}

// numbers reads exactly n finite numbers with commas between.
func numbers(text string, n int) ([]float64, error) {
	fields := strings.Split(text, ",")
	if len(fields) != n {
		return nil, fmt.Errorf("%q is not %d numbers", text, n)
	}
	values := make([]float64, n)
	for i, f := range fields {
		v, err := strconv.ParseFloat(f, 64)
		if err != nil || !finite(v) {
			return nil, fmt.Errorf("%q is not %d finite numbers", text, n)
		}
		values[i] = v
	}
	return values, nil
}
