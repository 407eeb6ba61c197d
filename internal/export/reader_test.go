package export

import (
	"bytes"
	"context"
	"embed"
	"encoding/json"
	"html"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/goccy/go-graphviz"
	"github.com/stretchr/testify/require"

	"github.com/asbuilt/asbuilt/internal/console"
	"github.com/asbuilt/asbuilt/internal/enginehome"
)

func TestMain(m *testing.M) {
	enginehome.Restore()
	graphviz.SetFileSystem(embed.FS{})
	os.Exit(m.Run())
}

// graph is what Graphviz reads in a DOT text: every attribute of every thing.
type graph struct {
	Name    string
	Label   string
	Objects []map[string]any
	Edges   []map[string]any
}

// readDOT has Graphviz read and lay out a text: the second reader of what we write.
func readDOT(t *testing.T, dot []byte) graph {
	t.Helper()
	ctx := context.Background()
	engine, err := graphviz.New(ctx)
	require.NoError(t, err)
	defer engine.Close()
	parsed, err := graphviz.ParseBytes(dot)
	require.NoError(t, err, "%s", dot)
	defer parsed.Close()
	var out bytes.Buffer
	require.NoError(t, engine.Render(ctx, parsed, "json0", &out))
	var g graph
	require.NoError(t, json.Unmarshal(out.Bytes(), &g))
	return g
}

// shown is the text that Graphviz draws for a label: escapes first, then character references.
func shown(label any) string {
	text := strings.NewReplacer(`\\`, `\`, `\n`, "\n").Replace(label.(string))
	return html.UnescapeString(text)
}

// attributes are all names of attributes of things.
func attributes(things []map[string]any) []string {
	var names []string
	for _, t := range things {
		for name := range t {
			if !slices.Contains(names, name) {
				names = append(names, name)
			}
		}
	}
	slices.Sort(names)
	return names
}

func TestGraphvizReadsWhatWeWrite(t *testing.T) {
	g := readDOT(t, DOT(sample("Shop")))
	require.Equal(t, "shop", g.Name)
	var names []string
	for _, o := range g.Objects {
		if name := o["name"].(string); !strings.HasPrefix(name, "%") { // the wanted row has no name
			names = append(names, name)
		}
	}
	require.ElementsMatch(t, []string{"cluster_system.shop", "component.a", `component.b["eu"]`}, names)
	require.Len(t, g.Edges, 2)
}

// FuzzQuoteDOT: whatever the words, Graphviz reads each as one label, and no other thing or attribute.
func FuzzQuoteDOT(f *testing.F) {
	for _, s := range []string{
		"Shop", `a"b`, `a\`, `\"`, "a\nb", `]; image="/etc/passwd"; [`, "\x00", "\xff", `\N\G`, "*/ //", "&lt;b&gt;", "&amp;amp;",
		"", "<b>x</b>", "a\\\nb", "#include", "日本", "\u202e", `" + "`,
	} {
		f.Add(s)
	}
	plain := func(t *testing.T) graph { return readDOT(t, DOT(sample("Shop"))) }
	f.Fuzz(func(t *testing.T, title string) {
		if len(title) > 1000 { // Graphviz measures text slowly
			return
		}
		want, got := plain(t), readDOT(t, DOT(sample(title)))
		require.Len(t, got.Objects, len(want.Objects))
		require.Len(t, got.Edges, len(want.Edges))
		require.Subset(t, attributes(want.Objects), attributes(got.Objects))
		require.Subset(t, attributes(want.Edges), attributes(got.Edges))
		clean := console.Clean(title)
		require.Equal(t, clean, shown(got.Label))
		for _, o := range got.Objects {
			switch o["name"] {
			case "cluster_system.shop":
				require.Equal(t, clean, shown(o["label"]))
			case "component.a":
				require.Equal(t, strings.TrimPrefix(clean+"\n[component: Go]", "\n"), shown(o["label"]))
			}
		}
	})
}
