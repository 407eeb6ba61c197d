package export

import (
	"encoding/json"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

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
  label="Shop"; labelloc=t; rankdir=TB; compound=true; node [shape=box, style=rounded];
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
    n0["Shop #91;component#58; Go#93;"]
  end
  n1[("Shop #91;datastore#93;")]
  n0 -->|"Shop, writes, #91;SQL#93;"| n1
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

// token is a DOT token: a quoted string, a word, or punctuation.
var token = regexp.MustCompile(`"(?:[^"\\]|\\.)*"|[A-Za-z_]+|->|[\[\]{};,=]`)

// FuzzQuoteDOT: whatever the words, the text has the same tokens apart from the strings, and one line each.
func FuzzQuoteDOT(f *testing.F) {
	for _, s := range []string{"Shop", `a"b`, `a\`, `\"`, "a\nb", `]; image="/etc/passwd"; [`, "\x00", "\xff", `\N\G`, "*/ //"} {
		f.Add(s)
	}
	shape := func(title string) []string {
		_, body, _ := strings.Cut(string(DOT(sample(title))), "\n")
		var out []string
		for _, tok := range token.FindAllString(body, -1) {
			if tok[0] == '"' {
				tok = `""`
			}
			out = append(out, tok)
		}
		return append(out, token.ReplaceAllString(body, ""))
	}
	want := shape("Shop")
	f.Fuzz(func(t *testing.T, title string) {
		require.Equal(t, want, shape(title))
	})
}

// FuzzMermaid: no word ends its line, its quotes, or begins a directive.
func FuzzMermaid(f *testing.F) {
	for _, s := range []string{"Shop", `a"b`, "a\nclick n0 href \"javascript:x\"", "%%{init: {}}%%", "#quot;", "end", "]", "`"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, title string) {
		if title == "" { // an empty edge label is left out
			return
		}
		_, body, _ := strings.Cut(string(Mermaid(sample(title))), "\n")
		require.Equal(t, 8, strings.Count(body, "\n"))
		require.Equal(t, 10, strings.Count(body, `"`))
		for _, bad := range []string{"%%", "`", "<", ">n"} {
			require.NotContains(t, strings.ReplaceAll(strings.ReplaceAll(body, "-->", ""), "-.->", ""), bad)
		}
	})
}
