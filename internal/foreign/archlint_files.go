package foreign

import (
	"fmt"
	"path"
	"slices"
	"strings"

	"github.com/asbuilt/asbuilt/internal/phrase"
	"github.com/asbuilt/asbuilt/pkg/evidence"
)

// readFiles finds out which packages the tool reads.
func (c *archLint) readFiles() {
	c.tests = !slices.ContainsFunc(c.files, func(f lintFiles) bool { return f.re.MatchString("/p/pkg/" + fresh + "_test.go") })
	for _, f := range c.files {
		c.sayFiles(f)
	}
	c.excluded = map[string]bool{}
	folders := map[string]bool{}
	for _, dir := range c.tree.dirs {
		for d := dir; ; d = path.Dir(d) {
			folders[d] = true
			if d == "." {
				break
			}
		}
	}
	for _, w := range c.exclude {
		c.excludeFolders(w, folders)
	}
	for _, dir := range c.tree.dirs {
		if c.inWork(dir) && c.count(dir) == 0 {
			c.excluded[dir] = true // excludeFiles takes all of its files
		}
		if c.inWork(dir) && !c.excluded[dir] {
			c.dirs = append(c.dirs, dir)
		}
	}
}

// count is how many files of a folder the tool reads.
func (c *archLint) count(dir string) int {
	if len(c.sources) == 0 {
		return c.tree.packages[dir].Files
	}
	n := 0
	for _, file := range c.sources[path.Join(c.tree.base, dir)] {
		if !slices.ContainsFunc(c.files, func(f lintFiles) bool { return f.re.MatchString("/p/" + file) }) {
			n++
		}
	}
	return n
}

// inWork reports whether the tool looks at a folder's files.
func (c *archLint) inWork(dir string) bool {
	return c.workdir == "." || dir == c.workdir || strings.HasPrefix(dir, c.workdir+"/")
}

// excludeFolders takes out what an exclude pattern matches. The tool compares the beginnings of paths, so that
// internal/a takes internal/ab along.
func (c *archLint) excludeFolders(w word, folders map[string]bool) {
	glob, hits := c.at(w.text), 0
	var beside []string
	for folder := range folders {
		if !globMatches(glob, folder) {
			continue
		}
		for _, dir := range c.tree.dirs {
			inside := folder == "." || dir == folder || strings.HasPrefix(dir, folder+"/")
			if !c.inWork(dir) {
				continue
			}
			if inside || strings.HasPrefix(dir, folder) {
				c.excluded[dir] = true
				hits++
			}
			if !inside && strings.HasPrefix(dir, folder) {
				beside = append(beside, dir)
			}
		}
	}
	if hits == 0 {
		c.tell(ruleVacuous, w.value, w.path, fmt.Sprintf("exclude %q matches no package that is read", w.text), "it is left out")
	}
	if slices.Sort(beside); len(beside) > 0 {
		c.tell(ruleWider, w.value, w.path, fmt.Sprintf("exclude %q takes %s along, whose path only begins in the same way", w.text, some(slices.Compact(beside))),
			"they are excluded here too, as they were; take them out of exclude to have them judged")
	}
}

// sayFiles looks at a pattern of files: packages are what can be excluded here, and tests.
func (c *archLint) sayFiles(f lintFiles) {
	matched, hit := 0, map[string]bool{}
	for _, e := range c.tree.edges {
		for _, w := range e.Witnesses {
			if hit[w.File] || !f.re.MatchString("/p/"+w.File) {
				continue
			}
			hit[w.File] = true
			if e.Scope != evidence.Test || c.tests {
				matched++
			}
		}
	}
	switch {
	case len(hit) == 0 && !f.re.MatchString("/p/pkg/"+fresh+"_test.go"):
		c.tell(ruleVacuous, f.value, f.path, fmt.Sprintf("excludeFiles %q matches no file that imports anything", f.text), "it is left out")
	case matched > 0:
		c.tell(ruleNotCarried, f.value, f.path, fmt.Sprintf("excludeFiles %q leaves out %s of packages that are judged otherwise", f.text, phrase.Count(matched, "file")),
			"packages are judged as a whole here: their imports in these files count too")
	}
}
