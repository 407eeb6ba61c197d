package main

import (
	"bytes"
	"cmp"
	_ "embed"
	"encoding/base64"
	"html/template"
	"maps"
	"path"
	"slices"
)

// pair is a view before and now.
type pair struct {
	Project, View string
	Old, New      []byte
}

// What became of a picture, in the order of the page.
const (
	changed = "changed"
	added   = "new"
	gone    = "gone"
	same    = "the same"
)

// pairs puts the pictures of a project side by side.
func pairs(project string, before, now map[string][]byte) []pair {
	views := map[string]bool{}
	for view := range before {
		views[view] = true
	}
	for view := range now {
		views[view] = true
	}
	var out []pair
	for _, view := range slices.Sorted(maps.Keys(views)) {
		out = append(out, pair{project, view, before[view], now[view]})
	}
	return out
}

func (p pair) Name() string { return path.Join(p.Project, p.View) }

func (p pair) State() string {
	switch {
	case p.Old == nil:
		return added
	case p.New == nil:
		return gone
	case bytes.Equal(p.Old, p.New):
		return same
	}
	return changed
}

// sortPairs puts what changed first.
func sortPairs(all []pair) {
	order := []string{changed, added, gone, same}
	slices.SortStableFunc(all, func(a, b pair) int {
		return cmp.Or(cmp.Compare(slices.Index(order, a.State()), slices.Index(order, b.State())), cmp.Compare(a.Name(), b.Name()))
	})
}

//go:embed page.html
var pageText string

// page is all pairs, the pictures in it.
func page(ref string, all []pair) ([]byte, error) {
	t, err := template.New("page").Funcs(template.FuncMap{"image": image}).Parse(pageText)
	if err != nil {
		return nil, err
	}
	counts := map[string]int{}
	for _, p := range all {
		counts[p.State()]++
	}
	var out bytes.Buffer
	err = t.Execute(&out, map[string]any{"Ref": ref, "All": all, "Counts": counts})
	return out.Bytes(), err
}

// image is a picture as an address. As an image, it runs and loads nothing, and its names are its own.
func image(picture []byte) template.URL {
	return template.URL("data:image/svg+xml;base64," + base64.StdEncoding.EncodeToString(picture))
}
