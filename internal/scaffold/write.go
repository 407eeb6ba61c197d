package scaffold

import (
	"bytes"
	"fmt"
	"strings"
	"unicode"
)

const (
	landscape = "landscape" // the name of the view of all systems
	width     = 100         // bytes of a line with a list
	knotsSaid = 10          // circles written out
)

// writer writes HCL in the form that fmt gives it.
type writer struct {
	bytes.Buffer
	indent string
}

// attr is an attribute with its value as written.
type attr struct{ name, value string }

func (w *writer) line(format string, args ...any) {
	if text := fmt.Sprintf(format, args...); text != "" {
		w.WriteString(w.indent + text)
	}
	w.WriteByte('\n')
}

func (w *writer) comments(lines ...string) {
	for _, l := range lines {
		w.line("%s", strings.TrimRight("# "+l, " "))
	}
}

func (w *writer) open(format string, args ...any) {
	w.line(format+" {", args...)
	w.indent += "  "
}

func (w *writer) close() {
	w.indent = w.indent[2:]
	w.line("}")
}

// attrs writes attributes on consecutive lines, aligned. One without a value is left out.
func (w *writer) attrs(all ...attr) {
	longest := 0
	for _, a := range all {
		if a.value != "" {
			longest = max(longest, len(a.name))
		}
	}
	for _, a := range all {
		if a.value != "" {
			w.line("%-*s = %s", longest, a.name, a.value)
		}
	}
}

// list writes an attribute of references, on one line where it fits.
func (w *writer) list(name string, items []string) {
	if len(items) == 0 {
		return
	}
	if one := name + " = [" + strings.Join(items, ", ") + "]"; len(w.indent+one) <= width {
		w.line("%s", one)
		return
	}
	w.line("%s = [", name)
	for _, item := range items {
		w.line("  %s,", item)
	}
	w.line("]")
}

var escapes = strings.NewReplacer(`\`, `\\`, `"`, `\"`, "${", "$${", "%{", "%%{")

// quote writes text as a string, with a mark for what cannot be printed.
func quote(s string) string {
	s = strings.Map(func(c rune) rune {
		if !unicode.IsPrint(c) {
			return unicode.ReplacementChar
		}
		return c
	}, s)
	return `"` + escapes.Replace(s) + `"`
}

// titled is a title's value where the name does not say it already.
func titled(name, title string) string {
	if name == title {
		return ""
	}
	return quote(title)
}

func (w *writer) proposal(p *proposal, gaps int) {
	if len(p.systems) == 0 {
		w.skeleton(p)
		return
	}
	w.comments(
		"The architecture as the code shows it, written once by asbuilt init. From here on it is yours:",
		"  asbuilt check    says where the code and this file part",
		"  asbuilt render   draws the views",
		"",
		"Next: rename and merge components until they are what the team talks about; say who owns them",
		"(team \"payments\" {}, then owner = team.payments), and what they are (description, tags).",
		"A dependency that should not be: remove it from depends_on, and check names the imports.",
	)
	if gaps > 0 {
		w.comments("", fmt.Sprintf("Places of the code that could not be read: %d. check lists them, and passes once they are mended,", gaps),
			"or left out with exclude = [\"./folder/...\"] in the observe block.")
	}
	w.line("")
	w.architecture(p)
	w.line("")
	w.observe(p)
	for _, s := range p.systems {
		w.line("")
		w.system(s)
	}
	parts := p.sorted()
	w.debt(knots(parts))
	for _, c := range parts {
		w.line("")
		w.component(c)
	}
	w.views(p)
}

func (w *writer) observe(p *proposal) {
	if len(p.ignored) == 0 {
		w.line(`observe "go" {}`)
		return
	}
	w.open(`observe "go"`)
	w.comments("Git ignores these. In a clone that lacks one, and where nothing imports it, take it out of this list.")
	patterns := make([]string, len(p.ignored))
	for i, text := range p.ignored {
		patterns[i] = quote(text)
	}
	w.list("exclude", patterns)
	w.close()
}

func (w *writer) architecture(p *proposal) {
	name := identifier(p.title)
	w.open("architecture %q", name)
	w.attrs(attr{"title", titled(name, p.title)}, attr{"strict", "true # a package that no component owns is an error"})
	w.close()
}

func (w *writer) system(s *system) {
	w.open("system %q", s.name)
	description := ""
	if s.module != "" {
		description = quote("Go module " + s.module)
	}
	w.attrs(attr{"title", titled(s.name, s.title)}, attr{"description", description})
	w.close()
}

func (w *writer) component(c *part) {
	w.open("component %q", c.name)
	w.attrs(attr{"in", "system." + c.system.name}, attr{"title", titled(c.name, c.title)})
	code := "code { go = [" + quote(c.pattern()) + "] }"
	if c.isRest() {
		code += " # what no longer pattern owns"
	}
	w.line("%s", code)
	var uses []string
	for _, u := range c.uses {
		uses = append(uses, "component."+u.name)
	}
	w.list("depends_on", uses)
	w.close()
}

// debt names the circles. Go allows none between packages, so the folders make them.
func (w *writer) debt(all []knot) {
	if len(all) == 0 {
		return
	}
	w.line("")
	w.comments("Debt to look at: components in a circle. Go allows no circle of packages, so each opens when a",
		"package moves to another component, or a component is divided.")
	for i, k := range all {
		if i == knotsSaid {
			w.comments(fmt.Sprintf("  and %d more", len(all)-i))
			return
		}
		names := make([]string, len(k.circle))
		for j, p := range k.circle {
			names[j] = p.name
		}
		text := "  " + strings.Join(names, " -> ")
		if rest := k.size - len(k.circle) + 1; rest > 0 {
			text += fmt.Sprintf(" (%d more in circles with them)", rest)
		}
		w.comments(text)
	}
}

// views draws all systems, where there are several, and the inside of each that has one.
func (w *writer) views(p *proposal) {
	if len(p.systems) > 1 {
		w.line("")
		w.open("view %q %q", landscape, landscape)
		w.attrs(attr{"title", quote(p.title)})
		w.close()
	}
	for _, s := range p.systems {
		if len(p.systems) > 1 && len(s.parts) == 1 {
			continue
		}
		w.line("")
		w.view(s)
	}
}

func (w *writer) view(s *system) {
	w.open("view %q %q", "container", s.name)
	w.attrs(attr{"of", "system." + s.name}, attr{"title", quote("Inside " + s.title)})
	w.close()
}

// skeleton is the proposal for no code.
func (w *writer) skeleton(p *proposal) {
	s := &system{name: names{}.claim(identifier(p.title)), title: p.title}
	w.comments("A first architecture. No Go code was found: add components as they come into being, such as",
		"",
		"component \"checkout\" {",
		"  in = system."+s.name,
		"  code { go = [\"./checkout/...\"] }",
		"  depends_on = [component.payments]",
		"}",
		"",
		"asbuilt validate reads this file, asbuilt render draws it; asbuilt check needs code to hold it against.")
	w.line("")
	w.architecture(p)
	if len(p.ignored) > 0 {
		w.line("")
		w.observe(p)
	}
	w.line("")
	w.system(s)
	w.line("")
	w.view(s)
}
