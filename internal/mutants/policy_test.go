//go:build mutants

package mutants

import (
	"fmt"
	"slices"
	"strings"

	"github.com/asbuilt/asbuilt/pkg/arch"
	"github.com/asbuilt/asbuilt/pkg/reflexion"
)

var policyKinds = []kind{
	{name: "emptied rule", mutant: emptiedRule, twin: reworded},
	{name: "loosened rule", against: true, mutant: loosenedRule, twin: tightened},
	{name: "policy bent for the own drift", against: true, mutant: bent, twin: modelled},
}

// someRules are rules that hold of the tree as it stands, six lines each, so that mutants find their words.
func (s *tree) someRules() string {
	s.Helper()
	var b strings.Builder
	for i := range 4 {
		from, to := s.apart()
		fmt.Fprintf(&b, "rule \"zz_deny_%d\" {\n  deny {\n    from = [%s]\n    to = [%s]\n  }\n}\n\n", i, from.Address, to.Address)
	}
	a, c := s.strangers()
	fmt.Fprintf(&b, "rule \"zz_independent\" {\n  independent = [%s, %s]\n}\n\n", a.Address, c.Address)
	fmt.Fprintf(&b, "rule \"zz_acyclic\" {\n  acyclic = [%s, %s]\n}\n\n", a.Address, c.Address)
	fmt.Fprintf(&b, "rule \"zz_layers\" {\n  layers = [[%s], [%s]]\n}\n\n", a.Address, c.Address)
	fmt.Fprintf(&b, "rule \"zz_imports\" {\n  deny {\n    from = [%s]\n    imports = [\"plugin\"]\n  }\n}\n\n", a.Address)
	fmt.Fprintf(&b, "rule \"zz_named\" {\n  for_each = components()\n  condition = length(self.name) > 0 && self.title != \"zz\"\n  error_message = \"${self.address} has no name\"\n}\n")
	return b.String()
}

// apart picks two elements of which the first may not use the second, on no way.
func (s *tree) apart() (from, to *arch.Element) {
	s.Helper()
	elements := s.elements()
	for range 100_000 {
		from, to = s.any(elements), s.any(elements)
		if !s.allowed(from, to) && !s.model.IsRoot(to) && !s.model.IsShared(from) && !s.uses(from, to) {
			return from, to
		}
	}
	s.Fatalf("%s: everything may use everything", s.name)
	return nil, nil
}

// uses reports whether code of one element imports the other, allowed or waived.
func (s *tree) uses(from, to *arch.Element) bool {
	return slices.ContainsFunc(s.result.Arrows, func(a reflexion.Arrow) bool {
		return slices.ContainsFunc(a.Imports, func(i reflexion.Import) bool {
			return s.model.Within(s.result.Owners[i.From], from.Address) && s.model.Within(s.result.Owners[i.To], to.Address)
		})
	})
}

// strangers picks two elements neither of which may use the other.
func (s *tree) strangers() (a, b *arch.Element) {
	for {
		if a, b = s.apart(); !s.allowed(b, a) && !s.uses(b, a) {
			return a, b
		}
	}
}

// emptiedRule makes a set of a rule match nothing.
func emptiedRule(s *tree, i int) string {
	text := s.text(s.rules)
	nothing := []string{"[]", `tagged("zz_nobody")`, "[for e in components() : e if e.name == \"zz\"]", `of_kind("queue")`}[i%4]
	if nothing == `of_kind("queue")` && slices.ContainsFunc(s.model.Elements, func(e *arch.Element) bool { return e.Type == arch.TypeQueue }) {
		nothing = "[]"
	}
	lines := strings.Split(text, "\n")
	var at []int
	for n, line := range lines {
		name, _, _ := strings.Cut(strings.TrimSpace(line), " ")
		if slices.Contains([]string{"from", "to", "independent", "acyclic", "for_each"}, name) {
			at = append(at, n)
		}
	}
	n := at[s.random.IntN(len(at))]
	before, _, _ := strings.Cut(lines[n], "=")
	lines[n] = before + "= " + nothing
	s.write(s.rules, strings.Join(lines, "\n"))
	return lines[n]
}

// reworded says the same set in other words.
func reworded(s *tree, i int) string {
	lines := strings.Split(s.text(s.rules), "\n")
	var at []int
	for n, line := range lines {
		if strings.HasPrefix(line, "    from = [") || strings.HasPrefix(line, "    to = [") {
			at = append(at, n)
		}
	}
	n := at[s.random.IntN(len(at))]
	name, set, _ := strings.Cut(lines[n], " = ")
	lines[n] = name + " = " + fmt.Sprintf([]string{"[%s, []]", "setunion(%s)", "concat(%s, [])", "[%s, %[1]s]"}[i%4], set)
	s.write(s.rules, strings.Join(lines, "\n")+"\n# the same\n")
	return lines[n]
}

// loosenedRule changes a rule so that it forbids less.
func loosenedRule(s *tree, i int) string {
	text := s.text(s.rules)
	blocks := strings.SplitAfter(text, "\n}\n")
	n := i % 4
	switch i / 4 % 5 {
	case 0: // gone
		text = strings.Replace(text, blocks[n], "", 1)
	case 1: // only a remark
		text = strings.Replace(text, blocks[n], strings.Replace(blocks[n], "  deny {", "  severity = \"note\"\n  deny {", 1), 1)
	case 2: // other kinds of edge
		text = strings.Replace(text, blocks[n], strings.Replace(blocks[n], "  deny {", "  via = \"call\"\n  deny {", 1), 1)
	case 3: // about somebody else
		from, _ := s.apart()
		for strings.Contains(blocks[n], "["+from.Address+"]") {
			from, _ = s.apart()
		}
		lines := strings.Split(blocks[n], "\n")
		for j, line := range lines {
			if strings.HasPrefix(line, "    from = [") {
				lines[j] = "    from = [" + from.Address + "]"
			}
		}
		changed := strings.Join(lines, "\n")
		text = strings.Replace(text, blocks[n], changed, 1)
	case 4: // a condition that holds more often
		text = strings.Replace(text, `length(self.name) > 0 && self.title != "zz"`, []string{"true", `self.title != "zz" || length(self.name) >= 0`, "length(self.name) >= 0"}[n%3], 1)
	}
	s.write(s.rules, text)
	return fmt.Sprintf("%d of %s", i/4%5, strings.SplitN(blocks[n], "\n", 2)[0])
}

// tightened changes rules so that they forbid more, or the same.
func tightened(s *tree, i int) string {
	text := s.text(s.rules)
	switch i % 4 {
	case 0:
		from, to := s.apart()
		text += fmt.Sprintf("\nrule \"zz_more\" {\n  deny {\n    from = [%s]\n    to = [%s]\n  }\n}\n", from.Address, to.Address)
	case 1:
		text = strings.Replace(text, "  deny {", "  because = \"it is so\"\n  deny {", 1)
	case 2:
		text = strings.Replace(text, "  deny {", "  severity = \"error\"\n  deny {", 1)
	case 3:
		text = "# a comment\n\n" + text
	}
	s.write(s.rules, text)
	return fmt.Sprintf("%d", i%4)
}

// bent adds a forbidden edge, and what would make the gate pass over it.
func bent(s *tree, i int) string {
	p := s.choose(false)
	from, to := s.result.Owners[p.from.ID], s.result.Owners[p.to.ID]
	f := s.file(p.from)
	s.write(f, s.withImport(f, fmt.Sprintf("_ %q", importPath(p.to))))
	what := ""
	switch i % 5 {
	case 0:
		what = "a waiver"
		s.write("zz_waiver.arch.hcl", fmt.Sprintf("team \"zz\" {}\n\nwaiver \"zz\" {\n  rule = \"code/undeclared\"\n  from = %s\n  to = %s\n  reason = \"x\"\n  owner = team.zz\n  expires = \"2027-01-01\"\n}\n", from, to))
	case 1:
		what = "an open architecture"
		s.inHCL("architecture \"", "{", "{\n  edges = \"open\"")
	case 2:
		what = "a softer severity"
		s.inHCL("architecture \"", "{", "{\n  severity = { \"code/undeclared\" = \"note\" }")
	case 3:
		what = "a baseline"
		s.write("zz_baseline.arch.hcl", "baseline {\n  file = \""+baselineFile+"\"\n}\n")
		s.writeBaseline()
	case 4:
		what = "a library for all"
		e := s.model.Element(to)
		if e.Key != "" {
			what = "an open architecture"
			s.inHCL("architecture \"", "{", "{\n  edges = \"open\"")
			break
		}
		s.inHCL(fmt.Sprintf("%s %q {", e.Type, e.Name), "{", "{\n  shared = true")
	}
	return what + " for " + f + " → " + p.to.ID
}

// modelled adds an allowed edge, or changes words.
func modelled(s *tree, i int) string {
	p := s.choose(true)
	f := s.file(p.from)
	s.write(f, s.withImport(f, fmt.Sprintf("_ %q", importPath(p.to))))
	if i%2 == 0 {
		s.write("zz_more.arch.hcl", "team \"zz\" {}\n\nsystem \"zz\" {\n  owner = team.zz\n}\n\nexternal \"zz_bank\" {}\n")
	}
	return f + " → " + p.to.ID
}

// inHCL changes the first header that begins with some text.
func (s *tree) inHCL(header, old, new string) {
	s.Helper()
	for _, f := range s.texts() {
		text := s.text(f)
		at := strings.Index("\n"+text, "\n"+header)
		if at < 0 {
			continue
		}
		s.write(f, text[:at]+strings.Replace(text[at:], old, new, 1))
		return
	}
	s.Fatalf("no %s", header)
}
