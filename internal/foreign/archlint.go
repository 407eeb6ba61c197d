package foreign

import (
	"cmp"
	"fmt"
	"path"
	"regexp"
	"slices"
	"strings"

	"github.com/asbuilt/asbuilt/internal/hcltext"
)

// archLint is a configuration of go-arch-lint, versions 1 to 3.
type archLint struct {
	*report
	tree    *tree
	version int
	workdir string

	anyVendor  bool
	shallow    bool             // deepScan: false
	components []*lintComponent // by name
	vendors    map[string]*lintVendor
	shared     map[string]bool // commonComponents
	common     []word          // commonVendors
	exclude    []word
	files      []lintFiles // excludeFiles
	tests      bool        // whether test files are read
	excluded   map[string]bool
	sources    map[string][]string // Go files by folder
	dirs       []string            // of packages that are read
}

// lintComponent is one of `components` with its `deps`.
type lintComponent struct {
	name     string
	in       []word
	where    value
	globs    []string
	uses     []word // mayDependOn
	canUse   []word
	anyOurs  bool // anyProjectDeps
	anyTheir bool // anyVendorDeps
	files    int  // that its patterns match: the fewest win a folder
}

type lintVendor struct {
	in    []word
	where value
	globs []*regexp.Regexp
	used  bool
}

type lintFiles struct {
	word
	re *regexp.Regexp
}

// GoArchLint translates .go-arch-lint.yml.
func GoArchLint(in Input) Output {
	r := newReport(in.Name)
	root, ok := parse(r, in.Text)
	if !ok {
		return r.done(nil)
	}
	c := &archLint{report: r, tree: newTree(in), vendors: map[string]*lintVendor{}, shared: map[string]bool{}, workdir: ".", sources: map[string][]string{}}
	c.read(root)
	if r.broken() {
		return r.done(nil)
	}
	for _, file := range in.Files {
		if path.Ext(file) == ".go" {
			c.sources[path.Dir(file)] = append(c.sources[path.Dir(file)], file)
		}
	}
	c.readFiles()
	c.measure()
	c.sayNames()
	return r.done(c.write(in))
}

func (c *archLint) read(root value) {
	for _, e := range root.mapping() {
		switch e.key {
		case "version":
			if c.version = e.value.number(); c.version < 1 || c.version > 3 {
				e.value.wrong(fmt.Sprintf("version %d is none of go-arch-lint's: 1, 2 and 3 are read", c.version), "")
			}
		case "workdir":
			if w, ok := e.value.scalar(); ok {
				c.workdir = path.Clean("./" + w.text)
			}
		case "allow":
			c.readAllow(e.value)
		case "exclude":
			c.exclude = e.value.texts()
		case "excludeFiles":
			for _, w := range e.value.texts() {
				re, err := regexp.Compile(w.text)
				if err != nil {
					w.wrong(fmt.Sprintf("%q is no regular expression", w.text), "go-arch-lint refuses it too")
					continue
				}
				c.files = append(c.files, lintFiles{w, re})
			}
		case "components":
			for _, x := range e.value.mapping() {
				c.components = append(c.components, &lintComponent{name: x.key, in: c.in(x.value), where: x.name})
			}
		case "vendors":
			for _, x := range e.value.mapping() {
				c.vendors[x.key] = c.vendor(x)
			}
		case "commonComponents", "commonVendors", "deps":
		default:
			c.unknownKey(e)
		}
	}
	if c.version == 3 && !c.shallow {
		c.deepScan(root)
	}
	if len(c.components) == 0 {
		root.wrong("the file defines no components", "see whether it is the file you meant")
	}
	if c.version == 0 {
		root.wrong("the file does not say its version", `go-arch-lint asks for "version: 3" too`)
	}
	slices.SortFunc(c.components, func(a, b *lintComponent) int { return strings.Compare(a.name, b.name) })
	c.readUses(root)
}

// readUses reads what names components and vendors, once these are known.
func (c *archLint) readUses(root value) {
	for _, e := range root.mapping() {
		switch e.key {
		case "commonComponents":
			for _, w := range e.value.texts() {
				if c.knows(w) {
					c.shared[w.text] = true
				}
			}
		case "commonVendors":
			c.common = c.knownVendors(e.value.texts())
		case "deps":
			for _, x := range e.value.mapping() {
				c.readDeps(x)
			}
		}
	}
}

func (c *archLint) unknownKey(e entry) {
	c.tell(ruleUnknown, e.name, e.name.path, fmt.Sprintf("%q is no setting of go-arch-lint: it refuses the whole file, and checks nothing", e.name.path),
		"correct the word, or remove it")
}

func (c *archLint) readAllow(v value) {
	for _, e := range v.mapping() {
		switch e.key {
		case "depOnAnyVendor":
			c.anyVendor = e.value.flag()
		case "deepScan":
			if c.shallow = !e.value.flag(); !c.shallow {
				c.deepScan(e.value)
			}
		case "ignoreNotFoundComponents":
			e.value.flag()
		default:
			c.unknownKey(e)
		}
	}
}

func (c *archLint) deepScan(v value) {
	c.tell(ruleNotCarried, v, "deepScan", "deepScan also looks at what is injected by method calls; imports are compared here",
		"nothing to do: an injected type is imported somewhere, and that import is judged")
}

func (c *archLint) in(v value) []word {
	for _, e := range v.mapping() {
		if e.key == "in" {
			return e.value.oneOrMore()
		}
		c.unknownKey(e)
	}
	return nil
}

func (c *archLint) vendor(x entry) *lintVendor {
	out := &lintVendor{in: c.in(x.value), where: x.name}
	for _, w := range out.in {
		re, err := vendorGlob(w.text)
		if err != nil {
			w.wrong(fmt.Sprintf("%q is no pattern of import paths", w.text), "")
			continue
		}
		out.globs = append(out.globs, re)
	}
	return out
}

func (c *archLint) readDeps(x entry) {
	i := slices.IndexFunc(c.components, func(m *lintComponent) bool { return m.name == x.key })
	if i < 0 {
		c.unknownName(x.name, "component", x.key)
		return
	}
	m := c.components[i]
	for _, e := range x.value.mapping() {
		switch e.key {
		case "mayDependOn":
			for _, w := range e.value.texts() {
				if c.knows(w) {
					m.uses = append(m.uses, w)
				}
			}
		case "canUse":
			m.canUse = c.knownVendors(e.value.texts())
		case "anyProjectDeps":
			m.anyOurs = e.value.flag()
		case "anyVendorDeps":
			m.anyTheir = e.value.flag()
		case "deepScan":
			if e.value.flag() {
				c.deepScan(e.value)
			}
		default:
			c.unknownKey(e)
		}
	}
}

func (c *archLint) knows(w word) bool {
	if slices.ContainsFunc(c.components, func(m *lintComponent) bool { return m.name == w.text }) {
		return true
	}
	c.unknownName(w.value, "component", w.text)
	return false
}

func (c *archLint) knownVendors(words []word) []word {
	return slices.DeleteFunc(words, func(w word) bool {
		if v := c.vendors[w.text]; v != nil {
			v.used = true
			return false
		}
		c.unknownName(w.value, "vendor", w.text)
		return true
	})
}

func (c *archLint) unknownName(v value, kind, name string) {
	c.tell(ruleUnknown, v, v.path+" "+name, fmt.Sprintf("there is no %s %q: go-arch-lint refuses the whole file, and checks nothing", kind, name),
		"define it, or remove the name")
}

// at is a folder pattern relative to the base.
func (c *archLint) at(pattern string) string { return path.Clean(path.Join(c.workdir, pattern)) }

// holder is the component that a folder belongs to: the one with the fewest files, as the tool has it.
func (c *archLint) holder(dir string) *lintComponent {
	var best *lintComponent
	for _, m := range c.components {
		if c.matches(m, dir) && (best == nil || better(m, best)) {
			best = m
		}
	}
	return best
}

func better(a, b *lintComponent) bool {
	return cmp.Or(cmp.Compare(a.files, b.files), cmp.Compare(strings.Count(b.name, "/"), strings.Count(a.name, "/")),
		cmp.Compare(len(b.name), len(a.name)), strings.Compare(a.name, b.name)) < 0
}

func (c *archLint) matches(m *lintComponent, dir string) bool {
	return slices.ContainsFunc(m.globs, func(g string) bool { return globMatches(g, dir) })
}

// measure counts the files of each component and says which patterns match nothing.
func (c *archLint) measure() {
	for _, m := range c.components {
		for _, w := range m.in {
			glob, hits := c.at(w.text), 0
			for _, dir := range c.tree.dirs {
				if globMatches(glob, dir) {
					hits++
				}
			}
			if hits == 0 {
				c.tell(ruleVacuous, w.value, w.path, fmt.Sprintf("component %q: %q matches no package", m.name, w.text),
					"correct the pattern, or remove it; it is left out")
				continue
			}
			m.globs = append(m.globs, glob)
			if !slices.ContainsFunc(c.tree.dirs, func(dir string) bool { return c.inWork(dir) && globMatches(glob, dir) }) {
				c.tell(ruleVacuous, w.value, w.path, fmt.Sprintf("component %q: %q lies outside workdir: what it uses is not looked at", m.name, w.text),
					"it may use anything here too (root = true); remove that to have it judged")
			}
		}
		for _, dir := range c.dirs {
			if c.matches(m, dir) {
				m.files += c.count(dir)
			}
		}
	}
}

// allowed are the components that one may use by name.
func (c *archLint) allowed(m *lintComponent) map[string]bool {
	out := map[string]bool{}
	for name := range c.shared {
		out[name] = true
	}
	for _, w := range m.uses {
		out[w.text] = true
	}
	return out
}

// sayNames says which vendors are allowed to nobody.
func (c *archLint) sayNames() {
	for name, v := range c.vendors {
		if !v.used {
			c.tell(ruleUnused, v.where, v.where.path, fmt.Sprintf("vendor %q is allowed to no component", name), "remove it, or allow it where it is needed")
		}
	}
	if !c.anyVendor {
		return
	}
	for _, m := range c.components {
		for _, w := range m.canUse {
			c.tell(ruleVacuous, w.value, w.path, fmt.Sprintf("canUse %q has no effect: allow.depOnAnyVendor lets every component use every module", w.text),
				"set depOnAnyVendor to false to have it judged, then import again")
		}
	}
}

// vendorAllows reports whether a component may import a third-party package.
func (c *archLint) vendorAllows(m *lintComponent, importPath string) bool {
	if c.anyVendor || m.anyTheir {
		return true
	}
	for _, w := range slices.Concat(m.canUse, c.common) {
		if slices.ContainsFunc(c.vendors[w.text].globs, func(re *regexp.Regexp) bool { return re.MatchString(importPath) }) {
			return true
		}
	}
	return false
}

// identifier makes a name of a component's.
func identifier(s string) string { return hcltext.Identifier(s, "part") }
