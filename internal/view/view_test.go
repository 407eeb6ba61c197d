package view_test

import (
	"errors"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"golang.org/x/tools/txtar"

	"github.com/asbuilt/asbuilt/internal/view"
	"github.com/asbuilt/asbuilt/pkg/arch"
	"github.com/asbuilt/asbuilt/pkg/diagram"
	"github.com/asbuilt/asbuilt/pkg/evidence"
	"github.com/asbuilt/asbuilt/pkg/finding"
	"github.com/asbuilt/asbuilt/pkg/reflexion"
	"github.com/asbuilt/asbuilt/pkg/source"
)

var update = flag.Bool("update", false, "rewrite the want sections")

// Each case is a model, one or more views of it, and the diagrams wanted. The notation is read by
// parseModel and written by dump.
func TestCases(t *testing.T) {
	paths, err := filepath.Glob("testdata/*.txtar")
	require.NoError(t, err)
	require.NotEmpty(t, paths)
	for _, path := range paths {
		t.Run(strings.TrimSuffix(filepath.Base(path), ".txtar"), func(t *testing.T) {
			archive, err := txtar.ParseFile(path)
			require.NoError(t, err)
			require.NotEmpty(t, archive.Files)
			require.Equal(t, "model", archive.Files[0].Name)
			out := &txtar.Archive{Comment: archive.Comment, Files: slices.Clone(archive.Files[:1])}
			for _, f := range archive.Files[1:] {
				if strings.HasPrefix(f.Name, "want ") {
					continue
				}
				in := parseCase(t, string(archive.Files[0].Data), string(f.Data), f.Name)
				got := dump(view.Build(in))
				out.Files = append(out.Files, f, txtar.File{Name: "want " + f.Name, Data: []byte(got)})
			}
			if *update {
				require.NoError(t, os.WriteFile(path, txtar.Format(out), 0o644))
				return
			}
			require.Equal(t, string(txtar.Format(archive)), string(txtar.Format(out)))
		})
	}
}

// dump writes a diagram, or what is wrong with the view, one thing a line.
func dump(d *diagram.Diagram, problems []finding.Finding) string {
	var b strings.Builder
	for _, f := range problems {
		fmt.Fprintf(&b, "%s %s %s: %s; %s\n", f.Severity, f.Rule, f.At, f.Message, f.Fix.Message)
	}
	if d == nil {
		return b.String()
	}
	fmt.Fprintf(&b, "%q\n", d.Title)
	if d.Description != "" {
		fmt.Fprintf(&b, "%s\n", d.Description)
	}
	dumpFrame(&b, d, -1, "")
	for _, e := range d.Edges {
		fmt.Fprintf(&b, "%s -> %s %s", d.Nodes[e.From].Address, d.Nodes[e.To].Address, e.Verdict)
		for _, l := range e.Labels {
			fmt.Fprintf(&b, " %q", l)
		}
		field(&b, "tech", e.Technology)
		flagged(&b, "async", e.Async)
		flagged(&b, "crosses", e.Crosses)
		field(&b, "status", e.Status)
		field(&b, "breaks", strings.Join(e.Breaks, ","))
		if e.Count > 0 {
			fmt.Fprintf(&b, " x%d", e.Count)
		}
		b.WriteString("\n")
		for _, line := range e.Evidence {
			fmt.Fprintf(&b, "    %s\n", line)
		}
	}
	for i, badge := range d.Badges {
		fmt.Fprintf(&b, "badge %d %q\n", i, badge.Title)
	}
	for _, rank := range d.SameRank {
		b.WriteString("rank")
		for _, i := range rank {
			b.WriteString(" " + d.Nodes[i].Address)
		}
		b.WriteString("\n")
	}
	return b.String()
}

func dumpFrame(b *strings.Builder, d *diagram.Diagram, frame int, indent string) {
	for _, n := range d.Nodes {
		if n.Group != frame {
			continue
		}
		fmt.Fprintf(b, "%s%s", indent, n.Address)
		if n.Shape != plainShape(n.Type) {
			field(b, "shape", n.Shape)
		}
		field(b, "title", n.Title[:len(n.Title)*named(n)])
		field(b, "tech", n.Technology)
		field(b, "color", n.Color)
		field(b, "owner", n.Owner)
		field(b, "status", n.Status)
		field(b, "link", n.Link)
		for _, i := range n.Badges {
			fmt.Fprintf(b, " #%d", i)
		}
		flagged(b, "subject", n.Subject)
		field(b, "note", n.Note)
		b.WriteString("\n")
	}
	for i, g := range d.Groups {
		if g.Parent != frame {
			continue
		}
		fmt.Fprintf(b, "%s[%s", indent, g.Address)
		field(b, "tech", g.Technology)
		field(b, "owner", g.Owner)
		field(b, "status", g.Status)
		b.WriteString("]\n")
		dumpFrame(b, d, i, indent+"  ")
	}
}

// named is 1 when a card has a title of its own, else 0: the name is in the address already.
func named(n diagram.Node) int {
	if strings.HasSuffix(n.Address, "."+n.Title) {
		return 0
	}
	return 1
}

func plainShape(elementType string) string {
	switch elementType {
	case "datastore":
		return "cylinder"
	case "api":
		return "hexagon"
	case "system", "external":
		return "box"
	}
	return elementType
}

func field(b *strings.Builder, name, value string) {
	if value != "" {
		fmt.Fprintf(b, " %s=%s", name, quoteIfNeeded(value))
	}
}

func quoteIfNeeded(s string) string {
	if strings.ContainsAny(s, " ") {
		return strconv.Quote(s)
	}
	return s
}

func flagged(b *strings.Builder, name string, holds bool) {
	if holds {
		b.WriteString(" " + name)
	}
}

// tagged is a predicate for tests: it holds for elements with a tag, and fails for people.
type tagged struct {
	tag string
	at  source.Range
}

func (p tagged) Holds(s arch.Subject) (bool, error) {
	if s.Element.Type == arch.TypePerson && p.tag == "fails" {
		return false, errors.New("a person has no tags")
	}
	for _, t := range s.Element.Tags {
		if t == strings.TrimPrefix(p.tag, "!") {
			return !strings.HasPrefix(p.tag, "!"), nil
		}
	}
	return strings.HasPrefix(p.tag, "!"), nil
}

func (p tagged) String() string   { return "tagged " + p.tag }
func (p tagged) At() source.Range { return p.at }

func (p tagged) In(*arch.Model) arch.Predicate { return p }
func (p tagged) Reads() []string               { return []string{"self.tags"} }

// edgesWith is a predicate for tests: it holds for edges of a label or verdict, and fails for those to people.
type edgesWith struct {
	word string
	at   source.Range
}

func (p edgesWith) Holds(s arch.Subject) (bool, error) {
	if p.word == "fails" {
		return false, errors.New("there is no such label")
	}
	return s.Edge.Label == p.word || s.Verdict == p.word, nil
}

func (p edgesWith) String() string                { return "edges " + p.word }
func (p edgesWith) At() source.Range              { return p.at }
func (p edgesWith) In(*arch.Model) arch.Predicate { return p }
func (p edgesWith) Reads() []string               { return []string{"self.label"} }

// parseCase reads a model and a view:
//
//	component.a in=system.s title="A" tags=x,y     an element
//	component.a -> component.b label="uses"        a declared edge
//	component.a => component.b m/a m/b,m/c         what was seen: pairs of packages; test: before a pair of a test
//	style s tag=x shape=hexagon                    a style
//	team.t title="T"                               a team
//	node prod eu/k8s component.a component.b:3     instances in a node of an environment; the nodes around it are above
//	package m/a component.a                        an observed package and its owner
//	import m/a m/b                                 what was seen between two packages
//	waive component.a component.b code/undeclared  a finding between them that a waiver accepts
//	find component.a component.b code/undeclared   a finding that none accepts; by=rule.x, pair=m/a,m/b and severity=note say more
func parseCase(t *testing.T, model, viewText, name string) view.Input {
	m, seen := parseModel(t, model)
	kind, name, _ := strings.Cut(name, " ")
	v := &arch.View{Kind: kind, Name: name, At: source.At("test.arch.hcl", 1)}
	for i, line := range lines(viewText) {
		key, value, _ := strings.Cut(line, " ")
		list := strings.Fields(value)
		switch key {
		case "of":
			v.Of = value
		case "environment":
			v.Environment = value
		case "depth":
			n, err := strconv.Atoi(value)
			require.NoError(t, err)
			v.Depth = n
		case "title":
			v.Title = value
		case "include":
			v.Include = append([]string{}, list...)
		case "exclude":
			v.Exclude = list
		case "where":
			v.Where = tagged{value, source.At("test.arch.hcl", i+1)}
		case "drift":
			v.Drift = true
		case "edges":
			v.WhereEdges = edgesWith{value, source.At("test.arch.hcl", i+1)}
		case "override":
			words := split(t, line)
			o := arch.Override{Of: strings.Split(words[1], ","), Title: option(words, "title"), Color: option(words, "color")}
			if slices.Contains(words, "plain") {
				o.Description, o.Technology = new(string), new(string)
			}
			v.Overrides = append(v.Overrides, o)
		case "rank":
			v.SameRank = append(v.SameRank, list)
		case "group":
			v.Groups = append(v.Groups, arch.ViewGroup{Title: list[0], Members: list[1:]})
		default:
			require.Fail(t, "not a line of a view", line)
		}
	}
	m.Views = []*arch.View{v}
	in := view.Input{Model: arch.New(m), View: v, Links: func(docs string) string { return "../../" + docs }}
	if v.Kind == "drift" {
		v.Drift = true
	}
	in.Result, in.Findings, in.Graph = seen.result(in.Model), seen.findings, seen.graph // shown only where the view asks for drift
	return in
}

func lines(text string) []string {
	var out []string
	for line := range strings.Lines(text) {
		if line = strings.TrimSpace(line); line != "" {
			out = append(out, line)
		}
	}
	return out
}

// observed is what a case says was seen.
type observed struct {
	arrows   []reflexion.Arrow
	findings []finding.Finding
	verdicts map[string]reflexion.Verdict
	owners   map[string]string
	graph    evidence.Graph
}

// result adds the declared edges, with the verdicts that the case gives them: convergence if it says
// nothing.
func (o observed) result(m *arch.Model) *reflexion.Result {
	r := &reflexion.Result{Arrows: o.arrows, Owners: o.owners}
	for _, e := range m.Edges {
		verdict := o.verdicts[e.From+" "+e.To]
		if verdict == "" {
			verdict = reflexion.Convergence
		}
		r.Arrows = append(r.Arrows, reflexion.Arrow{
			From: e.From, To: e.To, Edge: e, Verdict: verdict, Reason: reflexion.Declared, Scope: evidence.Code,
		})
	}
	return r
}

func parseModel(t *testing.T, text string) (arch.Model, observed) {
	m := arch.Model{Architecture: arch.Architecture{Name: "test"}}
	o := observed{verdicts: map[string]reflexion.Verdict{}, owners: map[string]string{}}
	for i, line := range lines(text) {
		words := split(t, line)
		at := source.At("test.arch.hcl", i+1)
		switch {
		case len(words) > 2 && words[1] == "->":
			e := edge(words, at)
			m.Edges = append(m.Edges, &e)
			if v := option(words, "verdict"); v != "" {
				o.verdicts[e.From+" "+e.To] = reflexion.Verdict(v)
			}
		case len(words) > 2 && words[1] == "=>":
			o.arrows = append(o.arrows, arrow(words))
		case words[0] == "waive", words[0] == "find":
			f := finding.Finding{
				Rule: words[3], By: option(words, "by"), Severity: finding.Severity(option(words, "severity")),
				Between: &finding.Pair{From: words[1], To: words[2]},
			}
			if from, to, ok := strings.Cut(option(words, "pair"), ","); ok {
				f.Subject = finding.Subject{From: "go:" + from, To: "go:" + to}
			}
			if words[0] == "waive" {
				f.Waived = &finding.Waived{By: "waiver.w"}
			}
			o.findings = append(o.findings, f)
		case words[0] == "node":
			environment(&m, words, at)
		case words[0] == "package":
			o.owners["go:"+words[1]] = words[2]
		case words[0] == "import":
			o.graph.Edges = append(o.graph.Edges, evidence.Edge{From: "go:" + words[1], To: "go:" + words[2], Scope: evidence.Code})
		case words[0] == "style":
			m.Styles = append(m.Styles, &arch.Style{
				Name: words[1], Match: tagged{option(words, "tag"), at}, Shape: option(words, "shape"), Color: option(words, "color"), At: at,
			})
		case strings.HasPrefix(words[0], "team."):
			m.Teams = append(m.Teams, &arch.Team{Address: words[0], Name: words[0][5:], Title: option(words, "title"), At: at})
		default:
			e := element(t, words, at)
			m.Elements = append(m.Elements, &e)
		}
	}
	return m, o
}

// environment adds a node with its instances to the environment of a name.
func environment(m *arch.Model, words []string, at source.Range) {
	i := slices.IndexFunc(m.Environments, func(e *arch.Environment) bool { return e.Name == words[1] })
	if i < 0 {
		i = len(m.Environments)
		m.Environments = append(m.Environments, &arch.Environment{Name: words[1], At: at})
	}
	nodes := &m.Environments[i].Nodes
	var node *arch.Node
	for _, name := range strings.Split(words[2], "/") {
		j := slices.IndexFunc(*nodes, func(n *arch.Node) bool { return n.Name == name })
		if j < 0 {
			j = len(*nodes)
			*nodes = append(*nodes, &arch.Node{Name: name, Technology: option(words, "tech"), At: at})
		}
		node = (*nodes)[j]
		nodes = &node.Nodes
	}
	for _, w := range words[3:] {
		if strings.Contains(w, "=") {
			continue
		}
		of, count, _ := strings.Cut(w, ":")
		n, _ := strconv.Atoi(count) // none: it does not say
		node.Instances = append(node.Instances, &arch.Instance{Of: of, Replicas: n, At: at})
	}
}

func element(t *testing.T, words []string, at source.Range) arch.Element {
	kind, name, ok := strings.Cut(words[0], ".")
	require.True(t, ok, "not a line of a model: %s", words[0])
	e := arch.Element{
		Address: words[0], Type: kind, Name: name, At: at,
		Title: option(words, "title"), Parent: option(words, "in"), Owner: option(words, "owner"),
		Technology: option(words, "tech"), Docs: option(words, "docs"), Status: arch.Status(option(words, "status")),
		Shared: option(words, "shared") != "", Root: option(words, "root") != "",
	}
	if tags := option(words, "tags"); tags != "" {
		e.Tags = strings.Split(tags, ",")
	}
	if b := option(words, "binding"); b != "" {
		e.Bindings = []string{b}
	}
	if engine := option(words, "engine"); engine != "" {
		e.Facts = append(e.Facts, arch.Fact{Name: "engine", Value: engine})
	}
	if n := option(words, "replicas"); n != "" {
		count, err := strconv.ParseFloat(n, 64)
		require.NoError(t, err)
		e.Facts = append(e.Facts, arch.Fact{Name: "capacity.replicas", Value: count})
	}
	return e
}

func edge(words []string, at source.Range) arch.Edge {
	return arch.Edge{
		From: words[0], To: words[2], At: at, Kind: arch.EdgeKind(option(words, "kind")), Label: option(words, "label"),
		Technology: option(words, "tech"), Async: option(words, "async") != "", Status: arch.Status(option(words, "status")),
	}
}

func arrow(words []string) reflexion.Arrow {
	a := reflexion.Arrow{
		From: words[0], To: words[2], Verdict: reflexion.Divergence, Reason: reflexion.Undeclared, Scope: evidence.Test,
	}
	for _, pair := range words[3:] {
		if reason, ok := strings.CutPrefix(pair, "reason="); ok {
			a.Reason, a.Verdict = reflexion.Reason(reason), reflexion.Convergence
			continue
		}
		scope := evidence.Code
		if rest, ok := strings.CutPrefix(pair, "test:"); ok {
			pair, scope = rest, evidence.Test
		} else {
			a.Scope = evidence.Code
		}
		from, to, _ := strings.Cut(pair, ",")
		a.Imports = append(a.Imports, reflexion.Import{From: "go:" + from, To: "go:" + to, Scope: scope})
	}
	return a
}

func option(words []string, name string) string {
	for _, w := range words {
		if value, ok := strings.CutPrefix(w, name+"="); ok {
			return value
		}
	}
	return ""
}

// split cuts a line at spaces outside of quotes, and takes the quotes off.
func split(t *testing.T, line string) []string {
	var out []string
	quoted := false
	fields := strings.FieldsFunc(line, func(r rune) bool {
		if r == '"' {
			quoted = !quoted
		}
		return r == ' ' && !quoted
	})
	require.False(t, quoted, "a quote is not closed: %s", line)
	for _, f := range fields {
		out = append(out, strings.ReplaceAll(f, `"`, ""))
	}
	return out
}
