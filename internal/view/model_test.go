package view_test

import (
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/asbuilt/asbuilt/pkg/arch"
	"github.com/asbuilt/asbuilt/pkg/evidence"
	"github.com/asbuilt/asbuilt/pkg/finding"
	"github.com/asbuilt/asbuilt/pkg/reflexion"
	"github.com/asbuilt/asbuilt/pkg/source"
)

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
			if way := option(words, "way"); way != "" {
				for _, step := range strings.Split(way, ",") {
					f.Way = append(f.Way, "go:"+step)
				}
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
		case words[0] == "kind":
			m.Kinds = append(m.Kinds, &arch.Kind{Name: words[1], Of: option(words, "of"), Look: arch.Look{Color: option(words, "color")}, At: at})
		case words[0] == "style":
			m.Styles = append(m.Styles, &arch.Style{
				Name: words[1], Match: tagged{option(words, "tag"), at}, Look: arch.Look{Shape: option(words, "shape"), Color: option(words, "color")}, At: at,
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
		Address: words[0], Type: kind, Name: name, Kind: option(words, "kind"), At: at,
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
