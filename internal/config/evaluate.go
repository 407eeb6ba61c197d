package config

import (
	"fmt"
	"iter"
	"maps"
	"strings"

	"github.com/hashicorp/hcl/v2"
	"github.com/zclconf/go-cty/cty"
)

// stage tells values of the model under way from those of the finished one.
type stage int

const (
	early  stage = iota // variables, locals, for_each, elements, edges: elements are known by address alone
	late                // the model is frozen
	stages = 2
)

// scopeCache is the context of one expression at one stage: exactly the names that it refers to.
type scopeCache struct {
	ctx *hcl.EvalContext
	ok  bool
}

// scope returns the context of an attribute, or false when something that it needs has no value; that
// was reported where it went wrong.
func (l *loader) scope(a *attribute, s stage) (*hcl.EvalContext, bool) {
	if c := a.context[s]; c != nil {
		return c.ctx, c.ok
	}
	c := &scopeCache{}
	a.context[s] = c
	c.ctx, c.ok = l.newScope(&a.refs, s)
	return c.ctx, c.ok
}

func (l *loader) newScope(refs *references, s stage) (*hcl.EvalContext, bool) {
	roots := map[string]map[string]cty.Value{}
	set := func(root, name string, v cty.Value) {
		if roots[root] == nil {
			roots[root] = map[string]cty.Value{}
		}
		roots[root][name] = v
	}
	for _, v := range refs.variables {
		if v.value == cty.NilVal {
			return nil, false
		}
		set("var", v.name, v.value)
	}
	for _, x := range refs.locals {
		v, ok := l.local(x, s)
		if !ok {
			return nil, false
		}
		set("local", x.name, v)
	}
	for _, d := range refs.declared {
		v, ok := l.reference(d, s)
		if !ok {
			return nil, false
		}
		root, name, _ := strings.Cut(d.address, ".")
		set(root, name, v)
	}
	for root, names := range refs.named {
		for _, name := range names {
			set(root, name, namedValue(root, name))
		}
	}
	ctx := l.base.NewChild()
	ctx.Variables = make(map[string]cty.Value, len(roots))
	for root, names := range roots {
		ctx.Variables[root] = cty.ObjectVal(names)
	}
	return ctx, true
}

// namedValue is the value of a reference to what is no element: its name.
func namedValue(root, name string) cty.Value {
	if root == "rule" {
		return cty.StringVal(ruleAddress(name))
	}
	return cty.StringVal(name)
}

// reference is what component.NAME gives: the element, or a map of instances.
func (l *loader) reference(d *declared, s stage) (cty.Value, bool) {
	if !l.expand(d) {
		return cty.NilVal, false
	}
	if d.values[s] == cty.NilVal {
		d.values[s] = l.referenceValue(d, s)
	}
	return d.values[s], true
}

func (l *loader) referenceValue(d *declared, s stage) cty.Value {
	value := func(i *instance) cty.Value {
		if s == late {
			if v, ok := l.valueNow(i.address); ok {
				return v
			}
		}
		return stub(d, i) // late only when the element itself had a finding
	}
	if !d.block.forEach {
		return value(d.instances[0])
	}
	all := make(map[string]cty.Value, len(d.instances))
	for _, i := range d.instances {
		all[i.key] = value(i)
	}
	if s == late {
		maps.Copy(all, l.instancesNow(d))
	}
	if len(all) == 0 {
		return cty.MapValEmpty(elementType)
	}
	return cty.MapVal(all)
}

// frame is where attributes are decoded: a block, and the instance of it.
type frame struct {
	*loader
	block *block
	stage stage
	each  *instance // nil: no each
	about string    // what findings are about: an address, or "" for the block's own subject
}

func (l *loader) frame(b *block, s stage) *frame {
	return &frame{loader: l, block: b, stage: s}
}

// inner is the same place in a block inside this one.
func (f *frame) inner(b *block) *frame {
	n := *f
	n.block = b
	return &n
}

// named visits the blocks of a type inside, each with a frame of its own; of those with one name only the first. The
// others are said, twice with the name in place of %q.
func (f *frame) named(blockType, twice, fix string) iter.Seq2[string, *frame] {
	return func(yield func(string, *frame) bool) {
		first := map[string]hcl.Range{}
		for _, b := range f.block.of(blockType) {
			name := b.labels[0]
			if at, known := first[name]; known {
				f.add(note{
					rule: ruleDuplicate, at: b.header(), message: fmt.Sprintf(twice, name), fix: fix,
					related: []related{{"the first is here", at}},
				})
				continue
			}
			first[name] = b.header()
			if !yield(name, f.inner(b)) {
				return
			}
		}
	}
}

// instanceFrame is a frame for one instance of an element.
func (l *loader) instanceFrame(d *declared, i *instance) *frame {
	f := l.frame(d.block, early)
	f.about = i.address
	if d.block.forEach {
		f.each = i
	}
	return f
}

// context returns the context of an attribute with each.
func (f *frame) context(a *attribute) (*hcl.EvalContext, bool) {
	if a.bad || f.stopped || f.report.full() {
		return nil, false
	}
	if f.stage == early && a.refs.late != nil {
		f.tooEarly(a)
		return nil, false
	}
	ctx, ok := f.scope(a, f.stage)
	if !ok || f.each == nil {
		return ctx, ok
	}
	ctx = ctx.NewChild()
	ctx.Variables = map[string]cty.Value{"each": cty.ObjectVal(map[string]cty.Value{
		"key": cty.StringVal(f.each.key), "value": f.each.value,
	})}
	return ctx, true
}

// value evaluates an attribute. It is false when the attribute is not written, is null, or has no value,
// which was reported then. Elements in it may be stubs: whoever reads more than their identity asks known.
func (f *frame) value(name string) (cty.Value, bool) {
	a := f.block.attrs[name]
	if a == nil {
		return cty.NilVal, false
	}
	ctx, ok := f.context(a)
	if !ok {
		return cty.NilVal, false
	}
	v, ok := f.eval(a.hcl.Expr, ctx)
	if !ok {
		a.bad = f.each == nil
		return cty.NilVal, false
	}
	return v, !f.isNull(a, v)
}

// isNull reports whether a value is null: as if the attribute were not written.
func (f *frame) isNull(a *attribute, v cty.Value) bool {
	if v.IsNull() && (a.spec.Required || a.spec.NeverNull) {
		f.wrong(ruleMissing, a.hcl.Expr.Range(), a.spec.Name+" is null, and must be given", "")
	}
	return v.IsNull()
}

// eval evaluates an expression and reports what went wrong.
func (f *frame) eval(expr hcl.Expression, ctx *hcl.EvalContext) (cty.Value, bool) {
	v, diags := expr.Value(ctx)
	if f.overBudget(expr.Range()) {
		return cty.NilVal, false
	}
	if diags.HasErrors() {
		for _, d := range diags {
			f.failed(d)
		}
		return cty.NilVal, false
	}
	return v, true
}

// known reports whether a value is known to the last part, and says so when it is not.
func (f *frame) known(v cty.Value, at hcl.Range) bool {
	switch known, within := f.made.parts.inspect(v); {
	case !within:
		return f.count(&f.made.parts, 0, at)
	case known:
		return true
	}
	f.wrong(ruleOrder, at, "this needs more of an element than its address, before the model is finished",
		"put the value into a local, and use that in both places")
	return false
}

// overBudget says once where the budget ran out, and ends all evaluation.
func (l *loader) overBudget(at hcl.Range) bool {
	if d := l.meter.Exceeded(); d != nil {
		n := noteOf(d)
		n.rule = ruleBudget
		l.stop(n)
	}
	l.count(&l.made.work, 0, at)
	return l.stopped
}

// stop reports what ends all evaluation, once.
func (l *loader) stop(n note) {
	if !l.stopped {
		l.report.add(n)
	}
	l.stopped = true
}

// add reports a finding about the frame's element, or about its file.
func (f *frame) add(n note) {
	n.subject = f.block.subject
	if f.about != "" {
		n.subject.Element = f.about
	}
	f.report.add(n)
}

// wrong reports a value of an attribute.
func (f *frame) wrong(rule string, at hcl.Range, message, fix string) {
	f.add(note{rule: rule, at: at, message: message, fix: fix})
}

// tooEarly reports an expression that is evaluated before the model is finished and needs it finished.
func (f *frame) tooEarly(a *attribute) {
	a.bad = true
	use := a.refs.late
	path := []string{f.where(a.spec.Name)}
	for x := a.refs.lateLocal; x != nil; x = x.attr.refs.lateLocal {
		path = append(path, "local."+x.name)
	}
	path = append(path, use.what)
	n := note{rule: ruleOrder, at: use.at}
	if use.call {
		n.rule = ruleCycle
		n.message = fmt.Sprintf("%s reads the finished model, which needs it: %s", use.what,
			arrows(append(path, "the finished model", path[0])))
		n.fix = "name the elements here; set functions stand in rules and views, and in locals that only those use"
	} else {
		n.message = fmt.Sprintf("%s is not known while elements are being read: %s", use.what, arrows(path))
		n.fix = "put the value into a local, and use that in both places"
	}
	if at := a.hcl.NameRange; at != use.at {
		n.related = []related{{"needed here", at}}
	}
	f.add(n)
}

// where writes an attribute's place in words: component.checkout.depends_on, or view.of.
func (f *frame) where(name string) string {
	path := []string{f.block.spec.Type, name}
	if e := f.block.subject.Element; e != "" {
		path[0] = e
		if t, _, _ := strings.Cut(e, "."); t != f.block.spec.Type { // a block inside the element's
			path = []string{e, f.block.spec.Type, name}
		}
	}
	return strings.Join(path, ".")
}
