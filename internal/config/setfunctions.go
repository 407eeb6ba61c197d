package config

import (
	"errors"
	"fmt"
	"iter"
	"slices"

	"github.com/hashicorp/hcl/v2/ext/customdecode"
	"github.com/zclconf/go-cty/cty"
	"github.com/zclconf/go-cty/cty/function"

	"github.com/asbuilt/asbuilt/internal/budget"
	"github.com/asbuilt/asbuilt/pkg/arch"
)

// SetFunction is a function over the finished model.
type SetFunction struct {
	Name string
	Args string // as the page prints them
	Doc  string

	sets     int // how many arguments that are sets of elements
	elements func(g *graph, sets [][]*arch.Element) []*arch.Element
	edges    func(g *graph, sets [][]*arch.Element) []*arch.Edge
	// make builds a function whose arguments are not sets of elements.
	make func(l *loader) function.Function
}

const filterName = "filter"

// setFunctionTable lists the set functions, sorted by name. SET is an element, a set, relationships (both
// ends), or any nesting of lists of them.
var setFunctionTable = []SetFunction{
	{Name: "ancestors", Args: "SET", Doc: "what the elements are inside of", sets: 1, elements: (*graph).ancestors},
	{Name: "between", Args: "SET, SET", Doc: "relationships between the two sets and what is inside them, in either direction", sets: 2, edges: (*graph).between},
	{Name: "children", Args: "SET", Doc: "what is directly inside the elements", sets: 1, elements: (*graph).children},
	{Name: "components", Doc: "all components", elements: ofType(arch.TypeComponent)},
	{Name: "descendants", Args: "SET", Doc: "all that is inside the elements", sets: 1, elements: (*graph).descendants},
	{Name: "elements", Doc: "all elements", elements: (*graph).all},
	{Name: "externals", Doc: "all externals", elements: ofType(arch.TypeExternal)},
	{Name: filterName, Args: "SET, CONDITION", Doc: "those for which the condition over `self` holds; of relationships, also over `source` and `target`", make: (*loader).filterFunction},
	{Name: "incoming", Args: "SET", Doc: "relationships that lead from outside to the elements and what is inside them", sets: 1, edges: (*graph).incoming},
	{Name: "neighbors", Args: "SET", Doc: "the other ends of incoming and outgoing relationships", sets: 1, elements: (*graph).neighbors},
	{Name: "of_kind", Args: "KIND, …", Doc: "the elements of one of these kinds or block types: `kind.service`, `\"datastore\"`", make: (*loader).ofKindFunction},
	{Name: "outgoing", Args: "SET", Doc: "relationships that lead outside from the elements and what is inside them", sets: 1, edges: (*graph).outgoing},
	{Name: "owned_by", Args: "TEAM, …", Doc: "the elements whose `owner` is one of the teams", make: (*loader).ownedByFunction},
	{Name: "paths", Args: "SET, SET", Doc: "relationships on the ways from the first set to the second; a use leads on from all that is inside of what is used, and from whoever offers an API", sets: 2, edges: (*graph).paths},
	{Name: "relationships", Doc: "all relationships", edges: (*graph).allEdges},
	{Name: "tagged", Args: "TAG, …", Doc: "the elements that carry one of the tags", make: (*loader).taggedFunction},
}

// SetFunctions lists the functions over the finished model.
func SetFunctions() []SetFunction { return slices.Clone(setFunctionTable) }

func isSetFunction(name string) bool {
	return slices.ContainsFunc(setFunctionTable, func(f SetFunction) bool { return f.Name == name })
}

// setFunctions makes the functions of one run: they read the frozen model of the loader.
func (l *loader) setFunctions() map[string]function.Function {
	out := make(map[string]function.Function, len(setFunctionTable))
	for _, f := range setFunctionTable {
		if f.make != nil {
			out[f.Name] = f.make(l)
		} else {
			out[f.Name] = l.setFunction(f)
		}
	}
	return out
}

// setParameter is an argument that is a set. It is taken as it is written and evaluated by the function:
// cty walks through every part of an evaluated argument, and a set of elements has many.
var setParameter = function.Parameter{Name: "set", Type: customdecode.ExpressionClosureType}

// argument evaluates an argument that was taken as it is written.
func argument(closure cty.Value) (cty.Value, error) {
	v, diags := customdecode.ExpressionClosureFromVal(closure).Value()
	if diags.HasErrors() {
		return cty.NilVal, diagnosticError{diags[0]}
	}
	return v, nil
}

// setFunction makes a function that takes sets of elements.
func (l *loader) setFunction(f SetFunction) function.Function {
	of := elementType
	if f.edges != nil {
		of = relationshipType
	}
	params := make([]function.Parameter, f.sets)
	for i := range params {
		params[i] = setParameter
	}
	return function.New(&function.Spec{
		Params: params,
		Type:   function.StaticReturnType(cty.List(of)),
		Impl: func(args []cty.Value, t cty.Type) (cty.Value, error) {
			sets, err := l.sets(args)
			if errors.Is(err, errUnknown) {
				return cty.UnknownVal(t), nil
			}
			if err != nil {
				return cty.NilVal, err
			}
			return l.query(f, sets)
		},
	})
}

// sets evaluates arguments that are sets of elements.
func (l *loader) sets(args []cty.Value) ([][]*arch.Element, error) {
	sets := make([][]*arch.Element, len(args))
	for i, a := range args {
		v, err := argument(a)
		if err != nil {
			return nil, err
		}
		switch sets[i], err = l.elementsOf(v); {
		case errors.Is(err, errUnknown):
			return nil, err
		case err != nil:
			return nil, function.NewArgError(i, err)
		}
	}
	return sets, nil
}

// query makes the value of what the graph answers. What is asked of the whole model is made once.
func (l *loader) query(f SetFunction, sets [][]*arch.Element) (v cty.Value, err error) {
	if v, ok := l.graph.whole[f.Name]; ok {
		return v, nil
	}
	a, err := l.ask(f, sets)
	switch {
	case err != nil:
		return cty.NilVal, err
	case f.edges != nil:
		v, err = l.edgeList(slices.Clone(a.edges))
	default:
		v, err = l.elementList(slices.Clone(a.elements))
	}
	if f.sets == 0 && err == nil {
		l.graph.whole[f.Name] = v
	}
	return v, err
}

// question is what is asked of one element.
type question struct{ function, address string }

// answer is what the graph answers. It is not to be changed: it may be given again.
type answer struct {
	elements []*arch.Element
	edges    []*arch.Edge
}

// ask asks the graph, and charges what it looked at. What is asked of one element is looked up once: rules ask the
// same of every element.
func (l *loader) ask(f SetFunction, sets [][]*arch.Element) (answer, error) {
	var key question
	if len(sets) == 1 && len(sets[0]) == 1 {
		key = question{f.Name, sets[0][0].Address}
		if a, ok := l.graph.answers[key]; ok {
			if !l.made.work.add(1) {
				return answer{}, errWork
			}
			return a, nil
		}
	}
	var a answer
	if f.edges != nil {
		a.edges = f.edges(l.graph, sets)
	} else {
		a.elements = f.elements(l.graph, sets)
	}
	const looksPerStep = 2 // to look at an element or edge is quicker than to make its value
	looked := l.graph.looked
	l.graph.looked = 0
	if !l.made.work.add(1 + looked/looksPerStep) {
		return answer{}, errWork
	}
	if key != (question{}) {
		l.graph.answers[key] = a
	}
	return a, nil
}

func (l *loader) taggedFunction() function.Function {
	return l.pick(cty.String, func(args []cty.Value) (func(*arch.Element) bool, error) {
		want := textsOf(args)
		return func(e *arch.Element) bool {
			return slices.ContainsFunc(want, func(tag string) bool { return slices.Contains(e.Tags, tag) })
		}, nil
	})
}

func (l *loader) ofKindFunction() function.Function {
	return l.pick(cty.String, func(args []cty.Value) (func(*arch.Element) bool, error) {
		want := textsOf(args)
		for i, k := range want {
			if !isElementType(k) && l.names.named["kind"][k] == nil {
				return nil, function.NewArgErrorf(i, "there is no kind %q; %s", clip(k), choose(k, elementTypes, sortedKeys(l.names.named["kind"])))
			}
		}
		return func(e *arch.Element) bool { return slices.Contains(want, e.Type) || slices.Contains(want, e.Kind) }, nil
	})
}

func (l *loader) ownedByFunction() function.Function {
	return l.pick(cty.DynamicPseudoType, func(args []cty.Value) (func(*arch.Element) bool, error) {
		want := make([]string, len(args))
		for i, a := range args {
			address, kind := identify(a)
			if kind != thingTeam {
				return nil, function.NewArgErrorf(i, "it takes teams, not %s", typeName(a))
			}
			want[i] = address
		}
		return func(e *arch.Element) bool { return slices.Contains(want, e.Owner) }, nil
	})
}

// pick takes one or more arguments of one type and picks elements by them.
func (l *loader) pick(t cty.Type, condition func([]cty.Value) (func(*arch.Element) bool, error)) function.Function {
	return function.New(&function.Spec{
		Params:   []function.Parameter{{Name: "first", Type: t, AllowMarked: true}},
		VarParam: &function.Parameter{Name: "more", Type: t, AllowMarked: true},
		Type:     function.StaticReturnType(cty.List(elementType)),
		Impl: func(args []cty.Value, _ cty.Type) (cty.Value, error) {
			holds, err := condition(args)
			if err != nil {
				return cty.NilVal, err
			}
			if !l.made.work.add(len(l.graph.model.Elements)) {
				return cty.NilVal, errWork
			}
			var out []*arch.Element
			for _, e := range l.graph.model.Elements {
				if holds(e) {
					out = append(out, e)
				}
			}
			return l.elementList(out)
		},
	})
}

var (
	// errWork is what a set function says when the work of the run is used up; loader.overBudget reports it.
	errWork = errors.New("too much work")
	// errUnknown is an argument with an unknown part: a condition is tried on an unknown element, to check
	// its types.
	errUnknown = errors.New("unknown")
)

// elementList is the value of a set, within the work of the run.
func (l *loader) elementList(elements []*arch.Element) (cty.Value, error) {
	if !l.made.work.add(1 + len(elements)) {
		return cty.NilVal, errWork
	}
	return l.graph.elementList(elements), nil
}

func (l *loader) edgeList(edges []*arch.Edge) (cty.Value, error) {
	if !l.made.work.add(1 + len(edges)) {
		return cty.NilVal, errWork
	}
	return l.graph.edgeList(edges), nil
}

// elementsOf reads an argument: an element, a set, relationships, or any nesting.
func (l *loader) elementsOf(v cty.Value) ([]*arch.Element, error) {
	if !l.made.work.add(1) {
		return nil, errWork
	}
	switch address, kind := identify(v); kind {
	case thingElement:
		return l.present(address), nil
	case thingUnknown:
		return nil, errUnknown
	case thingRelationship:
		return l.join(slices.Values([]cty.Value{v.GetAttr("source"), v.GetAttr("target")}))
	case thingInstances, thingList:
		if v.Type().IsCollectionType() && isElement(v.Type().ElementType()) {
			return l.listed(v)
		}
		return l.join(budget.Parts(v))
	}
	return nil, fmt.Errorf("it takes elements, not %s", typeName(v))
}

// listed reads a list, set or map of elements: its members need not be identified one by one.
func (l *loader) listed(v cty.Value) ([]*arch.Element, error) {
	n := v.LengthInt()
	if !l.made.work.add(1 + n/takenPerStep) {
		return nil, errWork
	}
	out := make([]*arch.Element, 0, n)
	for x := range budget.Parts(v) {
		address, kind := identifyTyped(x, thingElement)
		if kind != thingElement {
			return nil, errUnknown
		}
		out = append(out, l.present(address)...)
	}
	return out, nil
}

func (l *loader) join(parts iter.Seq[cty.Value]) ([]*arch.Element, error) {
	var out []*arch.Element
	for x := range parts {
		elements, err := l.elementsOf(x)
		if err != nil {
			return nil, err
		}
		out = append(out, elements...)
	}
	return out, nil
}

func textsOf(args []cty.Value) []string {
	out := make([]string, len(args))
	for i, a := range args {
		out[i] = a.AsString()
	}
	return out
}
