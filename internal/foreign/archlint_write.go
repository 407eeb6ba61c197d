package foreign

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/asbuilt/asbuilt/internal/hcltext"
	"github.com/asbuilt/asbuilt/pkg/evidence"
)

// lintClass is a set of packages that one component holds and the same components' patterns match. The tool
// permits an import when a pattern of an allowed component matches its target, whoever holds that.
type lintClass struct {
	class
	holder  *lintComponent
	matched map[string]bool // components by name
	outside bool            // of workdir: what it uses is not looked at
}

// keyOutside is the class of what lies outside workdir and no component holds. The tool looks at none of it, but
// importing it is a violation.
const keyOutside = "outside"

// permits reports whether a set of allowed components permits the class.
func (k *lintClass) permits(allowed map[string]bool) bool {
	for name := range k.matched {
		if allowed[name] {
			return true
		}
	}
	return false
}

// classes divides the packages, those too that are only imported.
func (c *archLint) classes() []*lintClass {
	read := map[string]bool{}
	for _, dir := range c.dirs {
		read[dir] = true
	}
	dirs := maps.Clone(read)
	for grown := true; grown; { // the observer follows imports out of its roots
		grown = false
		for _, e := range c.tree.of(c.tests) {
			from, _ := c.tree.dirOf(e.From)
			if to, ok := c.tree.dirOf(e.To); ok && dirs[from] && !dirs[to] && !c.excluded[from] {
				if _, isPackage := c.tree.packages[to]; isPackage {
					dirs[to], grown = true, true
				}
			}
		}
	}
	sorted := slices.Sorted(maps.Keys(dirs))
	claims := c.tree.partition(sorted, c.key)
	byKey := map[string]*lintClass{}
	var out []*lintClass
	for _, dir := range sorted {
		key := c.key(dir)
		if key == "" {
			continue
		}
		if byKey[key] == nil {
			holder := c.holder(dir)
			if key == keyOutside {
				holder = &lintComponent{name: "outside workdir", anyOurs: true, anyTheir: true}
			}
			byKey[key] = &lintClass{class: class{key: key, title: holder.name, claims: claims[key]}, holder: holder, matched: c.matching(dir), outside: !c.inWork(dir)}
			out = append(out, byKey[key])
		}
		byKey[key].dirs = append(byKey[key].dirs, dir)
	}
	if k := byKey[keyOutside]; k != nil { // a pattern would take what no component holds inside workdir, too
		k.claims = nil
		for _, dir := range k.dirs {
			k.claims = append(k.claims, claimed{dir, false})
		}
	}
	slices.SortFunc(out, func(a, b *lintClass) int { return strings.Compare(a.key, b.key) })
	c.name(out)
	return out
}

// matching are the components whose patterns match a folder.
func (c *archLint) matching(dir string) map[string]bool {
	out := map[string]bool{}
	for _, m := range c.components {
		if c.matches(m, dir) {
			out[m.name] = true
		}
	}
	return out
}

// key says which class a folder belongs to; "" when no component holds it.
func (c *archLint) key(dir string) string {
	holder := c.holder(dir)
	switch {
	case holder == nil && !c.inWork(dir):
		return keyOutside
	case holder == nil:
		return ""
	}
	where := "inside"
	if !c.inWork(dir) {
		where = "outside"
	}
	return strings.Join(append([]string{holder.name, where}, slices.Sorted(maps.Keys(c.matching(dir)))...), "\x00")
}

// name names the classes after their components. Where patterns overlap, a component has several.
func (c *archLint) name(classes []*lintClass) {
	taken := hcltext.Names{}
	for _, alone := range []bool{true, false} {
		for _, k := range classes {
			if (len(k.matched) == 1) != alone {
				continue
			}
			name := identifier(k.holder.name)
			if taken[strings.ToLower(name)] && !alone {
				others := slices.DeleteFunc(slices.Sorted(maps.Keys(k.matched)), func(n string) bool { return n == k.holder.name })
				k.title = k.holder.name + " in " + strings.Join(others, ", ")
				name = identifier(k.title)
			}
			k.class.name = taken.Claim(name)
			if k.apart = len(k.dirs) > 1 && !k.outside && !k.holder.anyOurs && !k.permits(c.allowed(k.holder)); k.apart {
				k.inner = taken.Claim(k.class.name + "_package")
			}
		}
	}
}

// write writes the whole file.
func (c *archLint) write(in Input) []byte {
	classes := c.classes()
	used := c.connect(classes)
	c.sayUnused(used)
	w := &writer{}
	title := w.head(in, c.tree, "go-arch-lint")
	w.Open("architecture %q", hcltext.Identifier(title, "architecture"))
	w.Attrs(hcltext.Attr{"title", hcltext.Titled(hcltext.Identifier(title, "architecture"), title)},
		hcltext.Attr{"strict", "true # a package that no component owns is an error"})
	w.Close()
	w.Line("")
	tests := "enforce"
	if !c.tests {
		tests = "ignore"
	}
	w.observe(c.tree, c.workdir, tests, c.excludes())
	system := w.system(c.tree, title)
	for _, k := range classes {
		w.component(c.tree, system, &k.class)
	}
	w.view(system, title)
	for _, k := range classes {
		c.vendorRule(w, k)
	}
	return w.Bytes()
}

// excludes are the patterns of what is not read: whole folders where all below is excluded.
func (c *archLint) excludes() []string {
	excluded := func(dir string) string {
		if c.excluded[dir] || c.excludedBelow(dir) {
			return "x"
		}
		return ""
	}
	return c.tree.patterns(c.tree.partition(slices.Sorted(maps.Keys(c.excluded)), excluded)["x"])
}

// excludedBelow reports whether an exclude pattern matches a folder above, so that packages to come are excluded.
func (c *archLint) excludedBelow(dir string) bool {
	for _, w := range c.exclude {
		for _, p := range prefixes("/" + dir) {
			if folder := strings.TrimPrefix(p, "/"); folder != "" && globMatches(c.at(w.text), folder) {
				return true
			}
		}
	}
	return false
}

// pair is a use between components by name.
type pair struct{ from, to string }

// connect finds the edges, and which of the permissions are used, by component and name in mayDependOn.
func (c *archLint) connect(classes []*lintClass) map[pair]bool {
	owner := map[string]*lintClass{}
	for _, k := range classes {
		for _, dir := range k.dirs {
			owner[dir] = k
		}
	}
	read := map[string]bool{}
	for _, dir := range c.dirs {
		read[dir] = true
	}
	uses := map[[2]*lintClass]bool{}
	for _, e := range c.tree.of(c.tests) {
		from, _ := c.tree.dirOf(e.From)
		if a := owner[from]; a != nil && (read[from] || a.outside) {
			c.useModule(a, from, c.tree.known[evidence.Name(e.To)])
			if to, ok := c.tree.dirOf(e.To); ok && owner[to] != nil && from != to {
				uses[[2]*lintClass{a, owner[to]}] = true
			}
		}
	}
	used := map[pair]bool{}
	for _, a := range classes {
		allowed := c.allowed(a.holder)
		a.root = a.holder.anyOurs || a.outside
		a.shared = a.permits(c.shared)
		a.judged = !c.anyVendor && !a.holder.anyTheir && !a.outside
		for _, b := range classes {
			seen, free := uses[[2]*lintClass{a, b}], b.permits(c.shared)
			for name := range b.matched {
				used[pair{a.holder.name, name}] = used[pair{a.holder.name, name}] || seen
			}
			switch {
			case a == b || free || !a.root && !b.permits(allowed):
			case seen:
				a.uses = append(a.uses, b.name)
				c.sayWider(a, b, allowed)
			case !a.root && allowed[b.holder.name]:
				a.spare = append(a.spare, b.name)
			}
		}
	}
	return used
}

// useModule notes the module of an allowed third-party import.
func (c *archLint) useModule(a *lintClass, from string, n evidence.Node) {
	if n.Kind == evidence.ThirdParty && n.Module != "" && c.vendorAllows(a.holder, evidence.Name(n.ID)) {
		a.permit(from, n.Module)
	}
}

func (c *archLint) sayWider(a, b *lintClass, allowed map[string]bool) {
	if a.root || allowed[b.holder.name] || a.holder == b.holder {
		return
	}
	for _, w := range a.holder.uses {
		if b.matched[w.text] {
			c.tell(ruleWider, w.value, w.path+" "+b.holder.name, fmt.Sprintf("%q uses %q, which it may only because the patterns of %q match packages of %q too", a.holder.name, b.holder.name, w.text, b.holder.name),
				"the edge is written; remove it if it should not be")
		}
	}
}

// sayUnused says which permissions nothing uses.
func (c *archLint) sayUnused(used map[pair]bool) {
	imports := map[string]map[string]bool{} // by component: third-party packages
	for _, e := range c.tree.of(c.tests) {
		from, _ := c.tree.dirOf(e.From)
		if m := c.holder(from); m != nil && c.tree.known[evidence.Name(e.To)].Kind == evidence.ThirdParty {
			if imports[m.name] == nil {
				imports[m.name] = map[string]bool{}
			}
			imports[m.name][evidence.Name(e.To)] = true
		}
	}
	for _, m := range c.components {
		if m.files == 0 {
			continue
		}
		for _, w := range m.uses {
			if m.anyOurs {
				c.tell(ruleVacuous, w.value, w.path, fmt.Sprintf("mayDependOn %q has no effect: anyProjectDeps lets %q use everything", w.text, m.name), "remove one of them")
			} else if !used[pair{m.name, w.text}] && w.text != m.name {
				c.tell(ruleUnused, w.value, w.path, fmt.Sprintf("%q may use %q, and does not", m.name, w.text), "it stands as a comment; what nothing shows is no edge")
			}
		}
		for _, w := range m.canUse {
			matches := func(p string) bool { return c.vendorMatches(w.text, p) }
			if !c.anyVendor && !slices.ContainsFunc(slices.Collect(maps.Keys(imports[m.name])), matches) {
				c.tell(ruleUnused, w.value, w.path, fmt.Sprintf("%q may use vendor %q, and does not", m.name, w.text), "it is left out; add its module to modules when it is needed")
			}
		}
	}
}

func (c *archLint) vendorMatches(vendor, importPath string) bool {
	for _, re := range c.vendors[vendor].globs {
		if re.MatchString(importPath) {
			return true
		}
	}
	return false
}

// vendorRule denies packages of modules that are allowed in part.
func (c *archLint) vendorRule(w *writer, k *lintClass) {
	if !k.judged {
		return
	}
	modules := k.permitted()
	var known []string
	for p, n := range c.tree.known {
		if n.Kind == evidence.ThirdParty && slices.Contains(modules, n.Module) && !c.vendorAllows(k.holder, p) {
			known = append(known, p)
		}
	}
	slices.Sort(known)
	w.rule(k.name+"_packages", "of these modules only some packages are allowed", []denial{{from: []string{k.name}, imports: known}})
}
