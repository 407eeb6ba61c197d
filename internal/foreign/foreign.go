// Package foreign reads the rules of other tools – go-arch-lint, arch-go, depguard, CODEOWNERS – and says them
// in HCL. Beside the text it tells what the old configuration did not enforce: names that nothing defines,
// patterns that match nothing, permissions that nobody uses, and what could not be carried over.
//
// A configuration is translated against the evidence: the HCL gives the verdicts that the other tool gives on
// the code as it stands, and its patterns say the same about packages to come as far as the language can.
package foreign

import (
	"cmp"
	"fmt"
	"path"
	"slices"
	"strings"

	"github.com/asbuilt/asbuilt/internal/catalog"
	"github.com/asbuilt/asbuilt/pkg/evidence"
	"github.com/asbuilt/asbuilt/pkg/finding"
	"github.com/asbuilt/asbuilt/pkg/source"
)

// Input is a foreign configuration and the code that it is about.
type Input struct {
	Name  string // printed
	Text  []byte
	Graph evidence.Graph
	// Base is the folder, relative to the root, from which the other tool runs: that of its go.mod.
	Base  string
	Title string   // of an architecture that no module names
	Files []string // of the tree, relative to the root
	Owned          // what CODEOWNERS is laid upon
}

// Output is the translation.
type Output struct {
	HCL      []byte            // nil when the configuration was not understood
	Findings []finding.Finding // about the foreign file
}

// The rules of the findings.
const (
	ruleSyntax     = "import/syntax"
	ruleUnknown    = "import/unknown"
	ruleVacuous    = "import/vacuous"
	ruleUnused     = "import/unused"
	ruleWider      = "import/wider"
	ruleNotCarried = "import/not-carried"
	ruleOwner      = "import/owner"
)

// report collects what there is to say about a foreign file.
type report struct {
	file string
	told []finding.Finding
	said map[finding.Subject]bool
	// failed is set by the first finding that means that the file was not understood.
	failed bool
}

func newReport(file string) *report { return &report{file: file, said: map[finding.Subject]bool{}} }

// mostTold is how many findings a file gives at most.
const mostTold = 300

// tell adds a finding about a part of the file, once for each rule and part.
func (r *report) tell(rule string, v value, part, message, fix string) {
	at := source.Range{File: r.file}
	if v.node != nil && len(r.told) < mostTold { // finding a place costs as much as the line is long
		at = v.at()
	}
	r.add(rule, at, part, message, fix)
}

func (r *report) add(rule string, at source.Range, part, message, fix string) {
	key := finding.Subject{Element: rule + " " + part}
	first := rule == ruleSyntax && !r.failed
	if r.said[key] || len(r.told) > mostTold && !first {
		return
	}
	r.said[key] = true
	r.failed = r.failed || first
	if len(r.told) == mostTold && !first {
		at, part, message, fix = source.Range{File: r.file}, "", "there is more to say than is printed here", "mend what is said, then import again"
	}
	known, _ := catalog.Lookup(rule)
	f := finding.Finding{
		Rule: rule, Severity: known.Severity, At: at, Message: message,
		Subject: finding.Subject{Element: part, Path: r.file},
	}
	if fix != "" {
		f.Fix = &finding.Fix{Message: fix}
	}
	r.told = append(r.told, f)
}

// broken reports whether the file was not understood.
func (r *report) broken() bool { return r.failed }

// done is the result of a translation. Of a file that was not understood, it is said why, and nothing else.
func (r *report) done(text []byte) Output {
	if r.broken() {
		text = nil
		r.told = slices.DeleteFunc(r.told, func(f finding.Finding) bool { return f.Rule != ruleSyntax })
	}
	finding.Sort(r.told)
	return Output{HCL: text, Findings: r.told}
}

// tree is the code under the base folder, as the other tools see it.
type tree struct {
	base     string
	module   string
	packages map[string]evidence.Node // by folder relative to the base, "." for the base itself
	dirs     []string                 // of packages, sorted
	known    map[string]evidence.Node // every node by import path
	edges    []evidence.Edge          // imports between packages, From below the base
	modules  map[string]bool          // other modules that the code can import from
}

const worldGo = "go:"

func newTree(in Input) *tree {
	t := &tree{base: cmp.Or(in.Base, "."), packages: map[string]evidence.Node{}, known: map[string]evidence.Node{}, modules: map[string]bool{}}
	for _, n := range in.Graph.Nodes {
		if !strings.HasPrefix(n.ID, worldGo) {
			continue
		}
		t.known[evidence.Name(n.ID)] = n
		dir, ok := t.relative(n.Dir)
		if n.Kind != evidence.Package || n.Dir == "" || !ok {
			continue
		}
		t.packages[dir] = n
		t.dirs = append(t.dirs, dir)
		if t.module == "" || len(n.Module) < len(t.module) {
			t.module = n.Module
		}
	}
	slices.Sort(t.dirs)
	for _, c := range in.Graph.Coverage {
		for _, m := range c.Known {
			t.modules[m] = true
		}
		for _, m := range c.Modules {
			delete(t.modules, m)
		}
	}
	for _, e := range in.Graph.Edges {
		if e.Kind != evidence.KindImport || e.Scope == evidence.Ignored {
			continue
		}
		if n, ok := t.known[evidence.Name(e.From)]; ok && n.Dir != "" {
			if dir, ok := t.relative(n.Dir); ok && t.packages[dir].ID == n.ID {
				t.edges = append(t.edges, e)
			}
		}
	}
	return t
}

// relative is a folder of the code relative to the base.
func (t *tree) relative(dir string) (string, bool) {
	switch {
	case t.base == "." || dir == "":
		return dir, true
	case dir == t.base:
		return ".", true
	}
	return strings.CutPrefix(dir, t.base+"/")
}

// dirOf is the folder of a node relative to the base; ok is false for what is no package there.
func (t *tree) dirOf(id string) (string, bool) {
	n, known := t.known[evidence.Name(id)]
	if !known || n.Dir == "" {
		return "", false
	}
	return t.relative(n.Dir)
}

// importPath is the import path of a folder.
func (t *tree) importPath(dir string) string {
	if n, ok := t.packages[dir]; ok {
		return evidence.Name(n.ID)
	}
	return path.Join(t.module, dir)
}

// available reports whether a path lies in a module that the code can import from.
func (t *tree) available(importPath string) bool {
	for p := importPath; p != "." && p != "/"; p = path.Dir(p) {
		if t.modules[p] {
			return true
		}
	}
	return false
}

// pattern writes a folder as a code pattern relative to the root.
func (t *tree) pattern(dir string, below bool) string {
	p := path.Join(t.base, dir)
	switch {
	case p == "." && below:
		return "./..."
	case p == ".":
		return "."
	case below:
		return "./" + p + "/..."
	}
	return "./" + p
}

// of returns the edges that count: those of tests too when tests is set.
func (t *tree) of(tests bool) []evidence.Edge {
	if tests {
		return t.edges
	}
	return slices.DeleteFunc(slices.Clone(t.edges), func(e evidence.Edge) bool { return e.Scope == evidence.Test })
}

// some lists the first of many names.
func some(names []string) string {
	const most = 3
	if len(names) <= most {
		return strings.Join(names, ", ")
	}
	return fmt.Sprintf("%s and %d more", strings.Join(names[:most], ", "), len(names)-most)
}
