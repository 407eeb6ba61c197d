package scaffold

import (
	"fmt"
	"strings"

	"github.com/asbuilt/asbuilt/internal/hcltext"
)

const (
	landscape = "landscape" // the name of the view of all systems
	knotsSaid = 10          // circles written out
)

// writer writes a proposal.
type writer struct{ hcltext.Writer }

func (w *writer) proposal(p *proposal, gaps int) {
	if len(p.systems) == 0 {
		w.skeleton(p)
		return
	}
	w.Comments(
		"The architecture as the code shows it, written once by asbuilt init. From here on it is yours:",
		"  asbuilt check    says where the code and this file part",
		"  asbuilt render   draws the views",
		"",
		"Next: rename and merge components until they are what the team talks about; say who owns them",
		"(team \"payments\" {}, then owner = team.payments), and what they are (description, tags).",
		"A dependency that should not be: remove it from depends_on, and check names the imports.",
	)
	if gaps > 0 {
		w.Comments("", fmt.Sprintf("Places of the code that could not be read: %d. check lists them, and passes once they are mended,", gaps),
			"or left out with exclude = [\"./folder/...\"] in the observe block.")
	}
	w.Line("")
	w.architecture(p)
	w.Line("")
	w.observe(p)
	for _, s := range p.systems {
		w.Line("")
		w.system(s)
	}
	parts := p.sorted()
	w.debt(knots(parts))
	for _, c := range parts {
		w.Line("")
		w.component(c)
	}
	w.views(p)
}

func (w *writer) observe(p *proposal) {
	if len(p.ignored) == 0 {
		w.Line(`observe "go" {}`)
		return
	}
	w.Open(`observe "go"`)
	w.Comments("Git ignores these. In a clone that lacks one, and where nothing imports it, take it out of this list.")
	patterns := make([]string, len(p.ignored))
	for i, text := range p.ignored {
		patterns[i] = hcltext.Quote(text)
	}
	w.List("exclude", patterns)
	w.Close()
}

func (w *writer) architecture(p *proposal) {
	name := identifier(p.title)
	w.Open("architecture %q", name)
	w.Attrs(hcltext.Attr{"title", hcltext.Titled(name, p.title)}, hcltext.Attr{"strict", "true # a package that no component owns is an error"})
	w.Close()
}

func (w *writer) system(s *system) {
	w.Open("system %q", s.name)
	description := ""
	if s.module != "" {
		description = hcltext.Quote("Go module " + s.module)
	}
	w.Attrs(hcltext.Attr{"title", hcltext.Titled(s.name, s.title)}, hcltext.Attr{"description", description})
	w.Close()
}

func (w *writer) component(c *part) {
	w.Open("component %q", c.name)
	w.Attrs(hcltext.Attr{"in", "system." + c.system.name}, hcltext.Attr{"title", hcltext.Titled(c.name, c.title)})
	code := "code { go = [" + hcltext.Quote(c.pattern()) + "] }"
	if c.isRest() {
		code += " # what no longer pattern owns"
	}
	w.Line("%s", code)
	var uses []string
	for _, u := range c.uses {
		uses = append(uses, "component."+u.name)
	}
	w.List("depends_on", uses)
	w.Close()
}

// debt names the circles. Go allows none between packages, so the folders make them.
func (w *writer) debt(all []knot) {
	if len(all) == 0 {
		return
	}
	w.Line("")
	w.Comments("Debt to look at: components in a circle. Go allows no circle of packages, so each opens when a",
		"package moves to another component, or a component is divided.")
	for i, k := range all {
		if i == knotsSaid {
			w.Comments(fmt.Sprintf("  and %d more", len(all)-i))
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
		w.Comments(text)
	}
}

// views draws all systems, where there are several, and the inside of each that has one.
func (w *writer) views(p *proposal) {
	if len(p.systems) > 1 {
		w.Line("")
		w.Open("view %q %q", landscape, landscape)
		w.Attrs(hcltext.Attr{"title", hcltext.Quote(p.title)})
		w.Close()
	}
	for _, s := range p.systems {
		if len(p.systems) > 1 && len(s.parts) == 1 {
			continue
		}
		w.Line("")
		w.view(s)
	}
}

func (w *writer) view(s *system) {
	w.Open("view %q %q", "container", s.name)
	w.Attrs(hcltext.Attr{"of", "system." + s.name}, hcltext.Attr{"title", hcltext.Quote("Inside " + s.title)})
	w.Close()
}

// skeleton is the proposal for no code.
func (w *writer) skeleton(p *proposal) {
	s := &system{name: hcltext.Names{}.Claim(identifier(p.title)), title: p.title}
	w.Comments("A first architecture. No Go code was found: add components as they come into being, such as",
		"",
		"component \"checkout\" {",
		"  in = system."+s.name,
		"  code { go = [\"./checkout/...\"] }",
		"  depends_on = [component.payments]",
		"}",
		"",
		"asbuilt validate reads this file, asbuilt render draws it; asbuilt check needs code to hold it against.")
	w.Line("")
	w.architecture(p)
	if len(p.ignored) > 0 {
		w.Line("")
		w.observe(p)
	}
	w.Line("")
	w.system(s)
	w.Line("")
	w.view(s)
}
