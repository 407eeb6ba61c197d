package foreign

import (
	"cmp"
	"fmt"
	"maps"
	"regexp"
	"slices"
	"sort"
	"strings"

	"github.com/asbuilt/asbuilt/pkg/evidence"
)

// depguard is the depguard part of a golangci-lint configuration.
type depguard struct {
	*report
	tree    *tree
	second  bool // the configuration has version 2's form
	lists   []*guardList
	tests   bool
	noTests bool // run.tests: false
}

// guardList is one of its rules.
type guardList struct {
	name    string
	where   value
	mode    string // original, strict, lax
	files   []guardFiles
	allow   []guardEntry // sorted as depguard searches them
	deny    []guardEntry
	given   []guardEntry // the entries of deny as written
	std     bool         // $gostd is allowed
	inTests bool
	inCode  bool
}

type guardFiles struct {
	word
	not bool
	re  *regexp.Regexp
}

// guardEntry is a prefix of import paths; one that ends in $ is the whole path.
type guardEntry struct {
	prefix string
	why    string
	value
}

// Depguard translates the depguard rules of .golangci.yml.
func Depguard(in Input) Output {
	r := newReport(in.Name)
	root, ok := parse(r, in.Text)
	if !ok {
		return r.done(nil)
	}
	g := &depguard{report: r, tree: newTree(in)}
	g.read(root)
	if r.broken() {
		return r.done(nil)
	}
	g.scopes()
	g.sayVacuous()
	return r.done(g.write(in))
}

// child finds a key on a way of keys.
func (v value) find(keys ...string) (value, bool) {
	for _, key := range keys {
		found := false
		for _, e := range v.mapping() {
			if e.key == key {
				v, found = e.value, true
				break
			}
		}
		if !found {
			return v, false
		}
	}
	return v, true
}

func (g *depguard) read(root value) {
	if v, ok := root.find("version"); ok {
		w, _ := v.scalar()
		g.second = strings.HasPrefix(w.text, "2")
	}
	if v, ok := root.find("run", "tests"); ok {
		g.noTests = !v.flag()
	}
	way := []string{"linters-settings", "depguard"}
	if g.second {
		way = []string{"linters", "settings", "depguard"}
	}
	settings, ok := root.find(way...)
	if !ok {
		root.wrong("the file holds no settings of depguard: "+strings.Join(way, "."), "see whether it is the file you meant")
		return
	}
	g.sayDisabled(root, settings)
	g.sayExclusions(root)
	for _, e := range settings.mapping() {
		if e.key != "rules" {
			g.tell(ruleUnknown, e.name, e.name.path, fmt.Sprintf("depguard has no setting %q since its version 2 (golangci-lint 1.53): it is ignored", e.key), "write it as a rule")
			continue
		}
		for _, x := range e.value.mapping() {
			g.readList(x)
		}
	}
	slices.SortFunc(g.lists, func(a, b *guardList) int { return strings.Compare(a.name, b.name) })
	if len(g.lists) == 0 {
		settings.wrong("there are no rules of depguard", "without rules it allows the standard library alone; see whether it is the file you meant")
	}
}

// sayDisabled says when golangci-lint does not run depguard at all.
func (g *depguard) sayDisabled(root, settings value) {
	var words []word
	enabled := func(keys ...string) bool {
		if v, ok := root.find(append([]string{"linters"}, keys...)...); ok {
			words = v.oneOrMore()
			return slices.ContainsFunc(words, func(w word) bool { return w.text == "depguard" || w.text == "all" || w.text == "true" })
		}
		return false
	}
	on := enabled("enable") || !g.second && (enabled("enable-all") || enabled("presets") && len(words) > 0 && slices.ContainsFunc(words, func(w word) bool { return w.text == "style" || w.text == "import" || w.text == "module" })) || g.second && enabled("default")
	if off := enabled("disable"); on && !off {
		return
	}
	g.tell(ruleVacuous, settings, "depguard", "depguard is set up and not enabled: golangci-lint does not run it, none of its rules is enforced",
		"they are carried over as if it ran")
}

// sayExclusions says which findings of depguard golangci-lint drops.
func (g *depguard) sayExclusions(root value) {
	ways := [][]string{{"issues", "exclude-rules"}}
	if g.second {
		ways = [][]string{{"linters", "exclusions", "rules"}}
	}
	for _, way := range ways {
		rules, ok := root.find(way...)
		if !ok {
			continue
		}
		for _, v := range rules.list() {
			linters, ok := v.find("linters")
			if !ok || !slices.ContainsFunc(linters.texts(), func(w word) bool { return w.text == "depguard" }) {
				continue
			}
			path := "every file"
			if p, ok := v.find("path"); ok {
				w, _ := p.scalar()
				path = w.text
			}
			g.tell(ruleNotCarried, v, v.path, fmt.Sprintf("golangci-lint drops what depguard finds in %s", path), "what check finds there, accept with a waiver")
		}
	}
}

func (g *depguard) readList(x entry) {
	l := &guardList{name: x.key, where: x.name, mode: "original"}
	for _, e := range x.value.mapping() {
		switch e.key {
		case "list-mode", "listMode":
			w, _ := e.value.scalar()
			if l.mode = cmp.Or(strings.ToLower(w.text), "original"); !slices.Contains([]string{"original", "strict", "lax"}, l.mode) {
				w.wrong(fmt.Sprintf("list-mode %q is none of original, strict and lax", w.text), "depguard refuses it too")
			}
		case "files":
			for _, w := range e.value.texts() {
				l.files = append(l.files, g.files(w))
			}
		case "allow":
			for _, w := range e.value.texts() {
				l.std = l.std || w.text == "$gostd"
				l.allow = append(l.allow, g.entries(w, "")...)
			}
		case "deny":
			for _, v := range e.value.list() {
				g.readDeny(l, v)
			}
		default:
			g.tell(ruleUnknown, e.name, e.name.path, fmt.Sprintf("a rule of depguard has no setting %q: it is ignored", e.key), "correct the word, or remove it")
		}
	}
	if len(l.allow)+len(l.deny) == 0 {
		x.value.wrong(fmt.Sprintf("the rule %q neither allows nor denies anything", x.key), "depguard refuses it too")
	}
	for _, entries := range [][]guardEntry{l.allow, l.deny} {
		slices.SortStableFunc(entries, func(a, b guardEntry) int { return strings.Compare(a.prefix, b.prefix) })
	}
	g.lists = append(g.lists, l)
}

func (g *depguard) readDeny(l *guardList, v value) {
	pkg, ok := v.find("pkg")
	if !ok {
		v.wrong("an entry of deny names its package with pkg", "")
		return
	}
	w, ok := pkg.scalar()
	if !ok {
		return
	}
	why := ""
	if d, ok := v.find("desc"); ok && !d.isNull() {
		text, _ := d.scalar()
		why = strings.TrimSpace(text.text)
	}
	l.given = append(l.given, guardEntry{w.text, why, w.value})
	l.deny = append(l.deny, g.entries(w, why)...)
}

// entries are what a word of allow or deny stands for. Of the standard library, what anything imports.
func (g *depguard) entries(w word, why string) []guardEntry {
	if w.text != "$gostd" {
		if w.text == "" || w.text == "$" {
			w.wrong("an entry names no package", "")
			return nil
		}
		return []guardEntry{{w.text, why, w.value}}
	}
	tops := map[string]bool{}
	for p, n := range g.tree.known {
		if n.Kind == evidence.Standard {
			top, _, _ := strings.Cut(p, "/")
			tops[top] = true
		}
	}
	var out []guardEntry
	for _, top := range slices.Sorted(maps.Keys(tops)) {
		out = append(out, guardEntry{top, why, w.value})
	}
	return out
}

// files compiles a pattern of files. They are compared with absolute paths: one that begins with a plain name
// matches nothing.
func (g *depguard) files(w word) guardFiles {
	text, not := strings.CutPrefix(w.text, "!")
	switch text {
	case "$all":
		text = "**/*.go"
	case "$test":
		text = "**/*_test.go"
	}
	text = strings.NewReplacer("${base-path}", checkout, "${config-path}", checkout+strings.TrimPrefix("/"+g.tree.base, "/.")).Replace(text)
	re, err := fileGlob(text)
	if err != nil {
		w.wrong(fmt.Sprintf("%q is no pattern of files", w.text), "depguard refuses it too")
	}
	if !strings.HasPrefix(text, "/") && !strings.HasPrefix(text, "*") && !strings.HasPrefix(text, "{") && !strings.HasPrefix(text, "?") {
		g.tell(ruleVacuous, w.value, w.path, fmt.Sprintf("%q can match no file: depguard compares absolute paths", w.text), `begin it with **/`)
	}
	return guardFiles{w, not, re}
}

// checkout is where a checkout is taken to be: patterns of files begin with **.
const checkout = "/checkout"

// fileGlob compiles a glob of depguard: ** is anything, * is anything but a slash.
func fileGlob(pattern string) (*regexp.Regexp, error) {
	var b strings.Builder
	b.WriteString(`^(?s:`)
	depth := 0
	for i := 0; i < len(pattern); i++ {
		switch c := pattern[i]; {
		case strings.HasPrefix(pattern[i:], "**"):
			b.WriteString(".*")
			i++
		case c == '*':
			b.WriteString("[^/]*")
		case c == '?':
			b.WriteString("[^/]")
		case c == '{':
			b.WriteString("(?:")
			depth++
		case c == '}' && depth > 0:
			b.WriteString(")")
			depth--
		case c == ',' && depth > 0:
			b.WriteString("|")
		case c == '[' && strings.IndexByte(pattern[i:], ']') > 0:
			end := strings.IndexByte(pattern[i:], ']')
			inside := pattern[i+1 : i+end]
			if rest, not := strings.CutPrefix(inside, "!"); not {
				inside = "^" + rest
			}
			b.WriteString("[" + strings.ReplaceAll(inside, `\`, `\\`) + "]")
			i += end
		case c == '\\' && i+1 < len(pattern):
			i++
			b.WriteString(regexp.QuoteMeta(pattern[i : i+1]))
		default:
			b.WriteString(regexp.QuoteMeta(pattern[i : i+1]))
		}
	}
	b.WriteString(`)$`)
	return regexp.Compile(b.String())
}

// covers reports whether a list looks at a file of the tree.
func (l *guardList) covers(file string) bool {
	in, out, named := false, false, false
	for _, f := range l.files {
		matches := f.re.MatchString(checkout + "/" + file)
		if f.not {
			out = out || matches
			continue
		}
		named = true
		in = in || matches
	}
	return (in || !named) && !out
}

// search finds the entry that depguard compares an import with: the last that is not greater. One that stands
// in between hides a shorter prefix.
func search(entries []guardEntry, importPath string) (int, bool) {
	i := sort.Search(len(entries), func(i int) bool { return strings.TrimRight(entries[i].prefix, "$") > importPath }) - 1
	if i < 0 {
		return i, false
	}
	return i, entries[i].matches(importPath)
}

func (e guardEntry) matches(importPath string) bool {
	if whole, ok := strings.CutSuffix(e.prefix, "$"); ok {
		return importPath == whole
	}
	if !strings.ContainsAny(e.prefix, "./") && strings.Contains(importPath, ".") {
		return false // a name of the standard library
	}
	return strings.HasPrefix(importPath, e.prefix)
}

// denies reports whether a list forbids an import, and the reason that the entry gives.
func (l *guardList) denies(importPath string) (bool, string) {
	a, allowed := search(l.allow, importPath)
	d, denied := search(l.deny, importPath)
	longer := allowed && denied && len(l.allow[a].prefix) > len(l.deny[d].prefix)
	fine := false
	switch l.mode {
	case "strict":
		fine = allowed && (!denied || longer)
	case "lax":
		fine = !denied || longer
	default:
		fine = (len(l.allow) == 0 || allowed) && !denied
	}
	if fine || !denied {
		return !fine, ""
	}
	return true, l.deny[d].why
}

// limits reports whether a list names what is allowed, and forbids everything else.
func (l *guardList) limits() bool {
	return l.mode == "strict" || l.mode == "original" && len(l.allow) > 0
}
