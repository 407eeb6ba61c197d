package foreign

import (
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"

	"github.com/asbuilt/asbuilt/internal/phrase"
	"github.com/asbuilt/asbuilt/pkg/evidence"
)

// archGo is a configuration of arch-go.
type archGo struct {
	*report
	tree  *tree
	rules []*goRule
	used  []evidence.Edge
}

// goRule is one of dependenciesRules.
type goRule struct {
	where value
	pkg   goPattern
	only  *goLists // shouldOnlyDependsOn
	not   *goLists // shouldNotDependsOn
}

// goLists are the patterns of one side, by the world of the import.
type goLists struct{ internal, external, standard []goPattern }

type goPattern struct {
	word
	re *regexp.Regexp
}

func (p goPattern) matches(importPath string) bool {
	return p.re != nil && p.re.MatchString(importPath)
}

func anyMatches(all []goPattern, importPath string) bool {
	return slices.ContainsFunc(all, func(p goPattern) bool { return p.matches(importPath) })
}

// ArchGo translates arch-go.yml.
func ArchGo(in Input) Output {
	r := newReport(in.Name)
	root, ok := parse(r, in.Text)
	if !ok {
		return r.done(nil)
	}
	a := &archGo{report: r, tree: newTree(in)}
	a.used = a.tree.of(false)
	a.read(root)
	if r.broken() {
		return r.done(nil)
	}
	a.sayVacuous()
	return r.done(a.write(in))
}

func (a *archGo) read(root value) {
	rules := false
	compliance, coverage := 100, 100
	coverageAt := root
	for _, e := range root.mapping() {
		switch e.key {
		case "version":
		case "threshold":
			for _, x := range e.value.mapping() {
				switch x.key {
				case "compliance":
					compliance = x.value.number()
					if compliance < 100 {
						a.tell(ruleNotCarried, x.value, x.value.path, fmt.Sprintf("compliance %d lets rules fail: arch-go passes when %d %% of them hold", compliance, compliance),
							"every violation is an error here; accept those that stay with a waiver")
					}
				case "coverage":
					coverage, coverageAt = x.value.number(), x.value
				default:
					a.ignored(x)
				}
			}
		case "dependenciesRules":
			rules = true
			for _, v := range e.value.list() {
				a.readRule(v)
			}
		case "contentsRules", "functionsRules", "namingRules":
			rules = true
			if n := len(e.value.list()); n > 0 {
				a.tell(ruleNotCarried, e.name, e.key, fmt.Sprintf("%s: %s about what packages contain, not about what they use", e.key, phrase.Count(n, "rule")),
					"keep arch-go for them, or let a linter look at them")
			}
		case "cyclesRules":
			rules = true
			a.tell(ruleVacuous, e.name, e.key, "cyclesRules are ignored by arch-go since 1.4: Go allows no cycle of packages",
				`a cycle of components is found by: rule "no_cycles" { acyclic = components() }`)
		default:
			a.ignored(e)
		}
	}
	if !rules {
		root.wrong("the file holds no rules of arch-go", "see whether it is the file you meant")
	}
	a.sayCoverage(coverageAt, coverage)
}

// ignored says that the tool reads over a key.
func (a *archGo) ignored(e entry) {
	a.tell(ruleUnknown, e.name, e.name.path, fmt.Sprintf("arch-go knows no setting %q, and ignores it without a word", e.name.path),
		"correct the word, or remove it")
}

func (a *archGo) readRule(v value) {
	r := &goRule{where: v}
	for _, e := range v.mapping() {
		switch e.key {
		case "package":
			if w, ok := e.value.scalar(); ok {
				r.pkg, r.where = a.pattern(w), e.value
			}
		case "shouldOnlyDependsOn":
			r.only = a.lists(e.value, r.only)
		case "shouldNotDependsOn":
			r.not = a.lists(e.value, r.not)
		case "shouldOnlyDependsOnExternal":
			r.only = a.external(e.value, r.only)
		case "shouldNotDependsOnExternal":
			r.not = a.external(e.value, r.not)
		default:
			a.ignored(e)
		}
	}
	if r.pkg.text == "" {
		v.wrong("the rule names no package", "")
		return
	}
	a.rules = append(a.rules, r)
}

// lists reads the three lists of a side; in the form before arch-go 1.4, the internal list alone.
func (a *archGo) lists(v value, into *goLists) *goLists {
	if into == nil {
		into = &goLists{}
	}
	if old, ok := v.visit(); ok && !old.isNull() && len(old.node.Content) > 0 && old.isList() {
		a.old(v)
		into.internal = a.patterns(v)
		return into
	}
	for _, e := range v.mapping() {
		switch e.key {
		case "internal":
			into.internal = a.patterns(e.value)
		case "external":
			into.external = a.patterns(e.value)
		case "standard":
			into.standard = a.patterns(e.value)
		default:
			a.ignored(e)
		}
	}
	return into
}

func (a *archGo) external(v value, into *goLists) *goLists {
	if into == nil {
		into = &goLists{}
	}
	a.old(v)
	into.external = a.patterns(v)
	return into
}

func (a *archGo) old(v value) {
	a.tell(ruleUnknown, v, "old form", "this is the form of arch-go before 1.4: later versions refuse the file, or read over the list",
		"it is carried over as it was meant")
}

func (a *archGo) patterns(v value) []goPattern {
	var out []goPattern
	for _, w := range v.texts() {
		out = append(out, a.pattern(w))
	}
	return out
}

func (a *archGo) pattern(w word) goPattern {
	re, err := regexp.Compile(goRegexp(w.text))
	if err != nil {
		w.wrong(fmt.Sprintf("arch-go cannot read the pattern %q: it crashes on it", w.text), "correct the pattern")
	}
	return goPattern{w, re}
}

// part is any text that a star stands for inside a path segment, in arch-go's regular expressions.
const part = `[\w-\.]`

var (
	starBehind = regexp.MustCompile(`\w+\*`)
	starBefore = regexp.MustCompile(`\*\w+`)
)

// goRegexp is the regular expression that arch-go makes of a pattern. A dot is a separator next to a star and
// any character elsewhere, and nothing anchors an end that has no star.
func goRegexp(pattern string) string {
	for _, joined := range []*regexp.Regexp{starBehind, starBefore} {
		for _, found := range joined.FindAllString(pattern, -1) {
			pattern = strings.ReplaceAll(pattern, found, strings.ReplaceAll(found, "*", part+"*"))
		}
	}
	if rest, ok := strings.CutPrefix(pattern, "**."); ok {
		pattern = "^(" + part + "+/)+" + rest
	}
	if rest, ok := strings.CutPrefix(pattern, "*."); ok {
		pattern = "^" + part + "+/" + rest
	}
	if rest, ok := strings.CutSuffix(pattern, ".**"); ok {
		pattern = rest + "(/" + part + "+)*$"
	}
	if rest, ok := strings.CutSuffix(pattern, ".*"); ok {
		pattern = rest + "(/" + part + "+){0,1}$"
	}
	pattern = strings.ReplaceAll(pattern, ".**.", "(/"+part+"+/)+")
	return strings.ReplaceAll(pattern, ".*.", "/"+part+"+/")
}

// world is the list that an import is looked up in.
func (a *archGo) world(importPath string) string {
	switch {
	case a.tree.module != "" && strings.HasPrefix(importPath, a.tree.module):
		return "internal"
	case strings.HasPrefix(importPath, "golang.org/x") || !strings.Contains(importPath, "."):
		return "standard"
	}
	return "external"
}

func (l *goLists) of(world string) []goPattern {
	if l == nil {
		return nil
	}
	return map[string][]goPattern{"internal": l.internal, "external": l.external, "standard": l.standard}[world]
}

// denies reports whether a rule forbids its packages an import.
func (r *goRule) denies(world, importPath string) bool {
	if only := r.only.of(world); len(only) > 0 && !anyMatches(only, importPath) {
		return true
	}
	return anyMatches(r.not.of(world), importPath)
}

// sayCoverage says how many packages no rule looks at.
func (a *archGo) sayCoverage(at value, coverage int) {
	var bare []string
	for _, dir := range a.tree.dirs {
		p := a.tree.importPath(dir)
		if !slices.ContainsFunc(a.rules, func(r *goRule) bool { return r.pkg.matches(p) }) {
			bare = append(bare, p)
		}
	}
	if coverage > 0 && len(bare) > 0 {
		a.tell(ruleNotCarried, at, "threshold.coverage", fmt.Sprintf("arch-go asks that rules look at %d %% of the packages; no rule of dependencies looks at %s", coverage, some(bare)),
			"they are a component of their own; write rules for it")
	}
}

// sayVacuous says which rules and patterns match nothing, and which permissions nothing uses.
func (a *archGo) sayVacuous() {
	known := slices.Sorted(maps.Keys(a.tree.known))
	for _, r := range a.rules {
		if !slices.ContainsFunc(a.tree.dirs, func(dir string) bool { return r.pkg.matches(a.tree.importPath(dir)) }) {
			a.tell(ruleVacuous, r.where, r.where.path, fmt.Sprintf("the rule is about %q, which matches no package: it enforces nothing", r.pkg.text),
				"correct the pattern: in arch-go's patterns a dot separates folders only next to a star")
			continue
		}
		if r.only.empty() && r.not.empty() {
			a.tell(ruleVacuous, r.where, r.where.path, "the rule lists nothing to depend on or not: it enforces nothing", "fill its lists, or remove it")
		}
		if r.only != nil && len(r.only.standard) > 0 {
			a.tell(ruleNotCarried, r.only.standard[0].value, r.where.path+" standard", fmt.Sprintf("%q may use a list of the standard library alone; rules here name what is denied", r.pkg.text),
				"what the code imports today and the list does not hold is denied; add what may come")
		}
		for _, world := range []string{"internal", "external", "standard"} {
			for _, p := range r.not.of(world) {
				if !a.isName(p.text) && !a.tree.available(p.text) && !slices.ContainsFunc(known, func(k string) bool { return a.world(k) == world && p.matches(k) }) {
					a.tell(ruleVacuous, p.value, p.path, fmt.Sprintf("%q matches no %s package that anything imports: it forbids nothing", p.text, world), "correct the pattern; it is left out")
				}
			}
			for _, p := range r.only.of(world) {
				a.sayUnused(r, world, p)
			}
		}
	}
}

func (l *goLists) empty() bool {
	return l == nil || len(l.internal)+len(l.external)+len(l.standard) == 0
}

func (a *archGo) sayUnused(r *goRule, world string, p goPattern) {
	for _, e := range a.used {
		if to := evidence.Name(e.To); r.pkg.matches(evidence.Name(e.From)) && a.world(to) == world && p.matches(to) {
			return
		}
	}
	a.tell(ruleUnused, p.value, p.path, fmt.Sprintf("%q may use %q, and does not", r.pkg.text, p.text), "remove it, or leave it out")
}
