package scaffold

import (
	"path"
	"regexp"
	"slices"
	"strings"

	"github.com/asbuilt/asbuilt/internal/hcltext"
)

// identifier makes a name of any text.
func identifier(s string) string { return hcltext.Identifier(s, "part") }

// version is the last element of a module path that says its major version.
var version = regexp.MustCompile(`^v[0-9]+$`)

// shortName is the word that people call a module by.
func shortName(modulePath string) string {
	base := path.Base(modulePath)
	if version.MatchString(base) && path.Dir(modulePath) != "." {
		base = path.Base(path.Dir(modulePath))
	}
	return base
}

// name gives everything its identifier, and a title where the identifier is not the true name.
func (p *proposal) name(rootName string) {
	taken := hcltext.Names{landscape: true}
	for _, s := range p.systems {
		s.title = rootName
		if s.module != "" {
			s.title = shortName(s.module)
		}
		s.name = taken.Claim(identifier(s.title))
	}
	p.title = rootName
	if len(p.systems) == 1 {
		p.title = p.systems[0].title
	}
	parts := p.sorted()
	count := map[string]int{}
	for _, c := range parts {
		count[strings.ToLower(identifier(c.shortName()))]++
	}
	taken = hcltext.Names{}
	for _, c := range parts {
		c.title = c.shortName()
		if count[strings.ToLower(identifier(c.title))] > 1 && c.dir != "." {
			c.title = c.dir
		}
		c.name = taken.Claim(identifier(c.title))
	}
	for _, c := range parts {
		slices.SortFunc(c.uses, byName)
	}
}

// shortName is what people call a part: its folder, or its module where it is the module's root.
func (p *part) shortName() string {
	if p.dir == p.system.root {
		return p.system.title
	}
	return path.Base(p.dir)
}
