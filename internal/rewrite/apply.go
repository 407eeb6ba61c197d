package rewrite

import (
	"bytes"
	"fmt"
	"slices"
	"strings"

	"github.com/hashicorp/hcl/v2/hclsyntax"

	"github.com/asbuilt/asbuilt/pkg/arch"
	"github.com/asbuilt/asbuilt/pkg/finding"
	"github.com/asbuilt/asbuilt/pkg/source"
)

// File is one HCL file.
type File struct {
	Name string // printed
	Data []byte
}

// Plan is what changes mean for the text of an architecture. Nothing is written yet.
type Plan struct {
	Files []Edited // those that change, by name
	Left  []Left   // changes that have no literal to edit
}

// Edited is a file before and after.
type Edited struct {
	Name          string
	Before, After []byte
}

// Left is a change that someone must make by hand.
type Left struct {
	Change arch.Change
	At     source.Range
	Reason string
}

// Apply turns changes of a model into edits of its files, each then in the one form. New elements are appended to the
// file named home. Text that does not parse is refused with findings, and nothing is planned.
func Apply(files []File, home string, changes []arch.Change) (Plan, []finding.Finding) {
	changes = slices.Clone(changes)
	slices.SortStableFunc(changes, arch.CompareChanges)
	p := &planner{home: home, before: map[string][]byte{}}
	for _, f := range files {
		p.before[f.Name] = f.Data
		p.texts = append(p.texts, f)
	}
	for _, step := range []func([]arch.Change){p.remove, p.add} {
		if told := p.read(); len(told) > 0 {
			return Plan{}, told
		}
		step(changes)
		p.write()
	}
	return p.plan()
}

// planner edits all files of an architecture.
type planner struct {
	home      string
	before    map[string][]byte
	texts     []File
	documents []*document
	left      []Left
}

func (p *planner) read() []finding.Finding {
	p.documents = nil
	var told []finding.Finding
	for _, f := range p.texts {
		d, wrong := parse(f.Name, f.Data)
		told = append(told, wrong...)
		p.documents = append(p.documents, d)
	}
	return told
}

func (p *planner) write() {
	for i, d := range p.documents {
		if len(d.edits) > 0 {
			p.texts[i].Data = d.edited()
		}
	}
}

// plan brings the files that changed into the one form.
func (p *planner) plan() (Plan, []finding.Finding) {
	out := Plan{Left: p.left}
	for _, f := range p.texts {
		before := p.before[f.Name]
		if bytes.Equal(f.Data, before) {
			continue
		}
		after, told := Format(f.Name, f.Data)
		if len(told) > 0 {
			return Plan{}, told
		}
		_, dress := undress(before)
		out.Files = append(out.Files, Edited{f.Name, before, dress.on(after)})
	}
	slices.SortFunc(out.Files, func(a, b Edited) int { return strings.Compare(a.Name, b.Name) })
	return out, nil
}

func (p *planner) leave(c arch.Change, at source.Range, format string, args ...any) {
	p.left = append(p.left, Left{c, at, fmt.Sprintf(format, args...)})
}

// find is a block of the top level, in whichever file; nil when there is none.
func (p *planner) find(blockType, label string) (*document, *hclsyntax.Block) {
	for _, d := range p.documents {
		if b := d.block(blockType, label); b != nil {
			return d, b
		}
	}
	return nil, nil
}

// element finds the block that makes exactly one element. Otherwise it leaves the change.
func (p *planner) element(c arch.Change, address string, at source.Range) (*document, *hclsyntax.Block) {
	elementType, label, _ := strings.Cut(address, ".")
	label, _, instance := strings.Cut(label, "[")
	d, b := p.find(elementType, label)
	switch {
	case b == nil:
		p.leave(c, at, "no block of its own makes %s", address)
		return nil, nil
	case instance || b.Body.Attributes["for_each"] != nil:
		p.leave(c, d.place(b.DefRange()), "for_each makes %s: change what it is made from", address)
		return nil, nil
	}
	return d, b
}

// from groups edges by the element that they leave, in the order of the changes.
func from(changes []arch.Change, action arch.Action) [][]arch.Change {
	var out [][]arch.Change
	index := map[string]int{}
	for _, c := range changes {
		if c.Edge == nil || c.Action != action {
			continue
		}
		i, ok := index[c.Edge.From]
		if !ok {
			i = len(out)
			index[c.Edge.From] = i
			out = append(out, nil)
		}
		out[i] = append(out[i], c)
	}
	return out
}
