package view_test

import (
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/asbuilt/asbuilt/internal/view"
	"github.com/asbuilt/asbuilt/pkg/arch"
	"github.com/asbuilt/asbuilt/pkg/source"
)

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
//	find component.a component.b code/undeclared   a finding that none accepts; by=rule.x, pair=m/a,m/b, way=m/a,m/x,m/b and severity=note say more
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
		case "also":
			v.Also = list
		case "exclude":
			v.Exclude = list
		case "where":
			v.Where = append(v.Where, tagged{value, source.At("test.arch.hcl", i+1)})
		case "drift":
			v.Drift = true
		case "edges":
			v.WhereEdges = append(v.WhereEdges, edgesWith{value, source.At("test.arch.hcl", i+1)})
		case "override":
			words := split(t, line)
			o := arch.Override{Of: strings.Split(words[1], ","), Title: option(words, "title"), Look: arch.Look{Color: option(words, "color")}, Note: option(words, "note"), View: option(words, "view")}
			if slices.Contains(words, "plain") {
				o.Description, o.Technology = new(string), new(string)
			}
			v.Overrides = append(v.Overrides, o)
		case "relabel":
			v.EdgeOverrides = append(v.EdgeOverrides, relabel(m, split(t, line)))
		case "rank":
			v.SameRank = append(v.SameRank, list)
		case "group":
			v.Groups = group(v.Groups, strings.Split(list[0], "/"), list[1:])
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

// relabel reads an override of the edges between two elements.
func relabel(m arch.Model, words []string) arch.EdgeOverride {
	from, to, _ := strings.Cut(words[1], ",")
	var o arch.EdgeOverride
	for _, e := range m.Edges {
		if e.From == from && e.To == to {
			o.Of = append(o.Of, e)
		}
	}
	for _, w := range words {
		if label, ok := strings.CutPrefix(w, "label="); ok {
			o.Label = &label
		}
		if tech, ok := strings.CutPrefix(w, "tech="); ok {
			o.Technology = &tech
		}
	}
	return o
}

// group adds a group with the given titles, outermost first.
func group(groups []arch.ViewGroup, titles, members []string) []arch.ViewGroup {
	i := slices.IndexFunc(groups, func(g arch.ViewGroup) bool { return g.Title == titles[0] })
	if i < 0 {
		i = len(groups)
		groups = append(groups, arch.ViewGroup{Title: titles[0]})
	}
	if len(titles) > 1 {
		groups[i].Groups = group(groups[i].Groups, titles[1:], members)
	} else {
		groups[i].Members = members
	}
	return groups
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
