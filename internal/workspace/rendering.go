package workspace

import (
	"fmt"
	"slices"

	"github.com/asbuilt/asbuilt/internal/geometry"
	"github.com/asbuilt/asbuilt/internal/layout"
	"github.com/asbuilt/asbuilt/internal/lock"
	"github.com/asbuilt/asbuilt/internal/process"
	"github.com/asbuilt/asbuilt/internal/sequence"
	"github.com/asbuilt/asbuilt/internal/sheet"
	"github.com/asbuilt/asbuilt/internal/stamp"
	"github.com/asbuilt/asbuilt/internal/typeset"
	"github.com/asbuilt/asbuilt/pkg/diagram"
	"github.com/asbuilt/asbuilt/pkg/finding"
)

// Drawing is what to draw, and how.
type Drawing struct {
	Views    []string // all when none is named
	Out      string   // the folder, for links
	Formats  []string
	Relayout bool // every card gets a new place
	Prune    bool // places of what is gone are dropped

	stands func(*diagram.Diagram, format, *lock.Lock) bool // a product that is not to be made; nil: all are
}

// Rendering is pictures that were drawn, and where their cards now stand.
type Rendering struct {
	Products []Product
	Notes    []string // what happened to the places, a line each

	locked *lock.Lock
}

// Product is one rendered file.
type Product struct {
	File string // its name in the output folder
	Data []byte
}

// Render makes the products of the named views for a folder. Nothing is written, the lock neither.
func (s *Snapshot) Render(what Drawing) (*Rendering, []finding.Finding, error) {
	views, err := s.Views(what.Views)
	if err != nil {
		return nil, nil, err
	}
	locked, told, err := s.lock()
	if err != nil {
		return nil, nil, err
	}
	r := &Rendering{locked: &lock.Lock{Views: slices.Clone(locked.Views)}}
	if len(told) > 0 {
		if !s.mended {
			return r, told, nil
		}
		for _, f := range told {
			r.note("%s:%d: %s: the places of both sides are kept", f.At.File, f.At.Start.Line, f.Message)
		}
		told = nil
	}
	dir := s.linkBase(what.Out)
	for _, v := range views {
		d, wrong, err := s.Diagram(v, dir)
		if err != nil {
			return nil, nil, fmt.Errorf("view %q: %w", v.Name, err)
		}
		told = append(told, wrong...)
		if d == nil {
			continue
		}
		if err := s.draw(d, what, r); err != nil {
			return nil, nil, fmt.Errorf("view %q: %w", d.Name, err)
		}
	}
	if what.Prune && len(what.Views) == 0 {
		s.pruneViews(r)
	}
	finding.Sort(told)
	return r, told, nil
}

func (r *Rendering) note(format string, args ...any) {
	r.Notes = append(r.Notes, fmt.Sprintf(format, args...))
}

// draw makes the products of a diagram. It is laid out once, when the first of them needs it.
func (s *Snapshot) draw(d *diagram.Diagram, what Drawing, r *Rendering) error {
	var words *sheet.Sheet // nil: not laid out yet
	var plan geometry.Plan
	for _, name := range what.Formats {
		f := formatOf(name)
		if what.stands != nil && what.stands(d, f, r.locked) {
			continue
		}
		var data []byte
		var err error
		switch {
		case f.words != nil:
			data = f.words(d)
		case words == nil:
			if words, plan, err = s.place(d, what, r); err != nil {
				return err
			}
			fallthrough
		default:
			if data, err = f.paint(d, words, plan); err != nil {
				return err
			}
		}
		r.Products = append(r.Products, Product{d.Name + "." + f.ending, stamp.Seal(data)})
	}
	return nil
}

// place finds where everything stands: the cards where the lock holds them.
func (s *Snapshot) place(d *diagram.Diagram, what Drawing, r *Rendering) (*sheet.Sheet, geometry.Plan, error) {
	if d.Kind == diagram.KindSequence {
		words := typeset.Set(d, nil)
		return words, sequence.Layout(words), nil
	}
	held := s.held(d, r.locked)
	if what.Relayout {
		held = places{}
	}
	words := typeset.Set(d, held.widths(d))
	plan, err := s.w.workers().Layout(s.ctx, held.request(d, words.Request()))
	if err != nil {
		return nil, plan, err
	}
	return words, plan, held.keep(d, plan, what.Prune, r)
}

func (w *Workspace) workers() *layout.Pool {
	if w.pool == nil {
		w.pool = layout.NewPool(layout.Options{Command: func() process.Command {
			c, err := w.env.Worker()
			if err != nil { // starting it will say why
				return process.Command{Path: err.Error()}
			}
			return c
		}})
	}
	return w.pool
}
