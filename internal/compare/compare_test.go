package compare_test

import (
	"flag"
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/txtar"
	"github.com/stretchr/testify/require"

	"github.com/asbuilt/asbuilt/internal/cases"
	"github.com/asbuilt/asbuilt/internal/compare"
	"github.com/asbuilt/asbuilt/internal/config"
	"github.com/asbuilt/asbuilt/pkg/evidence"
	"github.com/asbuilt/asbuilt/pkg/reflexion"
	"github.com/asbuilt/asbuilt/pkg/source"
)

var update = flag.Bool("update", false, "rewrite what the tests compare with")

// TestCases runs the cases of testdata: an architecture, what each observer saw, and in `want` what the
// comparison says.
func TestCases(t *testing.T) {
	cases.Run(t, "testdata/*.txtar", runCase)
}

func runCase(t *testing.T, path string, archive *txtar.Archive) {
	var texts []config.File
	var graphs []evidence.Graph
	want := -1
	for i, f := range archive.Files {
		switch {
		case strings.HasSuffix(f.Name, ".hcl"):
			texts = append(texts, config.File{Name: f.Name, Data: f.Data})
		case f.Name == "want":
			want = i
		default:
			graphs = append(graphs, readGraph(t, f))
		}
	}
	require.GreaterOrEqual(t, want, 0, "a section `want`")
	model, told := config.Load(texts, config.Options{HasGo: true})
	require.Empty(t, told)
	got := words(compare.Reflexion(model, graphs...))
	require.Equal(t, got, words(compare.Reflexion(model, graphs...)), "asked again")
	if *update {
		archive.Files[want].Data = []byte(got)
		require.NoError(t, os.WriteFile(path, txtar.Format(archive), 0o644))
		return
	}
	require.Equal(t, string(archive.Files[want].Data), got)
}

// readGraph reads what an observer saw. A section is named after the observer; its lines are
//
//	reads WORLD… KIND…           what it proves
//	gap TEXT                     something was not read
//	KIND ID [DIR]                a node that is no package with a name for its folder
//	FROM KIND TO [GRADE] [SCOPE] an edge; unknown nodes are packages, or services where they run
func readGraph(t *testing.T, f txtar.File) evidence.Graph {
	t.Helper()
	g := evidence.Graph{Observer: f.Name}
	node := func(n evidence.Node) {
		if !slices.ContainsFunc(g.Nodes, func(o evidence.Node) bool { return o.ID == n.ID }) {
			g.Nodes = append(g.Nodes, n)
		}
	}
	for line := range strings.Lines(string(f.Data)) {
		w := strings.Fields(line)
		switch {
		case w[0] == "reads":
			for _, word := range w[1:] {
				if slices.Contains([]string{"import", "call", "event", "data"}, word) {
					g.Kinds = append(g.Kinds, word)
				} else {
					g.Worlds = append(g.Worlds, word)
				}
			}
		case w[0] == "gap":
			g.Gaps = append(g.Gaps, evidence.Gap{At: source.At("a", 1), Reason: strings.Join(w[1:], " ")})
		case len(w) < 3 || !strings.Contains(w[0], ":"):
			node(evidence.Node{ID: w[1], Kind: w[0], Dir: strings.Join(w[2:], "")})
		default:
			node(implied(w[0]))
			node(implied(w[2]))
			e := evidence.Edge{
				From: w[0], To: w[2], Kind: w[1], Grade: evidence.Proven, Scope: evidence.Code,
				Witnesses: []evidence.Witness{{File: f.Name + ".src", Line: len(g.Edges) + 1}},
			}
			for _, word := range w[3:] {
				if word == "test" {
					e.Scope = evidence.Test
				} else {
					e.Grade = evidence.Grade(word)
				}
			}
			g.Edges = append(g.Edges, e)
		}
	}
	slices.SortFunc(g.Nodes, func(a, b evidence.Node) int { return strings.Compare(a.ID, b.ID) })
	g.Edges = evidence.MergeEdges(g.Edges)
	return g
}

func implied(id string) evidence.Node {
	world, name := evidence.Split(id)
	switch world {
	case "go":
		_, dir, _ := strings.Cut(name, "/")
		return evidence.Node{ID: id, Kind: evidence.Package, Dir: dir}
	case "compose", "kube", "otel":
		return evidence.Node{ID: id, Kind: evidence.Service}
	}
	return evidence.Node{ID: id, Kind: evidence.Package}
}

// words is a result to read.
func words(r *reflexion.Result) string {
	var out strings.Builder
	for _, a := range r.Arrows {
		fmt.Fprintf(&out, "%s -> %s: %s, %s", a.From, a.To, a.Verdict, a.Reason)
		for _, s := range a.Seen {
			fmt.Fprintf(&out, "; %s %s", s.Observer, s.Verdict)
		}
		out.WriteString("\n")
		for _, i := range a.Imports {
			fmt.Fprintf(&out, "  %s %s %s (%s, %s, %s)", i.From, i.Kind, i.To, i.Observer, i.Grade, i.Scope)
			for _, h := range i.Hops[:len(i.Hops)-1] {
				fmt.Fprintf(&out, " through %s", h.To)
			}
			out.WriteString("\n")
		}
	}
	for _, u := range r.Unassigned {
		fmt.Fprintf(&out, "unassigned %q %q: %s at %s\n", u.World, u.Dir, strings.Join(u.Packages, " "), u.At)
	}
	for _, e := range r.Empty {
		fmt.Fprintf(&out, "empty %s %q near %q\n", e.Element, e.Pattern.Text, e.Nearest)
	}
	for _, a := range r.Ambiguous {
		fmt.Fprintf(&out, "ambiguous %s", a.Package)
		for _, c := range a.Claims {
			fmt.Fprintf(&out, " %s", c.Element)
		}
		out.WriteString("\n")
	}
	return out.String()
}
