package workspace

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"maps"
	"slices"

	"github.com/asbuilt/asbuilt/internal/lock"
	"github.com/asbuilt/asbuilt/internal/viewer"
	"github.com/asbuilt/asbuilt/pkg/arch"
	"github.com/asbuilt/asbuilt/pkg/diagram"
	"github.com/asbuilt/asbuilt/pkg/finding"
)

// Exhibit is what a page shows of a state of the project. It never changes.
type Exhibit struct {
	Index    *viewer.Index
	Pictures map[string][]byte // by view

	drawn  map[string]hanging // by view
	file   string             // the lock that it was made with
	locked *lock.Lock         // and where cards stand since: on a page, too, nothing moves that need not
}

// hanging is a picture with all that it depends on.
type hanging struct {
	diagram *diagram.Diagram
	of      string
	digest  string
	places  string
	sum     string
}

// exhibit draws all views, then those of insides that no view shows. A view that cannot be drawn hangs there as it did
// before, and the index says why; so do the findings and the error. What there is meanwhile is shown. Nothing is written.
func (s *Snapshot) exhibit(before *Exhibit, show func(*Exhibit)) (*Exhibit, []finding.Finding, error) {
	views, err := s.Views(nil)
	if err != nil && (!errors.Is(err, ErrNoViews) || s.model == nil || len(s.model.Elements) == 0) {
		return before.troubled(nil, err), nil, err
	}
	locked, told, err := s.lock()
	if err != nil || len(told) > 0 && !s.mended {
		return before.troubled(told, err), told, err
	}
	e := &Exhibit{Pictures: map[string][]byte{}, drawn: map[string]hanging{}, file: string(lock.Format(locked)), locked: locked}
	if before.file == e.file && before.locked != nil {
		e.locked = before.locked
	}
	r := &Rendering{locked: &lock.Lock{Views: slices.Clone(e.locked.Views)}}
	var failed []error
	told = nil
	for _, v := range views {
		wrong, err := s.hang(v, before, e, r)
		told = append(told, wrong...)
		if err != nil {
			failed = append(failed, fmt.Errorf("view %q: %w", v.Name, err))
		}
	}
	finding.Sort(told)
	err = errors.Join(failed...)
	s.hangInsides(views, before, e, r, func() { show(e.troubled(told, err)) })
	return e.troubled(told, err), told, err
}

// hang puts the picture of a view in its place: the one that hangs there, when it would be drawn the same again or
// cannot be.
func (s *Snapshot) hang(v *arch.View, before, e *Exhibit, r *Rendering) ([]finding.Finding, error) {
	old, stood := before.drawn[v.Name]
	keep := func() { e.keep(v.Name, before) }
	d, told, err := s.Diagram(v, s.linkBase(""))
	if err != nil || d == nil {
		keep()
		return told, err
	}
	k := &sketch{view: v, diagram: d, held: s.held(d, r.locked)}
	now := hanging{diagram: d, of: v.Of, digest: d.Digest(), places: k.held.digest(d)}
	if stood && old.digest == now.digest && old.places == now.places {
		keep()
		return told, nil
	}
	drawn := &Rendering{locked: r.locked}
	late, err := s.draw([]*sketch{k}, Drawing{Formats: []string{"svg"}}, drawn)
	if err != nil || len(late) > 0 {
		keep()
		return append(told, late...), err
	}
	picture := drawn.Products[0].Data
	sum := sha256.Sum256(picture)
	now.places, now.sum = s.held(d, r.locked).digest(d), hex.EncodeToString(sum[:8])
	e.drawn[v.Name], e.Pictures[v.Name] = now, picture
	return told, nil
}

// keep lets a picture hang as it did before.
func (e *Exhibit) keep(view string, before *Exhibit) {
	if old, stood := before.drawn[view]; stood {
		e.drawn[view], e.Pictures[view] = old, before.Pictures[view]
	}
}

// index says what hangs, and where its cards stand.
func (e *Exhibit) index(s *Snapshot, views []*arch.View, r *Rendering) {
	var drawn []*diagram.Diagram
	for _, v := range views {
		if h, ok := e.drawn[v.Name]; ok {
			drawn = append(drawn, h.diagram)
		}
	}
	e.Index = viewer.NewIndex(s.model, drawn)
	for way, lines := range s.witnesses(drawn) {
		e.Index.AddEvidence(way[0], way[1], lines)
	}
	for _, v := range views {
		if h, ok := e.drawn[v.Name]; ok {
			e.Index.AddView(h.diagram, viewer.View{Of: h.of, Sum: h.sum, Auto: !slices.Contains(s.model.Views, v)})
		}
	}
	e.locked = &lock.Lock{Views: slices.Clone(r.locked.Views)}
}

// noExhibit is what is shown before anything could be drawn.
func noExhibit(title string) *Exhibit {
	return &Exhibit{Index: viewer.Empty(title), Pictures: map[string][]byte{}, drawn: map[string]hanging{}}
}

// troubled is the exhibit with what keeps it from being of the newest state.
func (e *Exhibit) troubled(told []finding.Finding, err error) *Exhibit {
	out, index := *e, *e.Index
	out.Pictures, out.drawn, out.Index, index.Trouble = maps.Clone(e.Pictures), maps.Clone(e.drawn), &index, []viewer.Trouble{}
	for _, f := range told {
		fix := ""
		if f.Fix != nil {
			fix = f.Fix.Message
		}
		index.AddTrouble(f.At.String(), f.Message, fix)
	}
	var many interface{ Unwrap() []error }
	switch {
	case errors.As(err, &many):
		for _, one := range many.Unwrap() {
			index.AddTrouble("", one.Error(), "")
		}
	case err != nil:
		index.AddTrouble("", err.Error(), "")
	}
	return &out
}
