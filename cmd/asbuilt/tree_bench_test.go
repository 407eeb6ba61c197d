package main

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// What a synthetic tree is made of.
const (
	packagesOfComponent = 50
	componentsOfTeam    = 20
	apisOfComponent     = 8  // packages that others may import
	ownImports          = 9  // of a package, in its component
	moduleImports       = 15 // of a package, in the module
	mostDependencies    = 12 // of a component
)

// tree is one module of many services, each a component, in three layers, with rules of every kind and a little drift
// that waivers and a baseline accept.
type tree struct {
	dir        string
	components int
}

// part is a component of a tree.
type part struct {
	number    int
	layer     int // 0 is the lowest; -1 for one that uses nobody
	uses      []int
	undeclare int // the component that is used and not declared; -1 for none
}

func (t tree) part(n int) part {
	p := part{number: n, layer: n % 3, undeclare: -1}
	if n%50 == 9 {
		p.layer = -1
		return p
	}
	for other := n - 1; other >= 0; other-- {
		if other%50 == 9 || other%3 > p.layer || p.layer == 2 && other%3 == 2 {
			continue
		}
		if len(p.uses) < mostDependencies && (other+n)%4 != 0 {
			p.uses = append(p.uses, other)
		} else if n%5 == 4 && p.undeclare < 0 {
			p.undeclare = other
		}
	}
	return p
}

func (p part) name() string { return fmt.Sprintf("s%d", p.number) }

func (p part) team() int { return p.number / componentsOfTeam }

// folder is that of a component.
func folder(component int) string {
	return fmt.Sprintf("services/t%d/s%d", component/componentsOfTeam, component)
}

// packageIn is the folder of a package.
func packageIn(component, n int) string {
	switch {
	case n < apisOfComponent:
		return fmt.Sprintf("%s/api/a%d", folder(component), n)
	case n < 30:
		return fmt.Sprintf("%s/internal/app/p%d", folder(component), n)
	}
	return fmt.Sprintf("%s/internal/store/p%d", folder(component), n)
}

// tags are those of the component: its layer.
func (p part) tags() string {
	if p.layer < 0 {
		return "isolated"
	}
	return []string{"base", "core", "edge"}[p.layer]
}

// imports are the paths that a package imports.
func (p part) imports(n int) []string {
	standard := []string{"bytes", "context", "errors", "fmt", "io", "os", "path", "slices", "sort", "strings", "sync", "time"}
	out := []string{standard[n%12], standard[(n+5)%12]}
	if n%3 == 0 {
		out = append(out, "google.golang.org/grpc/codes")
	}
	own := 0
	for k := n + 1; k < packagesOfComponent && own < ownImports; k++ {
		out = append(out, "example.com/scale/"+packageIn(p.number, k))
		own++
	}
	if len(p.uses) > 0 {
		for k := 0; k < min(moduleImports-own, len(p.uses)*apisOfComponent); k++ {
			round := k / len(p.uses)
			out = append(out, "example.com/scale/"+packageIn(p.uses[(n+k)%len(p.uses)], (n+round)%apisOfComponent))
		}
	}
	if n == packagesOfComponent-1 && p.undeclare >= 0 {
		path := "example.com/scale/" + packageIn(p.undeclare, 0)
		if p.number%4 == 1 {
			path = waive + path
		}
		out = append(out, path)
	}
	return out
}

// waive before an import path stands for a comment that waives it.
const waive = "waive "

// writeTree writes a tree of some packages.
func writeTree(b *testing.B, packages int) tree {
	b.Helper()
	t := tree{b.TempDir(), packages / packagesOfComponent}

	t.write(b, "go.mod", "module example.com/scale\n\ngo 1.26\n\nrequire google.golang.org/grpc v1.70.0\n")
	var hcl strings.Builder
	for n := range t.components {
		p := t.part(n)
		t.code(b, p)
		p.declare(&hcl)
		if (n+1)%componentsOfTeam == 0 || n+1 == t.components {
			t.write(b, fmt.Sprintf("architecture/t%d.arch.hcl", p.team()), fmt.Sprintf("team \"t%d\" {}\n\nsystem \"t%d\" {\n  owner = team.t%d\n}\n\n%s",
				p.team(), p.team(), p.team(), hcl.String()))
			hcl.Reset()
		}
	}
	t.write(b, "architecture/main.arch.hcl", scaleRules)
	return t
}

func (t tree) write(b *testing.B, name, text string) {
	full := filepath.Join(t.dir, filepath.FromSlash(name))
	err := os.WriteFile(full, []byte(text), 0o644)
	if os.IsNotExist(err) {
		require.NoError(b, os.MkdirAll(filepath.Dir(full), 0o755))
		err = os.WriteFile(full, []byte(text), 0o644)
	}
	require.NoError(b, err)
}

// code writes the packages of a component: one file each, in some a second, one of a platform, and tests.
func (t tree) code(b *testing.B, p part) {
	for n := range packagesOfComponent {
		at, imports := packageIn(p.number, n), p.imports(n)
		t.write(b, at+"/a.go", goFile(imports))
		if n%4 == 0 {
			t.write(b, at+"/b.go", goFile(imports[:3]))
		}
		if n%10 == 0 {
			t.write(b, at+"/a_linux.go", goFile(imports[1:2]))
		}
		if n%5 == 0 {
			t.write(b, at+"/a_test.go", goFile([]string{"testing", imports[len(imports)-1]}))
		}
	}
}

func goFile(imports []string) string {
	var s strings.Builder
	s.WriteString("package p\n\nimport (\n")
	for _, path := range imports {
		if own, waived := strings.CutPrefix(path, waive); waived {
			path = own
			s.WriteString("\t//asbuilt:waive code/undeclared until 2999-01-31: goes away\n")
		}
		fmt.Fprintf(&s, "\t_ %q\n", path)
	}
	s.WriteString(")\n")
	return s.String()
}

// declare writes the component, and a waiver for what it uses undeclared where no baseline takes that.
func (p part) declare(hcl *strings.Builder) {
	kind := "service"
	if p.layer == 0 {
		kind = "library"
	}
	fmt.Fprintf(hcl, "component %q {\n  kind        = kind.%s\n  in          = system.t%d\n  title       = \"Service %d\"\n"+
		"  description = \"Does the work of part %d and tells the others\"\n  technology  = \"Go\"\n  tags        = [%q]\n",
		p.name(), kind, p.team(), p.number, p.number, p.tags())
	if len(p.uses) > 0 {
		var refs []string
		for _, n := range p.uses {
			refs = append(refs, fmt.Sprintf("component.s%d", n))
		}
		fmt.Fprintf(hcl, "  depends_on  = [%s]\n", strings.Join(refs, ", "))
	}
	fmt.Fprintf(hcl, "  code {\n    go      = [\"./%s/...\"]\n    exposes = [\"./%s/api/...\"]\n    modules = [\"google.golang.org/grpc\"]\n  }\n}\n\n",
		folder(p.number), folder(p.number))
	if p.undeclare >= 0 && p.number%2 == 0 {
		fmt.Fprintf(hcl, "waiver \"w%d\" {\n  rule    = \"code/undeclared\"\n  from    = component.%s\n  to      = component.s%d\n"+
			"  reason  = \"goes away\"\n  owner   = team.t%d\n  expires = \"2999-01-31\"\n}\n\n", p.number, p.name(), p.undeclare, p.team())
	}
}

const scaleRules = `architecture "scale" {
  strict = true
}

kind "service" {
  requires = ["technology", "description"]
  may_use  = [kind.service, kind.library]
}

kind "library" {
  requires = ["technology"]
  may_use  = [kind.library]
}

baseline { file = "architecture/baseline" }

rule "layers" {
  layers = [tagged("edge"), tagged("core"), tagged("base")]
}

rule "no_cycles" {
  acyclic = components()
}

rule "edges_apart" {
  independent = tagged("edge")
}

rule "denials" {
  deny {
    from       = tagged("base")
    to         = tagged("edge", "core")
    transitive = true
  }
  deny {
    from       = tagged("isolated")
    to         = tagged("base")
    transitive = true
  }
  deny {
    from       = tagged("base", "core")
    imports    = ["os/exec", "plugin"]
    except     = [component.s1]
    transitive = true
  }
  deny {
    imports = ["unsafe", "net/http/..."]
  }
}

rule "hidden" {
  only    = tagged("edge", "core")
  may_use = tagged("core")
}

rule "few" {
  for_each      = components()
  condition     = length(outgoing(self)) <= 20
  error_message = "${self.address} uses ${length(outgoing(self))} others"
}

rule "owned" {
  for_each  = relationships()
  condition = source.technology == target.technology
}

view "container" "t0" {
  of    = system.t0
  drift = true
}
`
