package workspace

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strings"

	"github.com/asbuilt/asbuilt/internal/geometry"
	"github.com/asbuilt/asbuilt/internal/lock"
	"github.com/asbuilt/asbuilt/internal/typeset"
	"github.com/asbuilt/asbuilt/pkg/arch"
	"github.com/asbuilt/asbuilt/pkg/diagram"
	"github.com/asbuilt/asbuilt/pkg/finding"
)

// lock reads where cards stand, and says what is wrong with the file. Without one nothing has a place yet.
func (s *Snapshot) lock() (*lock.Lock, []finding.Finding, error) {
	s.readLock.Do(func() {
		p := s.w.lockFile()
		name := s.w.root.Name(p)
		s.locked = &lock.Lock{}
		data, err := s.w.root.Read(p, lock.Limit)
		if err != nil {
			if !errors.Is(err, fs.ErrNotExist) {
				s.torn = []finding.Finding{unread(name, err)}
			}
			return
		}
		var problems []lock.Problem
		s.locked, problems = lock.Parse(name, data)
		s.mended = len(problems) > 0
		for _, problem := range problems {
			s.mended = s.mended && problem.Mended
			s.torn = append(s.torn, finding.Finding{
				Rule: "gate/blind", Severity: finding.Error, At: problem.At, Message: problem.Message,
				Subject: finding.Subject{Path: name}, Fix: &finding.Fix{Message: problem.Fix},
			})
		}
		finding.Sort(s.torn)
	})
	return s.locked, slices.Clone(s.torn), nil
}

func (w *Workspace) lockFile() string { return path.Join(w.home, lock.File) }

// WriteLock puts the places of a rendering in place; name is "" when they are as they were.
func (s *Snapshot) WriteLock(r *Rendering) (name string, err error) {
	p := s.w.lockFile()
	data := lock.Format(r.locked)
	standing, err := s.w.root.Read(p, lock.Limit)
	missing := errors.Is(err, fs.ErrNotExist)
	if missing && len(r.locked.Views) == 0 || err == nil && bytes.Equal(standing, data) {
		return "", nil
	}
	if err != nil && !missing {
		return "", fmt.Errorf("the lock %s was not read: %s", s.w.root.Name(p), reason(err))
	}
	if err := s.w.root.Write(p, data); err != nil {
		return "", fmt.Errorf("the lock %s was not written: %s", s.w.root.Name(p), reason(err))
	}
	return s.w.root.Name(p), nil
}

// places is where the cards of one view stand.
type places struct {
	nodes map[string]lock.Node // by the address of now
	group map[string]bool      // nodes that are in the group they were in
	gone  []lock.Node          // of what the view does not show any more
	next  int                  // turn of what is placed now
}

// held is what a lock says of a diagram's cards: nothing when the view was laid out in another direction, since
// whoever turned it wants another layout. Renames carry places along.
func (s *Snapshot) held(d *diagram.Diagram, locked *lock.Lock) places {
	v, ok := locked.View(d.Name)
	if !ok || v.Direction != d.Direction && v.Direction != "" {
		return places{}
	}
	now := renames(s.model)
	shown := map[string]int{}
	for i, n := range d.Nodes {
		shown[n.Address] = i
	}
	p := places{nodes: map[string]lock.Node{}, group: map[string]bool{}}
	for _, n := range v.Nodes {
		p.next = min(max(p.next, n.Turn+1), lock.LastTurn)
		address := now(n.Address)
		i, drawn := shown[address]
		_, own := v.Node(address)
		switch {
		case !drawn:
			p.gone = append(p.gone, n)
		case address == n.Address || !own:
			p.nodes[address] = n
			p.group[address] = groupOf(d, i) == now(n.Group)
		}
	}
	if len(p.nodes) == 0 {
		p.next = 0
	}
	return p
}

// groupOf is the address of the group around a node, "" at the top.
func groupOf(d *diagram.Diagram, node int) string {
	if g := d.Nodes[node].Group; g >= 0 {
		return d.Groups[g].Address
	}
	return ""
}

// renames says where the moved blocks of a model lead from an address.
func renames(m *arch.Model) func(address string) string {
	to := map[string]string{}
	for _, move := range m.Moves {
		to[move.From] = move.To
	}
	return func(address string) string {
		for range len(to) {
			block, key, instance := strings.Cut(address, "[")
			next, ok := to[address]
			if !ok && instance {
				if next, ok = to[block]; ok {
					next += "[" + key
				}
			}
			if !ok {
				break
			}
			address = next
		}
		return address
	}
}

// widths are those that cards keep, so that a renamed one stays inside.
func (p places) widths(d *diagram.Diagram) typeset.Widths {
	out := typeset.Widths{}
	for _, n := range d.Nodes {
		if at, ok := p.nodes[n.Address]; ok {
			out[n.Address] = float64(at.W)
		}
	}
	return out
}

// request is a request in which every card that has a place holds it.
func (p places) request(d *diagram.Diagram, r geometry.Request) geometry.Request {
	for i, n := range d.Nodes {
		if at, ok := p.nodes[n.Address]; ok {
			r.Nodes[i].Held = &geometry.Hold{At: box(at), Turn: at.Turn, Changed: !p.group[n.Address]}
		}
	}
	if len(p.nodes) > 0 {
		for _, n := range p.gone {
			r.Vacant = append(r.Vacant, box(n))
		}
	}
	return r
}

func box(n lock.Node) geometry.Rect {
	return geometry.Rect{X: float64(n.X), Y: float64(n.Y), W: float64(n.W), H: float64(n.H)}
}

// keep puts the places of a plan into the lock. Places of what is gone stay, for a branch where it is not, until
// another card takes them or they are pruned.
func (p places) keep(d *diagram.Diagram, plan geometry.Plan, prune bool, r *Rendering) error {
	v := lock.View{Name: d.Name, Direction: d.Direction}
	for i, n := range d.Nodes {
		at := lock.NewNode(n.Address, plan.Nodes[i])
		if at.Far() {
			return errors.New("its cards stand too far apart; lay it out anew with: asbuilt render --relayout " + d.Name)
		}
		at.Group, at.Turn = groupOf(d, i), p.next
		if old, ok := p.nodes[n.Address]; ok && !slices.Contains(plan.Placed, i) {
			at.Turn = old.Turn
		}
		v.Nodes = append(v.Nodes, at)
	}
	taken := func(n lock.Node) bool {
		return slices.ContainsFunc(v.Nodes, func(o lock.Node) bool {
			return n.X < o.X+o.W && o.X < n.X+n.W && n.Y < o.Y+o.H && o.Y < n.Y+n.H
		})
	}
	if !prune {
		shown := v.Nodes
		for _, n := range p.gone {
			if !taken(n) {
				shown = append(shown[:len(shown):len(shown)], n)
			}
		}
		v.Nodes = shown
	}
	for i, n := range d.Nodes {
		if _, ok := p.nodes[n.Address]; ok && slices.Contains(plan.Placed, i) {
			r.note("found another place for %s in view %q: two could not both stand there", n.Address, d.Name)
		}
	}
	for _, g := range plan.Room {
		where := "the top"
		if g >= 0 {
			where = d.Groups[g].Address
		}
		r.note("made room in %s in view %q: what stands beyond moved", where, d.Name)
	}
	r.locked.Put(v)
	return nil
}

// digest is that of the places a picture should have; "" when the view has none yet.
func (p places) digest(d *diagram.Diagram) string {
	if len(p.nodes) == 0 {
		return ""
	}
	var nodes []lock.Node
	for _, n := range d.Nodes {
		at := p.nodes[n.Address]
		at.Address = n.Address
		nodes = append(nodes, at)
	}
	return lock.Digest(nodes)
}

// pruneViews drops the places of views that are gone.
func (s *Snapshot) pruneViews(r *Rendering) {
	r.locked.Views = slices.DeleteFunc(r.locked.Views, func(v lock.View) bool {
		return !slices.Contains(viewNames(s.model), v.Name)
	})
}
