package foreign

import (
	"fmt"
	"maps"
	"path"
	"regexp"
	"slices"
	"strings"

	"github.com/asbuilt/asbuilt/internal/hcltext"
	"github.com/asbuilt/asbuilt/pkg/evidence"
)

// goClass is a set of packages that the same patterns match.
type goClass struct {
	class
	sample string // import path of one of them
}

// signature is what a folder's packages are to the rules: whom they are about, and whose lists match.
func (a *archGo) signature(dir string) string {
	p := a.tree.importPath(dir)
	var b strings.Builder
	b.WriteByte('k')
	for _, r := range a.rules {
		for _, yes := range []bool{r.pkg.matches(p), anyMatches(r.only.of("internal"), p), anyMatches(r.not.of("internal"), p)} {
			if yes {
				b.WriteByte('1')
			} else {
				b.WriteByte('0')
			}
		}
	}
	return b.String()
}

func (a *archGo) classes() []*goClass {
	claims := a.tree.partition(a.tree.dirs, a.signature)
	byKey := map[string]*goClass{}
	for _, dir := range a.tree.dirs {
		key := a.signature(dir)
		if byKey[key] == nil {
			byKey[key] = &goClass{class: class{key: key, claims: claims[key]}, sample: a.tree.importPath(dir)}
		}
		byKey[key].dirs = append(byKey[key].dirs, dir)
	}
	taken := hcltext.Names{}
	var out []*goClass
	for _, key := range slices.Sorted(maps.Keys(byKey)) {
		k := byKey[key]
		k.title = a.titleOf(k)
		k.name = taken.Claim(identifier(k.title))
		k.apart = len(k.dirs) > 1 && slices.ContainsFunc(a.rules, func(r *goRule) bool { return r.pkg.matches(k.sample) && r.denies("internal", k.sample) })
		if k.apart {
			k.inner = taken.Claim(k.name + "_package")
		}
		out = append(out, k)
	}
	slices.SortFunc(out, func(x, y *goClass) int { return strings.Compare(x.name, y.name) })
	return out
}

// titleOf names a class after the longest pattern that matches it, else after its folder.
func (a *archGo) titleOf(k *goClass) string {
	best := ""
	for _, r := range a.rules {
		for _, p := range slices.Concat([]goPattern{r.pkg}, r.only.of("internal"), r.not.of("internal")) {
			if name := wordsOf(p.text, a.tree.module); p.matches(k.sample) && len(name) > len(best) {
				best = name
			}
		}
	}
	switch {
	case best != "":
		return best
	case len(k.claims) == 1 && k.claims[0].dir != ".":
		return path.Base(k.claims[0].dir)
	}
	return "other"
}

var unworded = regexp.MustCompile(`[^a-zA-Z0-9]+`)

// wordsOf are the words of a pattern, without its stars and the module.
func wordsOf(pattern, module string) string {
	pattern = strings.TrimPrefix(pattern, module)
	return strings.Trim(unworded.ReplaceAllString(pattern, " "), " ")
}

func (a *archGo) write(in Input) []byte {
	classes := a.classes()
	for _, k := range classes {
		a.modulesOf(k)
	}
	w := &writer{}
	title := w.head(in, a.tree, "arch-go")
	w.Open("architecture %q", hcltext.Identifier(title, "architecture"))
	w.Attrs(hcltext.Attr{"title", hcltext.Titled(hcltext.Identifier(title, "architecture"), title)},
		hcltext.Attr{"edges", `"open" # rules alone judge`})
	w.Close()
	w.Line("")
	w.observe(a.tree, ".", "ignore", nil)
	system := w.system(a.tree, title)
	for _, k := range classes {
		w.component(a.tree, system, &k.class)
	}
	w.view(system, title)
	names := hcltext.Names{}
	for _, r := range a.rules {
		a.writeRule(w, names, r, classes)
	}
	return w.Bytes()
}

func (a *archGo) writeRule(w *writer, names hcltext.Names, r *goRule, classes []*goClass) {
	var from, to []string
	var all []denial
	for _, k := range classes {
		if r.pkg.matches(k.sample) {
			from = append(from, k.name)
		}
		if r.denies("internal", k.sample) {
			to = append(to, k.name)
		}
	}
	if len(from) == 0 {
		return
	}
	all = append(all, denial{from: from, to: to})
	if len(from) == 1 && slices.Equal(from, to) && w.apart[from[0]] == "" {
		a.tell(ruleNotCarried, r.where, r.where.path+" apart", fmt.Sprintf("the rule keeps the packages of %q apart, and there is one", r.pkg.text),
			"import again, or write them as components, when there are more")
	}
	all = append(all, denial{from: from, imports: a.deniedImports(r, classes)})
	w.rule(names.Claim(identifier(wordsOf(r.pkg.text, a.tree.module)+" "+purpose(r))), "", all)
}

func purpose(r *goRule) string {
	if r.only.empty() {
		return "not"
	}
	return "only"
}

// deniedImports are the packages of other modules and of the standard library that a rule forbids. What an
// allow list of other modules forbids is said by `modules`, but for packages of a module that is allowed in part.
func (a *archGo) deniedImports(r *goRule, classes []*goClass) []string {
	allowed := map[string]bool{}
	for _, k := range classes {
		if r.pkg.matches(k.sample) {
			for _, m := range k.permitted() {
				allowed[m] = true
			}
		}
	}
	var known []string
	for p, n := range a.tree.known {
		world := a.world(p)
		listed := len(r.only.of("external")) > 0 && world == "external" && !allowed[n.Module] && !anyMatches(r.not.of("external"), p)
		if n.Kind != evidence.Package && n.Kind != evidence.Unread && world != "internal" && !listed {
			known = append(known, p)
		}
	}
	for _, p := range r.not.of("standard") {
		if a.isName(p.text) {
			known = append(known, p.text)
		}
	}
	for _, p := range r.not.of("external") {
		if a.tree.available(p.text) {
			known = append(known, p.text)
		}
	}
	return dotted(known, func(p string) bool { return r.denies(a.world(p), p) })
}

// isName reports whether a pattern is the path of a package of the standard library, which is there whether
// anything imports it or not.
func (a *archGo) isName(pattern string) bool {
	return pattern != "" && !strings.ContainsFunc(pattern, func(c rune) bool { return (c < 'a' || c > 'z') && (c < '0' || c > '9') && c != '/' }) && a.world(pattern) == "standard"
}

// modulesOf finds the modules that a class uses and may use, where a rule lists what it may.
func (a *archGo) modulesOf(k *goClass) {
	var mine []*goRule
	for _, r := range a.rules {
		if r.pkg.matches(k.sample) {
			mine = append(mine, r)
			k.judged = k.judged || len(r.only.of("external")) > 0
		}
	}
	if !k.judged {
		return
	}
	for _, e := range a.used {
		from, _ := a.tree.dirOf(e.From)
		n := a.tree.known[evidence.Name(e.To)]
		if n.Kind != evidence.ThirdParty || n.Module == "" || !slices.Contains(k.dirs, from) {
			continue
		}
		p := evidence.Name(n.ID)
		listed := func(r *goRule) bool {
			only := r.only.of("external")
			return a.world(p) != "external" || len(only) == 0 || anyMatches(only, p)
		}
		if !slices.ContainsFunc(mine, func(r *goRule) bool { return !listed(r) }) {
			k.permit(from, n.Module)
		}
	}
}
