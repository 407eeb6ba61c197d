package policy

import (
	"fmt"
	"path"
	"slices"
	"strings"

	"github.com/asbuilt/asbuilt/internal/catalog"
	"github.com/asbuilt/asbuilt/internal/pattern"
	"github.com/asbuilt/asbuilt/pkg/arch"
	"github.com/asbuilt/asbuilt/pkg/finding"
	"github.com/asbuilt/asbuilt/pkg/source"
)

func edgesRank(p arch.EdgePolicy) int {
	switch p {
	case arch.EdgesOpen:
		return 0
	case arch.EdgesTransitive:
		return 1
	}
	return 2
}

func (c *comparison) architecture() {
	was, is := c.Old.Architecture, c.New.Architecture
	if edgesRank(is.Edges) < edgesRank(was.Edges) {
		c.say(loosening{
			subject: element("architecture", "edges"), at: is.At, was: was.At,
			old:     fmt.Sprintf("edges were %q", was.Edges),
			message: fmt.Sprintf("edges go from %q to %q: uses pass that nobody declared", was.Edges, is.Edges),
		})
	}
	if was.Strict && !is.Strict && level(is, unassigned).Rank() < finding.Error.Rank() {
		c.say(loosening{
			subject: element("architecture", "strict"), at: is.At, was: was.At, old: "strict was true",
			message: "strict is switched off: a package that no element owns is no error any more",
		})
	}
}

const unassigned = "map/unassigned"

// level is the severity of a built-in rule in an architecture.
func level(a arch.Architecture, id string) finding.Severity {
	if s, ok := a.Severity[id]; ok {
		return finding.Severity(s)
	}
	if id == unassigned && a.Strict {
		return finding.Error
	}
	if rule, ok := catalog.Lookup(id); ok {
		return rule.Severity
	}
	return finding.Error
}

func (c *comparison) severities() {
	was, is := c.Old.Architecture, c.New.Architecture
	for _, id := range catalog.IDs() {
		before, after := level(was, id), level(is, id)
		if after.Rank() >= before.Rank() || id == unassigned && was.Strict && !is.Strict {
			continue
		}
		at, ok := is.SeverityAt[id]
		if !ok {
			at = is.At
		}
		c.say(loosening{
			subject: element("architecture", "severity "+id), at: at, was: placeOf(was, id),
			old:     fmt.Sprintf("%s was of severity %s", id, before),
			message: fmt.Sprintf("%s goes from severity %s to %s", id, before, after),
		})
	}
}

func placeOf(a arch.Architecture, id string) source.Range {
	if at, ok := a.SeverityAt[id]; ok {
		return at
	}
	return a.At
}

func testsRank(tests string) int {
	switch tests {
	case "enforce":
		return 2
	case "ignore":
		return 0
	}
	return 1
}

// observers compares what is read. Patterns are relative to the root, so it does not matter in which of
// several observers of one kind they stand.
func (c *comparison) observers() {
	said := map[string]bool{}
	for _, was := range c.Old.Observers {
		same := observersOf(c.New, was.Kind)
		if len(same) == 0 {
			if !said[was.Kind] {
				c.say(c.observer(was, nil, "", fmt.Sprintf("observe %q is gone: what it read is not read any more", was.Kind), "it stood here"))
			}
			said[was.Kind] = true
			continue
		}
		c.read(was, same, was.Roots, func(o *arch.Observer) []arch.Pattern { return o.Roots })
		c.read(was, same, was.Files, func(o *arch.Observer) []arch.Pattern { return o.Files })
	}
	for _, is := range c.New.Observers {
		same := observersOf(c.Old, is.Kind)
		if len(same) == 0 {
			continue // an observer more
		}
		var before []arch.Pattern
		for _, o := range same {
			before = append(before, o.Exclude...)
		}
		for _, p := range is.Exclude {
			if !covered(p, before) {
				l := c.observer(same[0], is, "exclude "+path.Clean(p.Text),
					fmt.Sprintf("observe %q excludes %q: nothing there is judged any more", is.Kind, p.Text), "it excluded "+written(before))
				l.at = p.At
				c.say(l)
			}
		}
	}
}

// read says which old roots or files are not read any more, or whose tests count less.
func (c *comparison) read(was *arch.Observer, now []*arch.Observer, patterns []arch.Pattern, of func(*arch.Observer) []arch.Pattern) {
	for _, p := range patterns {
		var readers []*arch.Observer
		for _, o := range now {
			if within(p, of(o)) {
				readers = append(readers, o)
			}
		}
		if len(readers) == 0 {
			if !strings.ContainsAny(p.Text, "*?[") && c.Gone != nil && c.Gone(folder(p)) {
				continue
			}
			c.say(c.observer(was, now[0], "read "+path.Clean(p.Text),
				fmt.Sprintf("observe %q does not read %q any more", was.Kind, p.Text), "it read "+written(patterns)))
			continue
		}
		strongest := readers[0]
		for _, o := range readers {
			if testsRank(o.Tests) > testsRank(strongest.Tests) {
				strongest = o
			}
		}
		if testsRank(strongest.Tests) < testsRank(was.Tests) {
			c.say(c.observer(was, strongest, "tests "+path.Clean(p.Text),
				fmt.Sprintf("observe %q goes from tests = %q to %q in %q", was.Kind, was.Tests, strongest.Tests, p.Text),
				fmt.Sprintf("tests was %q", was.Tests)))
		}
	}
}

func (c *comparison) observer(was, is *arch.Observer, setting, message, old string) loosening {
	l := loosening{subject: element("observe."+was.Kind, setting), was: was.At, message: message, old: old}
	if is != nil {
		l.at = is.At
	}
	if was.At.IsZero() {
		l.old = "the code at the root was read, since no observe block said anything else"
	}
	return l
}

func observersOf(m *arch.Model, kind string) []*arch.Observer {
	var out []*arch.Observer
	for _, o := range m.Observers {
		if o.Kind == kind {
			out = append(out, o)
		}
	}
	return out
}

// folder is the folder that a root means.
func folder(p arch.Pattern) string {
	return path.Clean(strings.TrimSuffix(path.Clean(p.Text), "/..."))
}

// within reports whether one of the roots contains a root.
func within(p arch.Pattern, roots []arch.Pattern) bool {
	for _, r := range roots {
		outer := folder(r)
		if outer == "." || folder(p) == outer || strings.HasPrefix(folder(p), outer+"/") || path.Clean(p.Text) == path.Clean(r.Text) {
			return true
		}
	}
	return false
}

// covered reports whether one of the patterns means all that a pattern means. A folder pattern and one of
// import paths mean different things, however alike they look.
func covered(p arch.Pattern, by []arch.Pattern) bool {
	local, text := pattern.New(p.Text).Local, path.Clean(p.Text)
	return slices.ContainsFunc(by, func(b arch.Pattern) bool {
		outer := pattern.New(b.Text)
		return outer.Local == local && outer.Matches(text)
	})
}

func (c *comparison) kinds() {
	for _, was := range c.Old.Kinds {
		is := kindOf(c.New, was.Name)
		if is == nil && (len(was.Requires) > 0 || was.Restricts) {
			c.say(loosening{
				subject: element("kind."+was.Name, ""), was: was.At, old: "it stood here",
				message: fmt.Sprintf("kind.%s is gone, and with it what its elements must have and may use", was.Name),
			})
			continue
		}
		for _, clause := range looserKind(was, is) {
			c.say(loosening{
				subject: element("kind."+was.Name, clause), at: is.At, was: was.At, old: "the kind as it was",
				message: fmt.Sprintf("kind.%s %s", was.Name, clause),
			})
		}
	}
}

func kindOf(m *arch.Model, name string) *arch.Kind {
	for _, k := range m.Kinds {
		if k.Name == name {
			return k
		}
	}
	return nil
}

// looserKind says what a kind demands and another does not; nil demands nothing.
func looserKind(was, is *arch.Kind) []string {
	if was == nil {
		return nil
	}
	if is == nil {
		is = &arch.Kind{}
	}
	var out []string
	for _, p := range was.Requires {
		if !contains(is.Requires, p) {
			out = append(out, "does not require "+p.Text+" any more")
		}
	}
	switch {
	case was.Restricts && !is.Restricts:
		out = append(out, "may use anything now")
	case was.Restricts:
		for _, p := range is.MayUse {
			if !contains(was.MayUse, p) {
				out = append(out, "may use "+p.Text+" now")
			}
		}
	}
	return out
}

func contains(all []arch.Pattern, p arch.Pattern) bool {
	for _, a := range all {
		if a.Text == p.Text {
			return true
		}
	}
	return false
}
