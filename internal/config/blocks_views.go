package config

import "slices"

// The kinds of view that the loader tells apart.
const (
	viewLandscape  = "landscape"
	viewContainer  = "container"
	viewDeployment = "deployment"
	viewTeam       = "team"
	viewDrift      = "drift"
	viewImpact     = "impact"
	viewCode       = "code"
	viewSequence   = "sequence"
)

var viewBlock = Block{
	Type: "view",
	Labels: []Label{
		{
			Name: "KIND", Words: []string{viewLandscape, "context", viewContainer, "component", viewDeployment, viewTeam, viewDrift, viewImpact, viewCode, viewSequence},
			Later: []string{"diff"},
		},
		{Name: "NAME"},
	},
	Doc: "A picture. Its name is the name of its files, and is unique over all kinds.",
	Attrs: []Attribute{
		{Name: "extends", Kind: ViewName, NotUnder: viewSequence, NeverNull: true, Doc: "Another view of this kind. All of it holds here too, and what this one says is added."},
		{Name: "of", Kind: Element, Accepts: []string{"system", "component", "api", "datastore", "queue", "external"}, NotUnder: viewSequence, Doc: "What the picture is about."},
		{Name: "environment", Kind: EnvironmentName, Under: viewDeployment, NeverNull: true, Doc: "Where what is drawn runs. Required."},
		{Name: "depth", Kind: Number, Under: viewImpact, Doc: "How many hops are followed. Default: all."},
		titleAttr,
		descriptionAttr,
		{Name: "include", Kind: Elements, NotUnder: viewSequence, Doc: "What is drawn. Left out, each kind has its natural default. Relationships stand for both their ends."},
		{Name: "exclude", Kind: Elements, NotUnder: viewSequence, Doc: "What is left out again."},
		{Name: "where", Kind: Condition, NotUnder: viewSequence, Doc: "Only elements for which this holds."},
		{Name: "where_edges", Kind: EdgeCondition, NotUnder: viewSequence, Doc: "Only relationships for which this holds. With `drift = true` they have a `verdict`: `convergence`, `divergence`, `waived`, `absence` or `unknown`."},
		{Name: "drift", Kind: Bool, NotUnder: viewSequence, Default: "false", Doc: "Draw what the check found over the declared architecture."},
		themeAttr,
		{Name: "lifelines", Kind: Elements, Under: viewSequence, Doc: "Who stands where, from the left. Whom it does not name follows in the order of the steps."},
	},
	Steps: true,
	Blocks: []Block{
		{
			Type: "group", NotUnder: viewSequence, Labels: []Label{{Name: "TITLE", Text: true}}, Many: true, Nests: true,
			Doc: "A set drawn together under a title. A group in a group is drawn inside of it, and its members are members of both.",
			Attrs: []Attribute{
				{Name: "members", Kind: Elements, Doc: "What is in the group, besides what is in the groups inside. Required where there are none."},
			},
		},
		{
			Type: "override", NotUnder: viewSequence, Many: true, Needs: slices.Concat([]string{"title", "description", "technology", "note", "view"}, lookNames),
			Doc: "How some elements are drawn in this view alone. A later one outranks an earlier one and every style.",
			Attrs: []Attribute{
				{Name: "of", Kind: Elements, Required: true, NeverNull: true, Doc: "The elements it is for."},
				{Name: "title", Kind: Text, Doc: "The name on the card."},
				{Name: "description", Kind: Text, Prose: true, Doc: "The description on the card; `\"\"` draws none."},
				{Name: "technology", Kind: Text, Doc: "The technology on the card; `\"\"` draws none."},
				shapeAttr,
				iconAttr,
				colorAttr,
				lineAttr,
				widthAttr,
				opacityAttr,
				{Name: "note", Kind: Text, Doc: "A remark on the card, in a few words."},
				{Name: "view", Kind: ViewName, NeverNull: true, Doc: "The view that the card leads to, in place of its `docs`."},
			},
		},
		viewStyleBlock,
		{
			Type: "override_edges", NotUnder: viewSequence, Many: true, Needs: []string{"label", "technology"},
			Doc: "The same for some relationships: what their arrows say in this view alone. How they look is for a `style`.",
			Attrs: []Attribute{
				{Name: "of", Kind: Relationships, Required: true, NeverNull: true, Doc: "The relationships it is for: declared ones, such as `between(…)`."},
				{Name: "label", Kind: Text, Doc: "The words on the arrow; `\"\"` draws none."},
				{Name: "technology", Kind: Text, Doc: "The technology on the arrow; `\"\"` draws none."},
			},
		},
		{
			Type: "layout", NotUnder: viewSequence,
			Doc: "How the picture is laid out.",
			Attrs: []Attribute{
				{Name: "direction", Kind: Word, Words: []string{"down", "right", "up", "left"}, Default: `"down"`, Doc: "Where arrows lead."},
				{Name: "same_rank", Kind: Ranks, Doc: "Each list stands on one line."},
			},
		},
	},
}

// running are what instances may be of.
var running = []string{"system", "component", "datastore", "queue"}

var environmentBlock = Block{
	Type: "environment", Labels: name,
	Doc: "Where the architecture runs: nodes inside of nodes, and in them instances of elements. A view of kind `deployment` draws it.",
	Attrs: []Attribute{
		titleAttr,
		descriptionAttr,
		{Name: "from", Kind: Text, Later: true, Doc: "Read from manifests."},
	},
	Blocks: []Block{{
		Type: "node", Labels: name, Many: true, Nests: true,
		Doc: "Something that holds what runs: a region, a cluster, a machine. Its name is unique among the nodes beside it.",
		Attrs: []Attribute{
			titleAttr,
			{Name: "technology", Kind: Text, Doc: "What it is."},
			{Name: "runs", Kind: Elements, Accepts: running, Doc: "What runs in it: plain instances."},
		},
		Blocks: []Block{{
			Type: "instance", Many: true,
			Doc: "One instance with words on it. What it does not say is as the element says it.",
			Attrs: []Attribute{
				{Name: "of", Kind: Element, Accepts: running, Required: true, Doc: "What runs."},
				{Name: "title", Kind: Text, Doc: "Its name here."},
				descriptionAttr,
				{Name: "technology", Kind: Text, Doc: "What it is made with here."},
				{Name: "replicas", Kind: Number, Doc: "How many run."},
			},
		}},
	}},
}
