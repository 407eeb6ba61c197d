package scaffold

import (
	"cmp"
	"maps"
	"path"
	"slices"
	"strings"

	"github.com/asbuilt/asbuilt/internal/hcltext"
	"github.com/asbuilt/asbuilt/pkg/evidence"
)

// How many components a reader takes in.
const (
	fewest = 3   // below it, the largest folder is opened
	aim    = 25  // above it, the lowest parts of opened folders go together again
	most   = 60  // above it, the lowest top folders go together too
	total  = 400 // of all modules
)

// opened are the top folders that say nothing themselves: what is in them does.
var opened = []string{"apps", "cmd", "internal", "pkg", "services"}

// programs are those of them in which a folder is one program, wherever its main package lies.
var programs = []string{"apps", "services"}

// division divides a module's packages into parts.
type division struct {
	root   string
	parts  map[string]*part // by folder
	height map[string]int   // of packages, by id
}

// divide proposes the components of one of several modules: its top folders, each main package, and each
// folder inside those that say nothing themselves.
func divide(m *module, modules int, height map[string]int) []*part {
	d := &division{root: m.root, parts: map[string]*part{}, height: height}
	d.place(m.packages)
	if modules == 1 {
		d.open()
	}
	d.fold(min(aim, max(fewest, total/modules)), func(rel string) bool { return strings.Contains(rel, "/") })
	d.fold(most, func(rel string) bool { return rel != "." })
	for _, p := range d.parts {
		p.exact = p.dir == m.root && !slices.ContainsFunc(p.packages, func(n evidence.Node) bool { return n.Dir != p.dir })
	}
	return d.sorted()
}

func (d *division) sorted() []*part {
	return slices.SortedFunc(maps.Values(d.parts), func(a, b *part) int { return compareDirs(a.dir, b.dir) })
}

// rel is a folder relative to the module's root.
func (d *division) rel(dir string) string {
	switch d.root {
	case ".":
		return dir
	case dir:
		return "."
	}
	return strings.TrimPrefix(dir, d.root+"/")
}

// place puts each package into the part that it belongs to at first sight. A package below a command is a
// part of that command.
func (d *division) place(packages []evidence.Node) {
	var libraries []evidence.Node
	for _, n := range packages {
		if !n.Main || slices.Contains(programs, d.top(n.Dir)) {
			libraries = append(libraries, n)
			continue
		}
		d.put(n.Dir, n)
	}
	commands := maps.Clone(d.parts)
	for _, n := range libraries {
		home := d.home(n.Dir)
		for dir := n.Dir; len(dir) > len(home); dir = path.Dir(dir) {
			if commands[dir] != nil {
				home = dir
			}
		}
		d.put(home, n)
	}
}

// top is the first folder on the way from the module's root.
func (d *division) top(dir string) string {
	first, _, _ := strings.Cut(d.rel(dir), "/")
	return first
}

func (d *division) home(dir string) string {
	segments := strings.Split(d.rel(dir), "/")
	depth := 1
	if slices.Contains(opened, segments[0]) {
		depth = 2
	}
	return path.Join(append([]string{d.root}, segments[:min(depth, len(segments))]...)...)
}

func (d *division) put(dir string, packages ...evidence.Node) {
	dir = hcltext.Nameable(dir)
	p := d.parts[dir]
	if p == nil {
		p = &part{dir: dir}
		d.parts[dir] = p
	}
	p.packages = append(p.packages, packages...)
}

// open divides the largest parts until there are a few, or nothing is left to divide.
func (d *division) open() {
	tried := map[string]bool{d.root: true}
	for len(d.parts) < fewest {
		var largest *part
		for _, p := range d.sorted() {
			if !tried[p.dir] && !p.isMain() && len(p.packages) > 1 && (largest == nil || len(p.packages) > len(largest.packages)) {
				largest = p
			}
		}
		if largest == nil {
			return
		}
		tried[largest.dir] = true
		delete(d.parts, largest.dir)
		for _, n := range largest.packages {
			next, _, _ := strings.Cut(strings.TrimPrefix(n.Dir, largest.dir+"/"), "/")
			if n.Dir == largest.dir {
				next = ""
			}
			d.put(path.Join(largest.dir, next), n)
		}
	}
}

// fold puts parts that may be folded into the part above, until no more than limit are left: the lowest
// first, since what uses nothing but each other makes no circle with the rest. Commands are last. A part
// that would only get its parent's name stays.
func (d *division) fold(limit int, foldable func(rel string) bool) {
	var candidates []*part
	into := map[string]int{}
	for _, p := range d.sorted() {
		if foldable(d.rel(p.dir)) && d.above(p.dir) != "" {
			candidates = append(candidates, p)
			into[d.above(p.dir)]++
		}
	}
	slices.SortStableFunc(candidates, func(a, b *part) int {
		return cmp.Or(compareBools(d.isCommand(a), d.isCommand(b)),
			cmp.Compare(a.height(d.height), b.height(d.height)), cmp.Compare(a.files(), b.files()))
	})
	for _, p := range candidates {
		if len(d.parts) <= limit {
			return
		}
		above := d.above(p.dir)
		if d.parts[above] == nil && into[above] < 2 {
			continue
		}
		delete(d.parts, p.dir)
		d.put(above, p.packages...)
	}
}

// isCommand reports whether a part is a command where commands are looked for.
func (d *division) isCommand(p *part) bool { return p.isMain() && d.top(p.dir) == "cmd" }

// above is the folder of the part that takes in a folded one: the nearest part upwards, else the top
// folder, else the module's root; "" where there is none.
func (d *division) above(dir string) string {
	rel := d.rel(dir)
	if rel == "." || path.Join(d.root, rel) != dir {
		return ""
	}
	for up := path.Dir(rel); up != "."; up = path.Dir(up) {
		if d.parts[path.Join(d.root, up)] != nil {
			return path.Join(d.root, up)
		}
	}
	if top := d.top(dir); top != rel {
		return path.Join(d.root, top)
	}
	return d.root
}

// compareBools orders false before true.
func compareBools(a, b bool) int {
	switch {
	case a == b:
		return 0
	case b:
		return -1
	}
	return 1
}
