package workspace

import (
	"context"
	"fmt"
	"runtime"
	"slices"
	"sync"

	"github.com/asbuilt/asbuilt/internal/geometry"
	"github.com/asbuilt/asbuilt/internal/layout"
	"github.com/asbuilt/asbuilt/internal/lock"
	"github.com/asbuilt/asbuilt/internal/process"
	"github.com/asbuilt/asbuilt/internal/sequence"
	"github.com/asbuilt/asbuilt/internal/sheet"
	"github.com/asbuilt/asbuilt/internal/stamp"
	"github.com/asbuilt/asbuilt/internal/typeset"
	"github.com/asbuilt/asbuilt/pkg/arch"
	"github.com/asbuilt/asbuilt/pkg/diagram"
	"github.com/asbuilt/asbuilt/pkg/finding"
)

// Drawing is what to draw, and how.
type Drawing struct {
	Views    []string // all when none is named
	Out      string   // the folder, for links
	Formats  []string
	Scale    int  // dots of a PNG for a pixel, in each direction; 0 is 1
	Keep     bool // what stands in the folder as it would be drawn is not drawn again
	Relayout bool // every card gets a new place
	Prune    bool // places of what is gone are dropped

	// Progress is told after each view, one at a time; nil: nobody is.
	Progress func(done, all int)
}

// Rendering is pictures that were drawn, and where their cards now stand.
type Rendering struct {
	Products []Product
	Kept     int      // products that stand as they would be drawn
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
	var sketches []*sketch
	for _, v := range views {
		d, wrong, err := s.Diagram(v, dir)
		if err != nil {
			return nil, nil, fmt.Errorf("view %q: %w", v.Name, err)
		}
		told = append(told, wrong...)
		if d != nil {
			sketches = append(sketches, &sketch{view: v, diagram: d, held: s.held(d, r.locked)})
		}
	}
	late, err := s.draw(sketches, what, r)
	if err != nil {
		return nil, nil, err
	}
	told = append(told, late...)
	if what.Prune && len(what.Views) == 0 {
		s.pruneViews(r)
	}
	finding.Sort(told)
	return r, told, nil
}

func (r *Rendering) note(format string, args ...any) {
	r.Notes = append(r.Notes, fmt.Sprintf(format, args...))
}

// sketch is a view on its way to its products.
type sketch struct {
	view     *arch.View
	diagram  *diagram.Diagram
	held     places
	words    *sheet.Sheet // nil: not laid out
	plan     geometry.Plan
	products []Product
	kept     int
	err      error
}

// draw makes the products of all sketches, as many at a time as there are layout workers, and keeps where the cards
// stand. It says which views cannot be laid out; its error is that of the first sketch that has another one.
func (s *Snapshot) draw(sketches []*sketch, what Drawing, r *Rendering) ([]finding.Finding, error) {
	stands := func(*sketch, format) bool { return false }
	if what.Keep && what.Out != "-" && !what.Relayout && !what.Prune {
		// A folder that is not there holds nothing; what else is wrong with it is said when it is written to.
		if out, err := s.Output(what.Out, false); err == nil {
			defer out.Close()
			stands = func(k *sketch, f format) bool { return out.shows(k, f, what.Scale) }
		}
	}
	workers := s.w.workers()
	var wait sync.WaitGroup
	var telling sync.Mutex
	done := 0
	turn := make(chan struct{}, runtime.GOMAXPROCS(0))
	for _, k := range sketches {
		turn <- struct{}{}
		wait.Go(func() {
			defer func() { <-turn }()
			k.err = k.draw(s.ctx, workers, what, stands)
			telling.Lock()
			defer telling.Unlock()
			if done++; what.Progress != nil {
				what.Progress(done, len(sketches))
			}
		})
	}
	wait.Wait()
	var told []finding.Finding
	for _, k := range sketches {
		if f, its := unplaced(k.view, k.err); its {
			told = append(told, f)
			continue
		}
		if k.err == nil && k.words != nil && k.diagram.Kind != diagram.KindSequence {
			k.err = k.held.keep(k.diagram, k.plan, what.Prune, r)
		}
		if k.err != nil {
			return nil, fmt.Errorf("view %q: %w", k.diagram.Name, k.err)
		}
		r.Products = append(r.Products, k.products...)
		r.Kept += k.kept
	}
	return told, nil
}

// draw makes the products that do not stand yet, and those of words alone, which cost nothing. The diagram is laid out once, when
// the first of them needs it.
func (k *sketch) draw(ctx context.Context, workers *layout.Pool, what Drawing, stands func(*sketch, format) bool) error {
	if what.Relayout {
		k.held = places{}
	}
	for _, name := range what.Formats {
		f := formatOf(name)
		if f.words == nil && stands(k, f) {
			k.kept++
			continue
		}
		if f.words == nil && k.words == nil {
			if err := k.place(ctx, workers); err != nil {
				return err
			}
		}
		data, err := f.make(k, what.Scale)
		if err != nil {
			return err
		}
		k.products = append(k.products, Product{k.diagram.Name + "." + f.ending, stamp.Seal(data)})
	}
	return nil
}

// place finds where everything stands: the cards where the lock holds them.
func (k *sketch) place(ctx context.Context, workers *layout.Pool) (err error) {
	if k.diagram.Kind == diagram.KindSequence {
		k.words = typeset.Set(k.diagram, nil)
		k.plan = sequence.Layout(k.words)
		return nil
	}
	words := typeset.Set(k.diagram, k.held.widths(k.diagram))
	if k.plan, err = workers.Layout(ctx, k.held.request(k.diagram, words.Request())); err == nil {
		k.words = words
	}
	return err
}

// shows reports whether the picture of a sketch stands in the folder as it would be painted.
func (o *Output) shows(k *sketch, f format, scale int) bool {
	data, err := o.tree.Read(k.diagram.Name+"."+f.ending, pictureLimit)
	if err != nil {
		return false
	}
	mark, ours := stamp.Read(data)
	want := stamp.Mark{
		View: k.diagram.Name, Version: o.version, Digest: k.diagram.Digest(), Sum: mark.Sum, Intact: true,
		Places: k.held.digest(k.diagram), Painter: f.painter(max(scale, 1)),
	}
	if k.diagram.Kind == diagram.KindSequence { // everything in it stands where its steps say
		want.Places = mark.Places
	}
	return ours && mark == want
}

func (w *Workspace) workers() *layout.Pool {
	if w.pool == nil {
		w.pool = layout.NewPool(layout.Options{Deadline: w.env.Timeout, Command: func() process.Command {
			c, err := w.env.Worker()
			if err != nil { // starting it will say why
				return process.Command{Path: err.Error()}
			}
			return c
		}})
	}
	return w.pool
}
