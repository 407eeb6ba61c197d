package layout

import (
	"math"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/asbuilt/asbuilt/internal/geometry"
)

// pair is a node in a group, another one, and an edge with a label from the first to the second.
func pair() geometry.Request {
	return geometry.Request{
		Groups: []geometry.Frame{{Parent: -1}},
		Nodes:  []geometry.Box{{Group: 0, Size: geometry.Size{W: 40, H: 20}}, {Group: -1, Size: geometry.Size{W: 40, H: 20}}},
		Edges:  []geometry.Link{{From: 0, To: 1, Label: geometry.Size{W: 10, H: 8}}},
	}
}

const wholeAnswer = `{"bb":"0,0,100,200","objects":[
	{"name":"cluster0","bb":"0,120,80,200"},{"name":"n0","pos":"40,160"},{"name":"n1","pos":"40,30"}],
	"edges":[{"id":"e0","pos":"e,40,40 40,150 40,120 40,80 40,50","lp":"60,100"}]}`

func TestReadTurnsTheEnginesCoordinates(t *testing.T) {
	p, err := read(pair(), []byte(wholeAnswer))
	require.NoError(t, err)
	require.Equal(t, []geometry.Rect{{X: 0, Y: 0, W: 80, H: 80}}, p.Groups)
	require.Equal(t, []geometry.Rect{{X: 20, Y: 30, W: 40, H: 20}, {X: 20, Y: 160, W: 40, H: 20}}, p.Nodes)
	require.Equal(t, geometry.Rect{X: 55, Y: 96, W: 10, H: 8}, p.Edges[0].Label)
	points := p.Edges[0].Points
	require.Len(t, points, 7, "one curve, and a straight piece to the arrow's tip")
	require.Equal(t, geometry.Point{X: 40, Y: 50}, points[0])
	require.Equal(t, geometry.Point{X: 40, Y: 150}, points[3])
	require.Equal(t, geometry.Point{X: 40, Y: 160}, points[6])
}

func TestReadReportsWhatIsLostOrImpossible(t *testing.T) {
	for says, c := range map[string][2]string{ // what in the whole answer is replaced by what
		"the engine lost n1":       {`,{"name":"n1","pos":"40,30"}`, ``},
		"the engine lost cluster0": {`cluster0`, `cluster00x`},
		"the engine lost e0":       {`"id":"e0"`, `"id":""`},
		"no such edge":             {`"id":"e0"`, `"id":"e1"`},
		"n0: \"nan,160\"":          {`"40,160"`, `"nan,160"`},
		"n1: \"\"":                 {`"40,30"`, `""`},
		"cluster0: \"0,120,80\"":   {`"0,120,80,200"`, `"0,120,80"`},
		"\"\" is not 4 numbers":    {`"0,0,100,200"`, `""`},
		"e0: \"inf,100\"":          {`"60,100"`, `"inf,100"`},
		"a route of 0 points":      {`"e,40,40 40,150 40,120 40,80 40,50"`, `""`},
		"a route of 3 points":      {`40,150 40,120 40,80 40,50`, `40,150 40,120 40,80`},
		"cannot be read":           {`{"bb"`, `"bb"`},
	} {
		require.Contains(t, wholeAnswer, c[0])
		_, err := read(pair(), []byte(replaced(wholeAnswer, c)))
		require.ErrorContains(t, err, says)
	}
}

func TestSplineWithTwoTips(t *testing.T) {
	p := placer{top: 0}
	points, err := p.spline("s,0,0 e,0,-50 0,-10 0,-20 0,-30 0,-40")
	require.NoError(t, err)
	require.Len(t, points, 10)
	require.Equal(t, geometry.Point{}, points[0])
	require.Equal(t, geometry.Point{Y: 50}, points[9])
}

func TestCheckFindsBoxesThatStandWrong(t *testing.T) {
	r := pair()
	r.Groups = append(r.Groups, geometry.Frame{Parent: -1})
	r.Nodes[1].Group = 1
	good := geometry.Plan{
		Groups: []geometry.Rect{{W: 50, H: 50}, {X: 60, W: 50, H: 50}},
		Nodes:  []geometry.Rect{{X: 5, Y: 5, W: 40, H: 20}, {X: 65, Y: 5, W: 40, H: 20}},
	}
	require.NoError(t, check(r, &good))
	for says, spoil := range map[string]func(p *geometry.Plan){
		"n1 stands on n0":             func(p *geometry.Plan) { p.Nodes[1].X = 40 },
		"n0 stands in cluster1":       func(p *geometry.Plan) { p.Groups[1] = geometry.Rect{X: 40, W: 70, H: 50} },
		"cluster1 stands on cluster0": func(p *geometry.Plan) { p.Groups[1].X = 48 },
	} {
		p := good
		p.Nodes, p.Groups = append([]geometry.Rect(nil), good.Nodes...), append([]geometry.Rect(nil), good.Groups...)
		spoil(&p)
		require.EqualError(t, check(r, &p), says)
	}
}

func TestRouteNowhereNearItsBoxesBecomesALine(t *testing.T) {
	from, to := geometry.Rect{W: 40, H: 20}, geometry.Rect{X: 100, W: 40, H: 20}
	route := geometry.Route{Points: straight(geometry.Point{X: 500, Y: 500}, geometry.Point{X: 90, Y: 10})}
	attach(&route, from, to)
	require.Equal(t, geometry.Point{X: 40, Y: 10}, route.Points[0])
	require.Equal(t, geometry.Point{X: 100, Y: 10}, route.Points[3])

	kept := geometry.Route{Points: straight(geometry.Point{X: 41, Y: 12}, geometry.Point{X: 98, Y: 10})}
	attach(&kept, from, to)
	require.Equal(t, geometry.Point{X: 40, Y: 12}, kept.Points[0])
	require.Equal(t, geometry.Point{X: 100, Y: 10}, kept.Points[3])
}

// A label finds room even where everything along its line is taken.
func TestALabelAlwaysFindsRoom(t *testing.T) {
	line := straight(geometry.Point{}, geometry.Point{Y: 100})
	size := geometry.Size{W: 30, H: 10}
	wall := geometry.Rect{X: -500, Y: -500, W: 1000, H: 1000}
	_, ok := near(line, size, []geometry.Rect{wall})
	require.False(t, ok)
	got := far(line, size, []geometry.Rect{wall})
	require.False(t, overlap(got, wall, 0))
	require.Equal(t, size, geometry.Size{W: got.W, H: got.H})
}

// No answer, whatever it holds, makes a plan with a number that cannot be drawn.
func FuzzRead(f *testing.F) {
	f.Add([]byte(wholeAnswer))
	f.Add([]byte(`{"bb":"0,0,1e308,1e308","objects":[{"name":"n0","pos":"-1e308,1"}]}`))
	f.Fuzz(func(t *testing.T, answer []byte) {
		r := pair()
		p, err := read(r, answer)
		if err != nil {
			return
		}
		require.Len(t, p.Nodes, len(r.Nodes))
		for _, e := range p.Edges {
			require.Equal(t, 1, len(e.Points)%3)
			for _, at := range e.Points {
				require.False(t, math.IsNaN(at.X) || math.IsNaN(at.Y))
			}
		}
	})
}

func replaced(s string, pair [2]string) string { return strings.Replace(s, pair[0], pair[1], 1) }
