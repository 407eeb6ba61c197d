package config

import (
	"fmt"
	"slices"
	"strings"

	"github.com/hashicorp/hcl/v2"
	"github.com/zclconf/go-cty/cty"
)

// checkLocals finds circles among locals, and which locals need the finished model.
func (l *loader) checkLocals() {
	for _, x := range l.names.localList {
		l.checkLocal(x, nil)
	}
	// What a local needs, whoever uses the local needs.
	for _, b := range l.tops {
		b.all(func(_ *block, a *attribute) { a.refs.inherit() })
	}
}

func (l *loader) checkLocal(x *local, path []*local) {
	switch x.checks {
	case ready, failed:
		return
	case underway:
		l.localCircle(x, path)
		return
	}
	x.checks = underway
	x.depth = 1
	path = append(path, x)
	pure := len(x.attr.refs.declared) == 0
	for _, used := range x.attr.refs.locals {
		l.checkLocal(used, path)
		pure = pure && used.pure
		x.depth = max(x.depth, used.depth+1)
	}
	if x.depth > maxChain {
		l.tooLong(x)
	}
	x.attr.refs.inherit()
	x.pure = pure && x.attr.refs.late == nil
	if x.checks == underway {
		x.checks = ready
	}
}

// localCircle reports a circle once: at the local of it that stands first in the path.
func (l *loader) localCircle(x *local, path []*local) {
	start := len(path) - 1
	for path[start] != x {
		start--
	}
	circle := path[start:]
	words := make([]string, 0, len(circle)+1)
	for _, c := range circle {
		c.checks, c.attr.bad = failed, true
		words = append(words, "local."+c.name)
	}
	l.report.add(note{
		rule: ruleCycle, at: x.attr.hcl.NameRange,
		message: "a local that needs itself: " + arrows(append(words, words[0])),
		fix:     fmt.Sprintf("write the value of local.%s without the others", x.name),
	})
}

// maxChain is how many locals and for_each may need one another in a row: evaluation goes as deep.
const maxChain = 500

// tooLong ends a chain of locals: what needs this one stays silent.
func (l *loader) tooLong(x *local) {
	x.checks, x.attr.bad, x.depth = failed, true, 0
	l.report.add(note{
		rule: ruleBudget, at: x.attr.hcl.NameRange,
		message: fmt.Sprintf("local.%s needs more than %d others in a row", x.name, maxChain),
		fix:     "write the value with fewer steps",
	})
}

// enter notes that something is evaluated because what was entered before needs it.
func (l *loader) enter(name string, at hcl.Range) bool {
	if len(l.chain) >= maxChain {
		l.stop(note{
			rule: ruleBudget, at: at,
			message: fmt.Sprintf("%s needs more than %d others in a row", name, maxChain),
			fix:     "write the value with fewer steps",
		})
		return false
	}
	l.chain = append(l.chain, name)
	return true
}

func (l *loader) leave() { l.chain = l.chain[:len(l.chain)-1] }

// arrows prints a path, shortened in the middle.
func arrows(path []string) string {
	const shown = 12
	if len(path) > shown {
		path = slices.Concat(path[:shown/2], []string{"…"}, path[len(path)-shown/2:])
	}
	return strings.Join(path, " → ")
}

// inherit takes over what a used local needs.
func (r *references) inherit() {
	if r.late != nil {
		return
	}
	for _, x := range r.locals {
		if late := x.attr.refs.late; late != nil && x.checks != failed {
			r.late, r.lateLocal = late, x
			return
		}
	}
}

// local is the value of a local at a stage. A failure was reported at its place.
func (l *loader) local(x *local, s stage) (cty.Value, bool) {
	if x.pure {
		s = early
	}
	switch x.states[s] {
	case ready:
		return x.values[s], true
	case failed:
		return cty.NilVal, false
	case underway: // circles of locals alone were found before: this one leads through a for_each
		l.circle("local."+x.name, x.attr.hcl.NameRange)
		return cty.NilVal, false
	}
	x.states[s] = underway
	if !l.enter("local."+x.name, x.attr.hcl.NameRange) {
		x.states[s] = failed
		return cty.NilVal, false
	}
	defer l.leave()
	f := l.frame(x.owner, s)
	ctx, ok := f.context(x.attr)
	if ok {
		x.values[s], ok = f.eval(x.attr.hcl.Expr, ctx)
	}
	x.states[s] = ready
	if !ok {
		x.states[s] = failed
		x.attr.bad = true
	}
	return x.values[s], ok
}

// lateLocals evaluates the locals that nothing used, so that a mistake in them is said all the same.
func (l *loader) lateLocals() {
	for _, x := range l.names.localList {
		l.local(x, late)
	}
}
