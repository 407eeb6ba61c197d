//go:build unix

package main

import (
	"bufio"
	"encoding/json"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// TestServeCommand is a script's view of serve: the first line is the address; what is behind it follows every save; the
// last good picture stays while the text is broken, and the index says why; nothing is written; an interrupt is status 0.
func TestServeCommand(t *testing.T) {
	dir := t.TempDir()
	save := func(text string) {
		require.NoError(t, os.WriteFile(filepath.Join(dir, "a.arch.hcl"), []byte(text), 0o644))
	}
	const good = "component \"a\" {}\ncomponent \"b\" {}\nview \"landscape\" \"all\" {}\n"
	save("component {\n")
	p := start(t, dir, nil, "serve")
	url := p.out.next()
	require.Regexp(t, `^http://127\.0\.0\.1:[0-9]+/[A-Za-z0-9_-]{43}/$`, url)

	get := func(name string) string {
		answer, err := http.Get(url + name)
		require.NoError(t, err)
		defer answer.Body.Close()
		require.Equal(t, http.StatusOK, answer.StatusCode, name)
		data, err := io.ReadAll(answer.Body)
		require.NoError(t, err)
		return string(data)
	}
	client := http.Client{Timeout: patient}
	answer, err := client.Get(url + "events")
	require.NoError(t, err)
	defer answer.Body.Close()
	stream := bufio.NewScanner(answer.Body)
	news := func() {
		for stream.Scan() {
			if strings.HasPrefix(stream.Text(), "data:") {
				return
			}
		}
		require.Fail(t, "the stream ended")
	}
	type index struct {
		Views   []struct{ Picture, Sum string }
		Trouble []struct{ Place, Message string }
	}
	look := func() (x index) {
		require.NoError(t, json.Unmarshal([]byte(get("index.json")), &x))
		return x
	}
	news()
	require.Empty(t, look().Views)
	require.Equal(t, "a.arch.hcl:1:11", look().Trouble[0].Place)

	save(good)
	news()
	first := look()
	require.Empty(t, first.Trouble)
	require.Len(t, first.Views, 1)
	picture := get(first.Views[0].Picture)
	require.Contains(t, picture, `data-address="component.a"`)

	save(good + "view \"landscape\" \"none\" {\n  include = []\n}\n") // one view cannot be drawn: the other is
	news()
	require.Equal(t, first.Views, look().Views)
	require.Equal(t, "a.arch.hcl:4:1", look().Trouble[0].Place)

	save(good + "component {\n")
	news()
	require.Equal(t, first.Views, look().Views)
	require.Equal(t, picture, get(first.Views[0].Picture))
	require.Equal(t, "a.arch.hcl:4:11", look().Trouble[0].Place)

	save(strings.Replace(good, "{}", "{\n  title = \"Alpha\"\n}", 1))
	news()
	require.Empty(t, look().Trouble)
	require.NotEqual(t, first.Views[0].Sum, look().Views[0].Sum)
	require.Contains(t, get("views/all.svg"), "Alpha")
	place := func(svg string) string { // of the other card, which does not move
		_, after, _ := strings.Cut(svg, `data-address="component.b"`)
		line, _, _ := strings.Cut(after, "\n")
		return line
	}
	require.Contains(t, place(picture), "transform")
	require.Equal(t, place(picture), place(get("views/all.svg")))

	entries, err := os.ReadDir(dir)
	require.NoError(t, err)
	require.Len(t, entries, 1)
	status, out, words := p.interrupt()
	require.Zero(t, status)
	require.Empty(t, out)
	require.Contains(t, words, "language/")
	require.NotContains(t, words, "interrupted")
	require.NotContains(t, words, url)
}

// TestServeInsides: without a word about views there is one of everything, one of each system's inside and one of each
// part's code, and the page follows the code. What somebody declares takes their place.
func TestServeInsides(t *testing.T) {
	dir := t.TempDir()
	write := func(name, text string) {
		require.NoError(t, os.MkdirAll(filepath.Dir(filepath.Join(dir, name)), 0o755))
		require.NoError(t, os.WriteFile(filepath.Join(dir, name), []byte(text), 0o644))
	}
	const text = `
system "shop" {}
component "a" {
  in         = system.shop
  depends_on = [component.b]
  code { go = ["./a/..."] }
}
component "b" {
  for_each = toset(["x/y"])
  in       = system.shop
  code { go = ["./b"] }
}
component "idle" {
  in = system.shop
}
`
	write("m.arch.hcl", strings.Replace(text, "[component.b]", `[component.b["x/y"]]`, 1))
	write("go.mod", "module m.example\ngo 1.26\n")
	write("a/a.go", "package a\nimport _ \"m.example/a/deep\"\nimport _ \"m.example/b\"\n")
	write("a/deep/deep.go", "package deep\n")
	write("b/b.go", "package b\n")
	p := start(t, dir, nil, "serve")
	url := p.out.next()
	get := func(name string) string {
		answer, err := http.Get(url + name)
		require.NoError(t, err)
		defer answer.Body.Close()
		data, err := io.ReadAll(answer.Body)
		require.NoError(t, err)
		return string(data)
	}
	client := http.Client{Timeout: patient}
	answer, err := client.Get(url + "events")
	require.NoError(t, err)
	defer answer.Body.Close()
	stream := bufio.NewScanner(answer.Body)
	// until waits for a state that is as it should be.
	until := func(want string) {
		t.Helper()
		got := ""
		for stream.Scan() {
			if !strings.HasPrefix(stream.Text(), "data:") {
				continue
			}
			var x struct {
				Views []struct {
					Name, Kind, Of, Picture string
					Auto                    bool
				}
				Trouble []any
			}
			require.NoError(t, json.Unmarshal([]byte(get("index.json")), &x))
			require.Empty(t, x.Trouble)
			got = ""
			for _, v := range x.Views {
				auto := ""
				if v.Auto {
					auto = " by itself"
				}
				got += v.Name + ": " + strings.TrimSpace(v.Kind+" "+v.Of) + auto + "\n"
				require.Contains(t, get(v.Picture), "<svg", v.Name)
			}
			if got == want {
				return
			}
		}
		require.Equal(t, want, got)
	}
	until(`inside: landscape by itself
inside.component.a: code component.a by itself
inside.component.b-x-y-: code component.b["x/y"] by itself
inside.system.shop: container system.shop by itself
`)
	require.Contains(t, get("views/inside.component.a.svg"), "m.example/a/deep")
	require.Contains(t, get("views/inside.system.shop.svg"), `data-verdict="convergence"`)
	var x struct{ Evidence map[string][]string }
	require.NoError(t, json.Unmarshal([]byte(get("index.json")), &x))
	require.Equal(t, map[string][]string{
		`component.a component.b["x/y"]`:     {"a/a.go:3"},
		`component.a go:m.example/b`:         {"a/a.go:3"},
		`go:m.example/a component.b["x/y"]`:  {"a/a.go:3"},
		`go:m.example/a go:m.example/a/deep`: {"a/a.go:2"},
	}, x.Evidence)

	write("m.arch.hcl", strings.Replace(text, "[component.b]", `[component.b["x/y"]]`, 1)+"view \"container\" \"mine\" {\n  of = system.shop\n}\n")
	until(`mine: container system.shop
inside: landscape by itself
inside.component.a: code component.a by itself
inside.component.b-x-y-: code component.b["x/y"] by itself
`)
	status, _, words := p.interrupt()
	require.Zero(t, status)
	require.Empty(t, words)
}
