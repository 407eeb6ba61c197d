package layout

import (
	"math"
	"slices"

	"github.com/asbuilt/asbuilt/internal/geometry"
)

// spare is the size of the card for which a first layout leaves room in every frame.
var spare = geometry.Size{W: 256, H: 124}

// sparing is up to how many cards it does: the search for room in each frame takes its time.
const sparing = 120

// afresh finds a place for everything. Where a frame could not take another card later without moving others, it
// gets a slot for one.
func afresh(r geometry.Request, m manner) (geometry.Plan, error) {
	plan, err := arrange(r, m, nil)
	if err != nil {
		return geometry.Plan{}, err
	}
	if full := crowded(r, plan, m); len(full) > 0 {
		if plan, err = arrange(r, m, full); err != nil {
			return geometry.Plan{}, err
		}
	}
	if !curved(r, m) || check(r, &plan) != nil {
		f := &field{r: r, boxes: plan.Nodes, fresh: plan.Placed}
		f.widen()
		f.room = nil
		return routed(f)
	}
	mend(r, &plan, true)
	finish(r, &plan)
	return plan, nil
}

// arrange asks the engine for places, with a slot in each of some groups.
func arrange(r geometry.Request, m manner, slots []int) (geometry.Plan, error) {
	with := r
	with.Nodes = slices.Clone(r.Nodes)
	for _, g := range slots {
		with.Nodes = append(with.Nodes, geometry.Box{Group: g, Size: spare})
	}
	out, err := draw(source(with, m))
	if err != nil {
		return geometry.Plan{}, err
	}
	plan, err := read(with, out)
	if err != nil {
		return geometry.Plan{}, err
	}
	plan.Nodes = plan.Nodes[:len(r.Nodes)]
	for i := range plan.Nodes { // whole pixels can be written down
		plan.Nodes[i].X, plan.Nodes[i].Y = math.Round(plan.Nodes[i].X), math.Round(plan.Nodes[i].Y)
		plan.Placed = append(plan.Placed, i)
	}
	plan.Groups = frames(r, plan.Nodes)
	return plan, nil
}

// crowded lists the groups that could not take another card without moving others.
func crowded(r geometry.Request, p geometry.Plan, m manner) []int {
	if !m.shaped || len(r.Nodes) > sparing {
		return nil
	}
	var out []int
	for g := range r.Groups {
		with := r
		with.Nodes = append(slices.Clone(r.Nodes), geometry.Box{Group: g, Size: spare})
		f := &field{r: with, boxes: append(slices.Clone(p.Nodes), geometry.Rect{})}
		if f.spot(len(r.Nodes)) == (geometry.Rect{}) {
			out = append(out, g)
		}
	}
	return out
}
