package export

import (
	"encoding/json"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/asbuilt/asbuilt/internal/console"
	"github.com/asbuilt/asbuilt/internal/markup"
	"github.com/asbuilt/asbuilt/internal/stamp"
	"github.com/asbuilt/asbuilt/pkg/diagram"
)

func sample(title string) *diagram.Diagram {
	return &diagram.Diagram{
		Name: "shop", Kind: "container", Title: title, Version: "1.0", Direction: "down",
		Groups: []diagram.Group{{Address: "system.shop", Parent: -1, Type: "system", Title: title}},
		Nodes: []diagram.Node{
			{Address: "component.a", Group: 0, Type: "component", Title: title, Technology: "Go", Shape: "box"},
			{Address: `component.b["eu"]`, Group: -1, Type: "datastore", Title: title, Shape: "cylinder"},
		},
		Edges: []diagram.Edge{
			{From: 0, To: 1, Labels: []string{title, "writes"}, Technology: "SQL", Verdict: "convergence"},
			{From: 1, To: 0, Verdict: "divergence", Count: 3},
		},
		SameRank: [][]int{{0, 1}},
	}
}

func TestDOT(t *testing.T) {
	got := string(stamp.Seal(DOT(sample("Shop"))))
	_, body, _ := strings.Cut(got, "\n")
	require.Equal(t, `digraph "shop" {
  label="Shop"; labelloc=t; rankdir=TB; newrank=true; node [shape=box, style=rounded];
  subgraph "cluster_system.shop" {
    label="Shop";
    "component.a" [label="Shop\n[component: Go]"];
  }
  "component.b[\"eu\"]" [label="Shop\n[datastore]", shape=cylinder];
  { rank=same; "component.a"; "component.b[\"eu\"]"; }
  "component.a" -> "component.b[\"eu\"]" [label="Shop\nwrites\n[SQL]"];
  "component.b[\"eu\"]" -> "component.a" [label="divergence (3)", color=red, fontcolor=red];
}
`, body)
}

func TestMermaid(t *testing.T) {
	got := string(stamp.Seal(Mermaid(sample("Shop"))))
	_, body, _ := strings.Cut(got, "\n")
	require.Equal(t, `flowchart TB
  subgraph g0["Shop"]
    n0["Shop<br/>#91;component#58; Go#93;"]
  end
  n1[("Shop<br/>#91;datastore#93;")]
  n0 -->|"Shop<br/>writes<br/>#91;SQL#93;"| n1
  n1 -->|"divergence #40;3#41;"| n0
  linkStyle 1 stroke:#c62828
`, body)
}

func TestEveryFormatIsStamped(t *testing.T) {
	for name, write := range map[string]func(*diagram.Diagram) []byte{"dot": DOT, "mermaid": Mermaid, "json": JSON} {
		d := sample("Shop")
		mark, ok := stamp.Read(stamp.Seal(write(d)))
		require.True(t, ok, name)
		require.True(t, mark.Intact, name)
		require.Equal(t, "shop", mark.View, name)
		require.Equal(t, d.Digest(), mark.Digest, name)
	}
}

func TestJSON(t *testing.T) {
	var back struct {
		SchemaVersion int `json:"schema_version"`
		Diagram       diagram.Diagram
	}
	require.NoError(t, json.Unmarshal(JSON(sample("Shop\u202e")), &back))
	require.Equal(t, 1, back.SchemaVersion)
	require.Equal(t, *sample("Shop\u202e"), back.Diagram)
}

// FuzzMermaid: no word ends its line or its quotes, or is read as anything but text.
func FuzzMermaid(f *testing.F) {
	for _, s := range []string{
		"Shop", `a"b`, "a\nclick n0 href \"javascript:x\"", "%%{init: {}}%%", "#quot;", "end", "]", "`", "1. a", "- a", "www.a.b", "<br/>", "_a_", "$$x$$", `a\n`, "fa:fa-car",
	} {
		f.Add(s)
	}
	skeleton := func(t *testing.T, title string) (text string, words []string) {
		_, body, _ := strings.Cut(string(Mermaid(sample(title))), "\n")
		text = quoted.ReplaceAllStringFunc(body, func(label string) string {
			words = append(words, strings.Split(strings.Trim(label, `"`), "<br/>")...)
			return "…"
		})
		return text, words
	}
	f.Fuzz(func(t *testing.T, title string) {
		if title == "" { // what says nothing is left out
			return
		}
		text, words := skeleton(t, title)
		want, _ := skeleton(t, "Shop")
		require.Equal(t, want, text, "all but the labels")
		for _, w := range words {
			require.Regexp(t, `^(?:[\p{L}\p{Nd} ,/.-]|#[0-9]+;)*$`, w)
			require.NotRegexp(t, `^(?:-|[0-9]+\.)|(?i:www\.)`, w)
		}
		require.Contains(t, words, markup.Mermaid(title))
		require.Equal(t, console.Clean(title), strings.ReplaceAll(decoded(markup.Mermaid(title)), markup.Joiner, ""))
	})
}

// quoted is a label in Mermaid.
var quoted = regexp.MustCompile(`"[^"\n]*"`)

// decoded reads decimal entities.
func decoded(s string) string {
	return regexp.MustCompile(`#[0-9]+;`).ReplaceAllStringFunc(s, func(e string) string {
		n, _ := strconv.Atoi(e[1 : len(e)-1])
		return string(rune(n))
	})
}
