package foreign

import (
	"maps"
	"path"
	"slices"
	"strings"

	"github.com/asbuilt/asbuilt/internal/hcltext"
)

// writer writes a translation.
type writer struct {
	hcltext.Writer
	apart map[string]string // of components whose packages are elements of their own: the name of these
}

// class is a component of the translation: packages of which the old rules say the same.
type class struct {
	key    string
	name   string
	inner  string // of its packages, where they stand apart
	title  string
	claims []claimed
	dirs   []string // its packages
	uses   []string // names of components that it uses and may use
	spare  []string // of those that it may use and does not
	shared bool
	root   bool
	// apart is set when its packages may not use each other: each is an element of its own then, inside this one.
	apart bool
	// modules are the third-party modules that a folder of it may use, where the old rules say so at all.
	modules map[string][]string
	judged  bool
}

// permit notes a third-party module that a folder uses and may use.
func (c *class) permit(dir, module string) {
	if c.modules == nil {
		c.modules = map[string][]string{}
	}
	if i, found := slices.BinarySearch(c.modules[dir], module); !found {
		c.modules[dir] = slices.Insert(c.modules[dir], i, module)
	}
}

// permitted are the modules that any of its folders may use.
func (c *class) permitted() []string {
	all := map[string]bool{}
	for _, list := range c.modules {
		for _, m := range list {
			all[m] = true
		}
	}
	return slices.Sorted(maps.Keys(all))
}

// head writes what comes before the components.
func (w *writer) head(in Input, t *tree, tool string, notes ...string) string {
	w.Comments("Written once by asbuilt import "+tool+" from "+path.Base(in.Name)+". From here on it is yours:",
		"asbuilt check holds the code to it.")
	w.Comments(notes...)
	w.Line("")
	title := path.Base(t.module)
	if t.module == "" {
		title = in.Title
	}
	return title
}

// observe writes the observe block.
func (w *writer) observe(t *tree, folder string, tests string, exclude []string) {
	w.Open("observe \"go\"")
	if root := path.Join(t.base, folder); root != "." {
		w.Attrs(hcltext.Attr{"roots", "[" + hcltext.Quote(root) + "]"})
	}
	w.List("exclude", quoted(exclude))
	w.Attrs(hcltext.Attr{"tests", hcltext.Quote(tests)})
	w.Close()
}

// system writes the system that the components are in, and returns its name.
func (w *writer) system(t *tree, title string) string {
	name := hcltext.Identifier(title, "system")
	description := ""
	if t.module != "" {
		description = hcltext.Quote("Go module " + t.module)
	}
	w.Line("")
	w.Open("system %q", name)
	w.Attrs(hcltext.Attr{"title", hcltext.Titled(name, title)}, hcltext.Attr{"description", description})
	w.Close()
	return name
}

// component writes one component.
func (w *writer) component(t *tree, system string, c *class) {
	w.Line("")
	w.Open("component %q", c.name)
	attrs := []hcltext.Attr{{"in", "system." + system}, {"title", titled(c)}}
	if c.shared {
		attrs = append(attrs, hcltext.Attr{"shared", "true # anyone may use it"})
	}
	if c.root {
		attrs = append(attrs, hcltext.Attr{"root", "true # it may use anything"})
	}
	w.Attrs(attrs...)
	claims, modules := c.claims, c.permitted()
	if c.apart {
		claims, modules = slices.DeleteFunc(slices.Clone(claims), func(cl claimed) bool { return !cl.below }), nil
	}
	if len(claims) > 0 {
		w.code(quoted(t.patterns(claims)), c.judged, modules)
	}
	w.dependsOn(c)
	w.Close()
	if c.apart {
		if w.apart == nil {
			w.apart = map[string]string{}
		}
		w.apart[c.name] = c.inner
		w.packages(t, c)
	}
}

// code writes a code block, with the list of modules where it is judged.
func (w *writer) code(patterns []string, judged bool, modules []string) {
	w.Open("code")
	w.List("go", patterns)
	if judged && len(modules) == 0 {
		w.Line("modules = []")
	}
	if judged {
		w.List("modules", quoted(modules))
	}
	w.Close()
}

// packages writes the packages of a component that may not use each other: siblings, which need an edge.
func (w *writer) packages(t *tree, c *class) {
	w.Line("")
	w.Comments("Packages of " + c.name + " may not use each other, so that each is an element.")
	w.Open("component %q", c.inner)
	modules := ""
	if c.judged {
		w.Line("for_each = {")
		for _, dir := range c.dirs {
			w.Line("  %s = [%s]", hcltext.Quote(t.pattern(dir, false)), strings.Join(quoted(c.modules[dir]), ", "))
		}
		w.Line("}")
		modules = "each.value"
	} else {
		var all []string
		for _, dir := range c.dirs {
			all = append(all, hcltext.Quote(t.pattern(dir, false)))
		}
		w.Line("for_each = toset([")
		for _, p := range all {
			w.Line("  %s,", p)
		}
		w.Line("])")
	}
	w.Attrs(hcltext.Attr{"in", "component." + c.name}, hcltext.Attr{"title", "each.key"})
	w.Open("code")
	w.Attrs(hcltext.Attr{"go", "[each.key]"}, hcltext.Attr{"modules", modules})
	w.Close()
	w.Close()
}

func titled(c *class) string {
	if c.title == "" {
		return ""
	}
	return hcltext.Titled(c.name, c.title)
}

// dependsOn writes the edges, with those that nothing shows as comments.
func (w *writer) dependsOn(c *class) {
	if len(c.spare) == 0 {
		w.List("depends_on", addresses(c.uses))
		return
	}
	if len(c.uses) == 0 {
		w.Comments("depends_on: it might also use, and does not: " + strings.Join(addresses(c.spare), ", "))
		return
	}
	w.Line("depends_on = [")
	for _, u := range c.uses {
		w.Line("  component.%s,", u)
	}
	for _, s := range c.spare {
		w.Line("  # component.%s was allowed, and nothing uses it", s)
	}
	w.Line("]")
}

// view draws the whole.
func (w *writer) view(system, title string) {
	w.Line("")
	w.Open("view \"container\" %q", system)
	w.Attrs(hcltext.Attr{"of", "system." + system}, hcltext.Attr{"title", hcltext.Quote("Inside " + title)})
	w.Close()
}

// denial is a deny block.
type denial struct {
	from, to []string // components, by name
	imports  []string
}

// rule writes a rule of deny blocks; nothing where there are none.
func (w *writer) rule(name, because string, all []denial) {
	for i := range all {
		all[i] = w.among(all[i])
	}
	all = slices.DeleteFunc(all, func(d denial) bool { return len(d.from) == 0 || len(d.to)+len(d.imports) == 0 })
	if len(all) == 0 {
		return
	}
	w.Line("")
	w.Open("rule %q", name)
	for _, d := range all {
		w.Open("deny")
		w.List("from", addresses(d.from))
		w.List("to", addresses(d.to))
		w.List("imports", quoted(d.imports))
		w.Close()
	}
	if because != "" {
		w.Attrs(hcltext.Attr{"because", hcltext.Quote(because)})
	}
	w.Close()
}

// among turns a denial of one component to use itself into one among its packages; where they are no elements
// of their own, for there is one alone, it can find nothing and goes.
func (w *writer) among(d denial) denial {
	if len(d.from) == 1 && slices.Equal(d.from, d.to) {
		inner := w.apart[d.from[0]]
		d.from, d.to = nil, nil
		if inner != "" {
			d.from, d.to = []string{inner}, []string{inner}
		}
	}
	return d
}

func addresses(names []string) []string {
	var out []string
	for _, n := range names {
		out = append(out, "component."+n)
	}
	return out
}

func quoted(texts []string) []string {
	var out []string
	for _, t := range texts {
		out = append(out, hcltext.Quote(t))
	}
	return out
}
