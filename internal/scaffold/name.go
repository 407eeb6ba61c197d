package scaffold

import (
	"path"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

const (
	maxName    = 60  // bytes of an identifier before its number
	maxPattern = 900 // bytes of a folder in a pattern
)

// unpatterned are the characters that no code pattern may hold.
const unpatterned = " *?[]{}\"'`:;|&<>#%$!\\"

// nameable is the nearest folder, upwards, that a code pattern can name. HCL reads text in normal form C, so
// a folder in another form cannot be named.
func nameable(dir string) string {
	for dir != "." && (len(dir) > maxPattern || slices.ContainsFunc(strings.Split(dir, "/"), oddSegment)) {
		dir = path.Dir(dir)
	}
	return dir
}

func oddSegment(s string) bool {
	return strings.ContainsAny(s, unpatterned) || strings.Contains(s, "..") || s == ".git" ||
		!utf8.ValidString(s) || !norm.NFC.IsNormalString(s) ||
		strings.ContainsFunc(s, func(c rune) bool { return !unicode.IsGraphic(c) })
}

// names hands out identifiers, each once. Upper and lower case count as equal: names become files.
type names map[string]bool

func (taken names) claim(name string) string {
	free := name
	for i := 2; taken[strings.ToLower(free)]; i++ {
		free = name + "_" + strconv.Itoa(i)
	}
	taken[strings.ToLower(free)] = true
	return free
}

// identifier makes a name of any text: ASCII letters, digits and underscores, no digit first.
func identifier(s string) string {
	id := strings.Trim(unnamed.ReplaceAllString(s, "_"), "_")
	id = id[:min(len(id), maxName)]
	switch {
	case id == "":
		return "part"
	case '0' <= id[0] && id[0] <= '9':
		return "_" + id
	}
	return id
}

var unnamed = regexp.MustCompile(`[^a-zA-Z0-9]+`)

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
	taken := names{landscape: true}
	for _, s := range p.systems {
		s.title = rootName
		if s.module != "" {
			s.title = shortName(s.module)
		}
		s.name = taken.claim(identifier(s.title))
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
	taken = names{}
	for _, c := range parts {
		c.title = c.shortName()
		if count[strings.ToLower(identifier(c.title))] > 1 && c.dir != "." {
			c.title = c.dir
		}
		c.name = taken.claim(identifier(c.title))
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
