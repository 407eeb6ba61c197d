package config

import (
	"fmt"
	"slices"
	"strings"

	"github.com/asbuilt/asbuilt/pkg/arch"
	"github.com/asbuilt/asbuilt/pkg/finding"
)

// elements evaluates all elements, teams and edges into the model.
func (l *loader) elements(m *arch.Model) {
	for _, d := range l.names.order {
		if !l.expand(d) {
			continue
		}
		for _, i := range d.instances {
			f := l.instanceFrame(d, i)
			if d.block.spec.Type == "team" {
				m.Teams = append(m.Teams, f.teamOf(d))
				continue
			}
			m.Elements = append(m.Elements, f.element(d, i))
			m.Edges = append(m.Edges, f.edges(i.address)...)
		}
	}
	l.breakCircles(m.Elements)
	l.checkDepth(m.Elements)
	l.checkEdges(m)
}

func (f *frame) teamOf(d *declared) *arch.Team {
	return &arch.Team{
		Address: d.address, Name: d.block.labels[0],
		Title: f.text("title"), Codeowners: f.text("codeowners"),
		Facts: f.facts(map[string]string{"description": "description", "metadata": "metadata"}),
		At:    f.report.place(d.block.header()),
	}
}

// element decodes one instance. Attributes that its type does not have are simply not written.
func (f *frame) element(d *declared, i *instance) *arch.Element {
	e := &arch.Element{
		Address: i.address, Type: d.block.spec.Type, Name: d.block.labels[0], Key: i.key,
		Kind: f.kind("kind"), Title: f.text("title"), Description: f.text("description"), Technology: f.text("technology"),
		Parent: f.one("in"), Owner: f.team("owner"), Tags: f.words("tags"), Docs: f.link("docs"), Icon: f.icon("icon"),
		Shared: f.flag("shared"), Root: f.flag("root"), Status: arch.Status(f.word("status")),
		At: f.report.place(d.block.header()),
	}
	if e.Type == arch.TypeAPI {
		e.Parent = f.one("of")
	}
	e.Facts = f.facts(describing)
	e.Facts = append(e.Facts, f.nestedFacts("runtime")...)
	e.Facts = append(e.Facts, f.nestedFacts("capacity")...)
	slices.SortFunc(e.Facts, func(a, b arch.Fact) int { return strings.Compare(a.Name, b.Name) })
	e.Code = f.code()
	e.Bindings = bindings(e)
	f.checkAPI(e)
	return e
}

// describing are the attributes that are kept as facts, by the fact's name.
var describing = map[string]string{
	"engine": "engine", "hosts": "hosts", "topics": "topics", "metadata": "metadata",
	"grpc": "grpc", "openapi": "openapi", "http": "http",
}

func (f *frame) facts(names map[string]string) []arch.Fact {
	written := make([]string, 0, len(names))
	for name := range names {
		if f.block.attrs[name] != nil {
			written = append(written, name)
		}
	}
	slices.Sort(written)
	var out []arch.Fact
	for _, name := range written {
		if x, ok := f.fact(name, names[name]); ok {
			out = append(out, x)
		}
	}
	return out
}

// nestedFacts keeps every attribute of a block: runtime.compose.
func (f *frame) nestedFacts(blockType string) []arch.Fact {
	b := f.block.first(blockType)
	if b == nil {
		return nil
	}
	names := map[string]string{}
	for name := range b.attrs {
		names[name] = blockType + "." + name
	}
	return f.inner(b).facts(names)
}

func (f *frame) code() *arch.Code {
	b := f.block.first("code")
	if b == nil {
		return nil
	}
	n := f.inner(b)
	goes := n.patterns("go")
	if goes == nil {
		goes = []arch.Pattern{} // JSON writes a list
	}
	return &arch.Code{
		Go: goes, Nodes: n.patterns("nodes"), TestSupport: n.patterns("test_support"),
		Exposes: n.allowed("exposes"), Modules: n.allowed("modules"), At: f.report.place(b.header()),
	}
}

// worlds are the facts that bind an element to a world, by the world's name.
var worlds = map[string]string{
	"compose": "runtime.compose", "kubernetes": "runtime.kubernetes", "otel": "runtime.otel",
	"grpc": "grpc", "openapi": "openapi", "http": "http",
}

// bindings lists the worlds in which an element can be observed, sorted.
func bindings(e *arch.Element) []string {
	var out []string
	if e.Code != nil && len(e.Code.Go) > 0 {
		out = append(out, "go")
	}
	if e.Code != nil {
		for _, p := range e.Code.Nodes {
			world, _, _ := strings.Cut(p.Text, ":")
			out = append(out, world)
		}
	}
	for world, name := range worlds {
		if fact(e, name) != nil {
			out = append(out, world)
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// breakCircles reports circles of `in` and `of`, and takes their members out of one another, so that
// walking up the model ends.
func (l *loader) breakCircles(elements []*arch.Element) {
	byAddress := make(map[string]*arch.Element, len(elements))
	for _, e := range elements {
		byAddress[e.Address] = e
	}
	done := map[string]bool{}
	for _, e := range elements {
		var path []*arch.Element
		for x := e; x != nil && !done[x.Address]; x = byAddress[x.Parent] {
			done[x.Address] = true
			path = append(path, x)
		}
		if len(path) == 0 {
			continue
		}
		end := byAddress[path[len(path)-1].Parent]
		if start := slices.Index(path, end); start >= 0 {
			l.inCircle(path[start:])
		}
	}
}

// maxInside is how deep elements may stand inside one another: no drawing shows more, and everything that
// walks up the model stays cheap.
const maxInside = 30

func (l *loader) checkDepth(elements []*arch.Element) {
	byAddress := make(map[string]*arch.Element, len(elements))
	for _, e := range elements {
		byAddress[e.Address] = e
	}
	depth := map[*arch.Element]int{}
	for _, e := range elements {
		var path []*arch.Element
		x := e
		for ; x != nil && depth[x] == 0; x = byAddress[x.Parent] {
			path = append(path, x)
		}
		for i := len(path) - 1; i >= 0; i-- {
			depth[path[i]] = depth[x] + 1
			x = path[i]
			if depth[x] > maxInside {
				l.tooDeep(x)
				depth[x] = 1
			}
		}
	}
}

func (l *loader) tooDeep(e *arch.Element) {
	l.report.addFinding(finding.Finding{
		Rule: ruleBudget, Severity: finding.Error, At: e.At, Subject: finding.Subject{Element: e.Address},
		Message: fmt.Sprintf("%s is inside more than %d others", e.Address, maxInside),
		Fix:     &finding.Fix{Message: "put it further out"},
	})
	e.Parent = ""
}

func (l *loader) inCircle(circle []*arch.Element) {
	words := make([]string, 0, len(circle)+1)
	for _, e := range circle {
		words = append(words, e.Address)
	}
	// Begin at the smallest address, so that the same circle reads the same from whichever file it is found.
	first := slices.Index(words, slices.Min(words))
	words = slices.Concat(words[first:], words[:first], words[first:first+1])
	base, _, _ := strings.Cut(words[0], "[")
	d := l.names.declared[base]
	at := d.block.header()
	if a := d.block.attrs["in"]; a != nil {
		at = a.hcl.Expr.Range()
	}
	n := note{
		rule: ruleCycle, at: at, subject: d.block.subject,
		message: "an element that is inside itself: " + arrows(words),
		fix:     "take one of these out of the other",
	}
	for _, e := range circle {
		e.Parent = ""
	}
	l.report.add(n)
}
