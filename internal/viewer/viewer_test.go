package viewer

import (
	"crypto/sha256"
	"encoding/json"
	"flag"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/asbuilt/asbuilt/pkg/arch"
	"github.com/asbuilt/asbuilt/pkg/diagram"
)

var update = flag.Bool("update", false, "note that the script was bundled from the sources as they are")

// TestFresh holds the script against the sources that it was bundled from: make viewer bundles it anew.
func TestFresh(t *testing.T) {
	sources := []string{"package.json", "package-lock.json", "../../tools/go.mod", "../../Makefile", "viewer.js"}
	own, err := filepath.Glob("src/*.js")
	require.NoError(t, err)
	require.NotEmpty(t, own)
	var sums strings.Builder
	for _, name := range slices.Concat(own, sources) {
		data, err := os.ReadFile(name)
		require.NoError(t, err)
		switch filepath.Base(name) { // only what the script depends on
		case "go.mod":
			data = regexp.MustCompile(`github.com/evanw/esbuild v\S+`).Find(data)
		case "Makefile":
			data = regexp.MustCompile(`(?s)\nviewer:.*?\n\n`).Find(data)
		}
		require.NotEmpty(t, data, name)
		fmt.Fprintf(&sums, "%x  %s\n", sha256.Sum256(data), strings.TrimPrefix(filepath.ToSlash(name), "../../"))
	}
	if *update {
		require.NoError(t, os.WriteFile("viewer.sum", []byte(sums.String()), 0o644))
	}
	noted, err := os.ReadFile("viewer.sum")
	require.NoError(t, err)
	require.Equal(t, string(noted), sums.String(), "run make viewer")
}

// mostScript is the size of all script, in bytes, before any compression.
const mostScript = 60_000

// TestPage holds the page to what its policy allows, and to its size.
func TestPage(t *testing.T) {
	page, err := Files(map[string]string{"index": "index.json", "events": "events", "links": "absolute"})
	require.NoError(t, err)
	script, text := 0, map[string]string{}
	for _, f := range page {
		require.NotEmpty(t, f.Type, f.Name)
		text[f.Name] = string(f.Data)
		if strings.HasSuffix(f.Name, ".js") {
			script += len(f.Data)
		}
	}
	require.Positive(t, script)
	require.LessOrEqual(t, script, mostScript)
	t.Logf("%d bytes of script", script)
	html := text[Page]
	require.Contains(t, html, `<body data-index="index.json" data-events="events" data-links="absolute">`)
	for what, pattern := range map[string]string{
		"a script in the page":   `<script(?: [^>]*)?>[^<]`,
		"a style in the page":    `<style| style=`,
		"a handler in the page":  ` on[a-z]+=`,
		"something from outside": `(?:src|href)="(?:https?:)?//`,
	} {
		require.NotRegexp(t, pattern, html, what)
	}
	require.NotRegexp(t, `url\(|@import`, text["viewer.css"])
	for name := range text {
		if name != Page && name != "licenses.txt" {
			require.Contains(t, html, `"`+name+`"`, "the page uses %s", name)
		}
	}
	for _, id := range regexp.MustCompile(`byId\('([a-z-]+)'\)`).FindAllStringSubmatch(sources(t), -1) {
		require.Contains(t, html, ` id="`+id[1]+`"`)
	}
	require.Contains(t, text["licenses.txt"], "Mike Bostock")
	require.Contains(t, text["licenses.txt"], "Luca Ongaro")
}

func sources(t *testing.T) string {
	var b strings.Builder
	require.NoError(t, fs.WalkDir(os.DirFS("src"), ".", func(p string, e fs.DirEntry, err error) error {
		if err == nil && !e.IsDir() {
			var data []byte
			data, err = os.ReadFile(filepath.Join("src", p))
			b.Write(data)
		}
		return err
	}))
	return b.String()
}

// The index names where each element is drawn, as a frame or a card, and writes addresses as pictures do.
func TestIndex(t *testing.T) {
	m := arch.New(arch.Model{
		Architecture: arch.Architecture{Name: "shop", Title: "Shop", Version: "1.2"},
		Teams:        []*arch.Team{{Address: "team.pay", Name: "pay"}},
		Kinds:        []*arch.Kind{{Name: "worker", Title: "Night worker"}},
		Elements: []*arch.Element{
			{Address: "system.shop", Type: "system", Name: "shop"},
			{Address: `component.w["a` + "\u202e" + `"]`, Type: "component", Kind: "worker", Name: "w", Key: "a", Parent: "system.shop", Owner: "team.pay"},
		},
	})
	d := &diagram.Diagram{
		Name: "inside", Kind: "container", Title: "In\tside",
		Groups: []diagram.Group{{Address: "system.shop"}}, Nodes: []diagram.Node{{Address: `component.w["a` + "\u202e" + `"]`}},
	}
	x := NewIndex(m, []*diagram.Diagram{d})
	x.AddView(d, View{Of: "system.shop", Sum: "1234"})
	x.AddTrouble("a.hcl:1:2", "no\nway", "")
	got, err := json.MarshalIndent(x, "", " ")
	require.NoError(t, err)
	require.JSONEq(t, `{"title": "Shop", "version": "1.2",
		"views": [{"name": "inside", "kind": "container", "title": "In side", "of": "system.shop", "picture": "views/inside.svg", "style": "views/inside.css", "sum": "1234"}],
		"elements": [
			{"address": "component.w[\"a\\u{202e}\"]", "title": "w a", "type": "Night worker", "parent": "system.shop", "owner": "pay", "views": ["inside"]},
			{"address": "system.shop", "title": "shop", "type": "system", "views": ["inside"]}],
		"trouble": [{"place": "a.hcl:1:2", "message": "no way"}]}`, string(got))
}
