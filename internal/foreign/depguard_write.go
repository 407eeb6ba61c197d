package foreign

import (
	"fmt"
	"maps"
	"path"
	"slices"
	"strings"

	"github.com/asbuilt/asbuilt/internal/hcltext"
	"github.com/asbuilt/asbuilt/pkg/evidence"
)

// codeFile and testFile are files to come in a folder.
func (g *depguard) codeFile(dir string) string { return path.Join(g.tree.base, dir, fresh+".go") }

func (g *depguard) testFile(dir string) string { return path.Join(g.tree.base, dir, fresh+"_test.go") }

// scopes finds out what lists look at: code, tests, packages in part.
func (g *depguard) scopes() {
	same := true
	for _, l := range g.lists {
		for _, dir := range g.tree.dirs {
			code, test := l.covers(g.codeFile(dir)), l.covers(g.testFile(dir))
			l.inCode, l.inTests = l.inCode || code, l.inTests || test
			same = same && (code == test || !code && !test)
		}
		g.sayParts(l)
	}
	g.tests = same && !g.noTests
	for _, l := range g.lists {
		switch {
		case !l.inCode && l.inTests:
			g.tell(ruleNotCarried, l.where, l.where.path+" tests", fmt.Sprintf("the rule %q is about tests alone", l.name), "rules here are about packages, not about their tests apart; it is left out")
		case !l.inCode:
			g.tell(ruleVacuous, l.where, l.where.path, fmt.Sprintf("the rule %q looks at no file of any package: it enforces nothing", l.name), "correct its files")
		case l.inTests && !g.tests && !g.noTests:
			g.tell(ruleNotCarried, l.where, l.where.path+" tests", fmt.Sprintf("the rule %q looks at tests too, another rule does not", l.name), `tests are left out altogether; write tests = "enforce" to have them judged by all rules`)
		}
	}
}

// sayParts says which packages a list covers in part: rules here are about whole packages.
func (g *depguard) sayParts(l *guardList) {
	odd := map[string]bool{}
	for _, e := range g.tree.of(false) {
		dir, _ := g.tree.dirOf(e.From)
		for _, w := range e.Witnesses {
			if l.covers(path.Join(g.tree.base, dir, path.Base(w.File))) != l.covers(g.codeFile(dir)) && !strings.HasSuffix(w.File, "_test.go") {
				odd[w.File] = true
			}
		}
	}
	if len(odd) > 0 {
		g.tell(ruleNotCarried, l.where, l.where.path+" files", fmt.Sprintf("the rule %q treats single files apart: %s", l.name, some(slices.Sorted(maps.Keys(odd)))),
			"rules here are about whole packages: these files are judged like their package")
	}
}

// sayVacuous says which entries match nothing, and which do less or more than they read.
func (g *depguard) sayVacuous() {
	known := slices.Sorted(maps.Keys(g.tree.known))
	for _, l := range g.lists {
		for _, e := range l.given {
			if e.prefix == "$gostd" {
				continue
			}
			prefix := strings.TrimSuffix(e.prefix, "$")
			var hidden, beside []string
			hits := 0
			for _, p := range known {
				if !e.matches(p) {
					continue
				}
				hits++
				if i, _ := search(l.deny, p); l.deny[i].prefix != e.prefix && !l.deny[i].matches(p) {
					hidden = append(hidden, p)
				}
				if p != prefix && !strings.HasSuffix(prefix, "/") && !strings.HasPrefix(p, prefix+"/") {
					beside = append(beside, p)
				}
			}
			if hits == 0 && !g.mayCome(prefix) {
				g.tell(ruleVacuous, e.value, e.value.path, fmt.Sprintf("deny %q matches nothing that is imported", e.prefix), "it is left out; deny it again when its module is there")
			}
			if len(hidden) > 0 {
				g.tell(ruleVacuous, e.value, e.value.path+" hidden", fmt.Sprintf("deny %q does not forbid %s: depguard compares with the entry that sorts next to it alone", e.prefix, some(hidden)), "they stay allowed, as they were; add them to the rule")
			}
			if len(beside) > 0 {
				g.tell(ruleWider, e.value, e.value.path+" prefix", fmt.Sprintf("deny %q also forbids %s, which only begins in the same way", e.prefix, some(beside)), `end the entry with / or $`)
			}
		}
		for _, e := range l.allow {
			if e.prefix != "" && e.node.Value != "$gostd" && !slices.ContainsFunc(known, e.matches) {
				g.tell(ruleUnused, e.value, e.value.path, fmt.Sprintf("allow %q matches nothing that is imported", e.prefix), "it is left out")
			}
		}
	}
}

// guardClass is a set of packages that the same lists look at.
type guardClass struct {
	class
	lists  []*guardList
	sample string // import path of one of its packages
}

// signature is what a folder's packages are to the lists: which look at them, and which forbid them to others.
func (g *depguard) signature(dir string) string {
	var b strings.Builder
	b.WriteByte('k')
	for _, l := range g.lists {
		if !l.inCode {
			continue
		}
		denied, why := l.denies(g.tree.importPath(dir))
		fmt.Fprintf(&b, " %t %t %s", l.covers(g.codeFile(dir)), denied, why)
	}
	return b.String()
}

func (g *depguard) classes() []*guardClass {
	claims := g.tree.partition(g.tree.dirs, g.signature)
	byKey := map[string]*guardClass{}
	for _, dir := range g.tree.dirs {
		key := g.signature(dir)
		if byKey[key] == nil {
			k := &guardClass{class: class{key: key, claims: claims[key]}, sample: g.tree.importPath(dir)}
			for _, l := range g.lists {
				if l.inCode && l.covers(g.codeFile(dir)) {
					k.lists = append(k.lists, l)
				}
			}
			byKey[key] = k
		}
		byKey[key].dirs = append(byKey[key].dirs, dir)
	}
	taken := hcltext.Names{}
	var out []*guardClass
	for _, key := range slices.Sorted(maps.Keys(byKey)) {
		k := byKey[key]
		k.title = g.titleOf(k, len(byKey))
		k.name = taken.Claim(identifier(k.title))
		k.apart = len(k.dirs) > 1 && slices.ContainsFunc(k.lists, func(l *guardList) bool { no, _ := l.denies(k.sample); return no })
		if k.apart {
			k.inner = taken.Claim(k.name + "_package")
		}
		g.modulesOf(k)
		out = append(out, k)
	}
	slices.SortFunc(out, func(a, b *guardClass) int { return strings.Compare(a.name, b.name) })
	return out
}

// titleOf names a class after its folder, or after the lists that look at it and not at everything.
func (g *depguard) titleOf(k *guardClass, classes int) string {
	if classes == 1 {
		return "code"
	}
	if len(k.claims) == 1 && k.claims[0].dir != "." {
		return path.Base(k.claims[0].dir)
	}
	var names []string
	for _, l := range k.lists {
		if slices.ContainsFunc(g.tree.dirs, func(dir string) bool { return !l.covers(g.codeFile(dir)) }) {
			names = append(names, l.name)
		}
	}
	if len(names) == 0 {
		return "other"
	}
	return strings.Join(names, " ")
}

// modulesOf finds the modules that a class uses and may use, where a list names what it may.
func (g *depguard) modulesOf(k *guardClass) {
	k.judged = slices.ContainsFunc(k.lists, (*guardList).limits)
	for _, e := range g.tree.of(g.tests) {
		from, _ := g.tree.dirOf(e.From)
		n := g.tree.known[evidence.Name(e.To)]
		if !k.judged || n.Kind != evidence.ThirdParty || n.Module == "" || !slices.Contains(k.dirs, from) {
			continue
		}
		if !slices.ContainsFunc(k.lists, func(l *guardList) bool { no, _ := l.denies(evidence.Name(n.ID)); return no && l.limits() }) {
			k.permit(from, n.Module)
		}
	}
}

func (g *depguard) write(in Input) []byte {
	classes := g.classes()
	w := &writer{}
	title := w.head(in, g.tree, "depguard")
	w.Open("architecture %q", hcltext.Identifier(title, "architecture"))
	w.Attrs(hcltext.Attr{"title", hcltext.Titled(hcltext.Identifier(title, "architecture"), title)},
		hcltext.Attr{"edges", `"open" # rules alone judge`})
	w.Close()
	w.Line("")
	tests := "ignore"
	if g.tests {
		tests = "enforce"
	}
	w.observe(g.tree, ".", tests, nil)
	system := w.system(g.tree, title)
	for _, k := range classes {
		w.component(g.tree, system, &k.class)
	}
	w.view(system, title)
	names := hcltext.Names{}
	for _, l := range g.lists {
		if l.inCode {
			g.writeList(w, names, l, classes)
		}
	}
	return w.Bytes()
}

// writeList writes a rule for each reason that a list gives.
func (g *depguard) writeList(w *writer, names hcltext.Names, l *guardList, classes []*guardClass) {
	var from []string
	listed := map[string]bool{} // modules that `modules` allows somewhere
	for _, k := range classes {
		if slices.Contains(k.lists, l) {
			from = append(from, k.name)
			for _, m := range k.permitted() {
				listed[m] = true
			}
		}
	}
	var known []string
	for p, n := range g.tree.known {
		if n.Kind != evidence.Package && (!l.limits() || n.Kind != evidence.ThirdParty || listed[n.Module]) {
			known = append(known, p)
		}
	}
	for _, e := range l.given {
		if p := strings.TrimRight(e.prefix, "$/"); p != "" && g.mayCome(p) {
			known = append(known, p)
		}
	}
	to := map[string][]string{} // by reason
	for _, k := range classes {
		if no, why := l.denies(k.sample); no {
			to[why] = append(to[why], k.name)
		}
	}
	reasons := map[string]bool{}
	for why := range to {
		reasons[why] = true
	}
	for _, p := range known {
		if no, why := l.denies(p); no {
			reasons[why] = true
		}
	}
	for _, why := range slices.Sorted(maps.Keys(reasons)) {
		imports := dotted(slices.Clone(known), func(p string) bool { no, reason := l.denies(p); return no && reason == why })
		w.rule(names.Claim(identifier(l.name)), why, []denial{{from: from, to: to[why]}, {from: from, imports: imports}})
	}
}

// mayCome reports whether a package that nothing imports can be named in a rule all the same: one of the
// standard library, or of a module that the code can import from. A module that is not there cannot be denied.
func (g *depguard) mayCome(p string) bool {
	top, _, _ := strings.Cut(p, "/")
	return g.tree.available(p) || p != "$gostd" && !strings.Contains(top, ".") && p != g.tree.module && !strings.HasPrefix(p, g.tree.module+"/")
}
