package graph

import (
	"cmp"
	"fmt"
	"path"
	"slices"
	"strings"
	"unicode"

	"github.com/asbuilt/asbuilt/pkg/evidence"
	"github.com/asbuilt/asbuilt/pkg/source"
)

// schemaVersion is the version of the schema that is read.
const schemaVersion = 1

// document is an evidence file that is being read.
type document struct {
	*reader
	graph   evidence.Graph
	nodes   map[string]int // by id: the index in graph.Nodes
	ends    []end
	modules []string
	known   []string
}

// end is an edge's end that must be a node: those may stand after the edges.
type end struct {
	id     string
	offset int
}

var nodeKinds = []string{evidence.Package, evidence.Service, evidence.Unread, evidence.Standard, evidence.ThirdParty}

var edgeKinds = []string{evidence.KindImport, evidence.KindCall, evidence.KindEvent, evidence.KindData}

var grades = []string{
	string(evidence.Proven), string(evidence.Strong), string(evidence.Weak), string(evidence.Allowed), string(evidence.Observed),
}

var scopes = []string{string(evidence.Code), string(evidence.Test), string(evidence.Ignored)}

func (d *document) read() {
	version, hasNodes, hasEdges := -1, false, false
	ok := d.object("the file", func(name string) bool {
		switch name {
		case "schema_version":
			version = d.count("schema_version")
		case "observer":
			d.graph.Observer = cmp.Or(d.words("observer"), Observer)
		case "worlds":
			d.list("worlds", func() { d.graph.Worlds = append(d.graph.Worlds, d.world()) })
		case "kinds":
			d.list("kinds", func() { d.graph.Kinds = append(d.graph.Kinds, d.oneOf("kind of edge", edgeKinds)) })
		case "nodes":
			hasNodes = true
			d.list("nodes", d.node)
		case "edges":
			hasEdges = true
			d.list("edges", d.edge)
		case "gaps":
			d.list("gaps", d.gap)
		case "coverage":
			d.list("coverage", d.coverage)
		case "waivers":
			d.list("waivers", d.waiver)
		default:
			return false
		}
		return true
	})
	if !ok {
		return
	}
	if rest := d.here(); rest < len(d.data) {
		d.wrong(rest, "the file goes on after its end", "write one object")
	}
	switch {
	case version < 0:
		d.wrong(0, "the file does not say its schema_version", fmt.Sprintf(`add "schema_version": %d`, schemaVersion))
	case version != schemaVersion:
		d.wrong(0, fmt.Sprintf("the file has schema_version %d, and this program reads %d", version, schemaVersion),
			"write that version, or use the version of asbuilt that reads the other")
	}
	if !hasNodes || !hasEdges || len(d.graph.Nodes) == 0 && len(d.graph.Gaps) == 0 {
		d.wrong(0, "the file holds no nodes, or no list of edges", "list every node and every edge that was seen")
	}
	d.checkEnds()
}

func (d *document) checkEnds() {
	told := map[string]bool{}
	for _, e := range d.ends {
		if _, ok := d.nodes[e.id]; !ok && !told[e.id] {
			told[e.id] = true
			d.wrong(e.offset, fmt.Sprintf("an edge leads to or from %q, which is no node", e.id),
				"add it to nodes with its kind: whether somebody must own it depends on that")
		}
	}
	d.graph.Edges = slices.DeleteFunc(d.graph.Edges, func(e evidence.Edge) bool { return told[e.From] || told[e.To] })
}

func (d *document) node() {
	n := evidence.Node{Kind: evidence.Package}
	at, named := d.here(), false
	ok := d.object("a node", func(name string) bool {
		switch name {
		case "id":
			n.ID, named = d.id("id"), true
		case "kind":
			n.Kind = d.oneOf("kind of node", nodeKinds)
		case "dir":
			n.Dir = d.path("dir")
		case "module":
			n.Module = d.module("module")
		case "main":
			n.Main = d.flag("main")
		case "files":
			n.Files = d.count("files")
		case "generated":
			n.Generated = d.count("generated")
		default:
			return false
		}
		return true
	})
	switch i, known := d.nodes[n.ID]; {
	case !ok:
	case !named:
		d.missing(at, "a node", "id")
	case n.ID == "": // said
	case known && d.graph.Nodes[i] != n:
		d.wrong(at, fmt.Sprintf("two different nodes have the id %q", n.ID), "list it once")
	case !known:
		d.nodes[n.ID] = len(d.graph.Nodes)
		d.graph.Nodes = append(d.graph.Nodes, n)
		if n.Module != "" && n.Kind == evidence.Package {
			d.modules = append(d.modules, n.Module)
		}
	}
}

func (d *document) edge() {
	e := evidence.Edge{Kind: evidence.KindImport, Grade: evidence.Proven, Scope: evidence.Code, Variants: []string{}}
	at := d.here()
	var ends []end
	ok := d.object("an edge", func(name string) bool {
		switch name {
		case "from", "to":
			x := end{offset: d.here()}
			x.id = d.id(name)
			if ends = append(ends, x); name == "from" {
				e.From = x.id
			} else {
				e.To = x.id
			}
		case "kind":
			e.Kind = d.oneOf("kind of edge", edgeKinds)
		case "grade":
			e.Grade = evidence.Grade(d.oneOf("grade", grades))
		case "scope":
			e.Scope = evidence.Scope(d.oneOf("scope", scopes))
		case "variants":
			d.list("variants", func() { e.Variants = append(e.Variants, d.words("a variant")) })
		case "witnesses":
			d.list("witnesses", func() { e.Witnesses = d.witness(e.Witnesses) })
		default:
			return false
		}
		return true
	})
	switch {
	case !ok:
		return
	case len(ends) < 2:
		d.missing(at, "an edge", "from or no to")
		return
	case e.From == "" || e.To == "" || e.From == e.To: // said, or none
		return
	}
	d.ends = append(d.ends, ends...)
	if len(e.Witnesses) == 0 { // the file itself is what shows it
		place := d.at(at)
		e.Witnesses = []evidence.Witness{{File: place.File, Line: place.Start.Line}}
	}
	e.Variants = sorted(e.Variants)
	slices.SortFunc(e.Witnesses, func(a, b evidence.Witness) int {
		return cmp.Or(strings.Compare(a.File, b.File), cmp.Compare(a.Line, b.Line))
	})
	e.Witnesses = slices.Compact(e.Witnesses)
	d.graph.Edges = append(d.graph.Edges, e)
}

func (d *document) witness(to []evidence.Witness) []evidence.Witness {
	var w evidence.Witness
	at, named := d.here(), false
	ok := d.object("a witness", func(name string) bool {
		switch name {
		case "file":
			w.File, named = d.path("file"), true
		case "line":
			w.Line = d.count("line")
		default:
			return false
		}
		return true
	})
	switch {
	case ok && !named:
		d.missing(at, "a witness", "file")
	case w.File != "":
		return append(to, w)
	}
	return to
}

// gap takes over what the tool itself could not read.
func (d *document) gap() {
	g := evidence.Gap{At: source.At(d.file, d.at(d.here()).Start.Line)}
	d.object("a gap", func(name string) bool {
		switch name {
		case "at":
			g.At = d.place(g.At)
		case "reason":
			g.Reason = d.words("reason")
		case "fix":
			g.Fix = d.words("fix")
		default:
			return false
		}
		return true
	})
	g.Reason = cmp.Or(g.Reason, "something was not read, and "+d.file+" does not say why")
	d.graph.Gaps = append(d.graph.Gaps, g)
}

func (d *document) coverage() {
	d.object("a coverage", func(name string) bool {
		switch name {
		case "modules":
			d.list("modules", func() { d.modules = append(d.modules, d.module("a module")) })
		case "known":
			d.list("known", func() { d.known = append(d.known, d.module("a module")) })
		default:
			return false
		}
		return true
	})
}

func (d *document) waiver() {
	w := evidence.Waiver{At: source.At(d.file, d.at(d.here()).Start.Line)}
	d.object("a waiver", func(name string) bool {
		switch name {
		case "node":
			w.Node = d.id("node")
		case "line":
			w.Line = d.count("line")
		case "rule":
			w.Rule = d.words("rule")
		case "until":
			w.Until = d.words("until")
		case "reason":
			w.Reason = d.words("reason")
		case "written":
			w.Written = d.words("written")
		case "at":
			w.At = d.place(w.At)
		default:
			return false
		}
		return true
	})
	d.graph.Waivers = append(d.graph.Waivers, w)
}

// place reads {"file", "line", "column"}.
func (d *document) place(otherwise source.Range) source.Range {
	var file string
	var p source.Pos
	d.object("a place", func(name string) bool {
		switch name {
		case "file":
			file = d.path("file")
		case "line":
			p.Line = d.count("line")
		case "column":
			p.Column = d.count("column")
		default:
			return false
		}
		return true
	})
	if file == "" {
		return otherwise
	}
	return source.Range{File: file, Start: p, End: p}
}

func (d *document) missing(at int, what, field string) {
	d.wrong(at, what+" has no "+field, "add it")
}

// id reads WORLD:NAME; what is none is empty.
func (d *document) id(what string) string {
	at := d.here()
	s, ok := d.visible(what)
	world, name := evidence.Split(s)
	if ok && (!isWorld(world) || name == "") {
		d.wrong(at, fmt.Sprintf("%s %q names no world", what, s), "write WORLD:NAME, such as js:src/cart")
		return ""
	}
	return s
}

func (d *document) world() string {
	at := d.here()
	s, ok := d.visible("a world")
	if ok && !isWorld(s) {
		d.wrong(at, fmt.Sprintf("%q is no world", s), "write what stands before the colon of ids: lower-case letters, digits and - _ . +")
	}
	return s
}

func isWorld(s string) bool {
	return s != "" && s[0] >= 'a' && s[0] <= 'z' && strings.Trim(s, "abcdefghijklmnopqrstuvwxyz0123456789-_.+") == ""
}

// visible reads what is compared with other texts, and so must be what it looks like.
func (d *document) visible(what string) (string, bool) {
	at := d.here()
	s, ok := d.str(what)
	switch {
	case !ok:
	case len(s) > maxName:
		d.wrong(at, fmt.Sprintf("%s is longer than %d bytes", what, maxName), "shorten it")
	case strings.ContainsFunc(s, func(r rune) bool { return !unicode.IsPrint(r) }):
		d.wrong(at, fmt.Sprintf("%s %q has a character that is not seen", what, s), "take it out")
	default:
		return s, true
	}
	return "", false
}

func (d *document) module(what string) string {
	s, _ := d.visible(what)
	return s
}

// path reads a relative path with slashes that stays inside.
func (d *document) path(what string) string {
	at := d.here()
	s, ok := d.visible(what)
	clean := path.Clean(s)
	switch {
	case !ok || s == "":
		return ""
	case path.IsAbs(s), clean == "..", strings.HasPrefix(clean, "../"), strings.Contains(s, `\`), hasDrive(s):
		d.wrong(at, fmt.Sprintf("%s %q is no path inside", what, s), "write a path relative to the work tree, with slashes and without ..")
		return ""
	}
	return clean
}

func hasDrive(s string) bool { return len(s) > 1 && s[1] == ':' && unicode.IsLetter(rune(s[0])) }

// words reads what is only shown.
func (d *document) words(what string) string {
	s, _ := d.str(what)
	return strings.Map(func(r rune) rune {
		if unicode.IsPrint(r) {
			return r
		}
		return unicode.ReplacementChar
	}, s)
}

func (d *document) oneOf(what string, allowed []string) string {
	at := d.here()
	s, ok := d.str(what)
	if slices.Contains(allowed, s) {
		return s
	}
	if ok {
		d.wrong(at, fmt.Sprintf("%q is no %s", s, what), "write one of "+strings.Join(allowed, ", "))
	}
	return allowed[0]
}
