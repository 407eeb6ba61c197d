package config

import "slices"

// statusWords are the statuses that can be written; left out, something exists today.
var statusWords = []string{"planned", "deprecated"}

// targets are what an edge may lead to.
var targets = []string{"system", "component", "api", "datastore", "queue", "external"}

var (
	forEachAttr    = Attribute{Name: "for_each", Kind: Instances, Doc: "One instance for each key, with `each.key` and `each.value`; addresses are `TYPE.NAME[\"KEY\"]`."}
	ownerAttr      = Attribute{Name: "owner", Kind: Team, Doc: "The team that owns it."}
	technologyAttr = Attribute{Name: "technology", Kind: Text, Doc: "What it is made with."}
	tagsAttr       = Attribute{Name: "tags", Kind: Texts, Doc: "Words to select by."}
	docsAttr       = Attribute{Name: "docs", Kind: Link, Doc: "Where its documentation is."}
	statusAttr     = Attribute{Name: "status", Kind: Word, Words: statusWords, Doc: "`planned`: not there yet, so never absent. `deprecated`: nobody should start to use it."}
	sharedAttr     = Attribute{Name: "shared", Kind: Bool, Default: "false", Doc: "A library: anyone may use it, and what is inside it, undeclared."}
	rootAttr       = Attribute{Name: "root", Kind: Bool, Default: "false", Doc: "A main package, composition root or test harness: it, and what is inside it, may use anything undeclared."}
	kindAttr       = Attribute{Name: "kind", Kind: KindName, Doc: "Its kind, where you have made one: `kind.NAME`."}
	dependsAttr    = Attribute{Name: "depends_on", Kind: Elements, Accepts: targets, Doc: "What it uses: plain edges."}
)

func inAttr(types ...string) Attribute {
	return Attribute{Name: "in", Kind: Element, Accepts: types, Doc: "What it is inside of."}
}

var usesBlock = Block{
	Type: "uses", Many: true,
	Doc: "One edge with words on it. With a `depends_on` to the same target it is one edge. Several to one target need different kinds or labels.",
	Attrs: []Attribute{
		{Name: "to", Kind: Element, Accepts: targets, Required: true, Doc: "What is used."},
		{
			Name: "kind", Kind: Word, Words: edgeKinds,
			Doc: "Narrows a plain edge. Uses of an api are calls, of a queue events, of a datastore data.",
		},
		{Name: "label", Kind: Text, Doc: "What for: the words on the arrow."},
		{Name: "technology", Kind: Text, Doc: "How, such as `HTTPS`."},
		{Name: "async", Kind: Bool, Default: "false", Doc: "Nobody waits for an answer."},
		tagsAttr,
		statusAttr,
		metadataAttr,
	},
}

var codeBlock = Block{
	Type:  "code",
	Doc:   "Which code it is: Go packages, or nodes of other worlds. The longest matching pattern owns a package.",
	Needs: []string{"go", "nodes"},
	Attrs: []Attribute{
		{Name: "go", Kind: Patterns, Doc: "`./dir`, `./dir/...`, or an import path with or without `/...`."},
		{Name: "nodes", Kind: Nodes, NeverNull: true, Doc: "Nodes of other evidence by their ids: `npm:src/cart`, or `npm:src/cart/...` with all below it."},
		{Name: "test_support", Kind: Patterns, Doc: "Packages imported by tests only, judged like tests. One that code imports, or that is a program, is judged as code all the same."},
		{Name: "exposes", Kind: Patterns, Doc: "The only packages that others may import. `[]`: none."},
		{Name: "modules", Kind: Modules, Doc: "The only third-party modules allowed: a module path, or `path/...` with all below it. `[]`: none."},
	},
}

var runtimeBlock = Block{
	Type: "runtime",
	Doc:  "What it is where it runs. Kept and printed; no observer reads it yet.",
	Attrs: []Attribute{
		{Name: "compose", Kind: Text, Doc: "The service's name in the compose file."},
		{Name: "kubernetes", Kind: Text, Doc: "The workload, such as `Deployment/shop/checkout`."},
		{Name: "otel", Kind: Text, Doc: "The `service.name` of its traces."},
	},
}

var capacityBlock = Block{
	Type: "capacity",
	Doc:  "How much of it there is. Kept and printed.",
	Attrs: []Attribute{
		{Name: "replicas", Kind: Number, Doc: "How many run."},
		{Name: "stateless", Kind: Bool, Doc: "Whether it keeps nothing between requests."},
	},
}

var elementBlocks = []Block{
	{
		Type: "person", Labels: name,
		Doc:    "Someone who uses the system. Never the target of an edge.",
		Attrs:  described(dependsAttr),
		Blocks: []Block{usesBlock},
	},
	{
		Type: "system", Labels: name,
		Doc:    "Something that is delivered as a whole.",
		Attrs:  described(inAttr("system"), ownerAttr, technologyAttr, dependsAttr, sharedAttr, rootAttr),
		Blocks: []Block{usesBlock, codeBlock, runtimeBlock, capacityBlock},
	},
	{
		Type: "component", Labels: name,
		Doc:    "A part of a system: a service, a program, a library, a folder with a purpose.",
		Attrs:  described(inAttr("system", "component"), ownerAttr, technologyAttr, dependsAttr, sharedAttr, rootAttr),
		Blocks: []Block{usesBlock, codeBlock, runtimeBlock, capacityBlock},
	},
	{
		Type: "api", Labels: name,
		Doc: "What something offers to others. A use of it is a call, and never permits importing the provider's other packages.",
		Attrs: described(
			Attribute{Name: "of", Kind: Element, Accepts: []string{"component", "system", "external"}, Required: true, Doc: "Who offers it."},
			ownerAttr, technologyAttr, sharedAttr,
			Attribute{Name: "grpc", Kind: Object, Doc: "`{ proto = \"protos/orders.proto\", service = \"shop.v1.Orders\" }`"},
			Attribute{Name: "openapi", Kind: Path, Doc: "Its OpenAPI document."},
			Attribute{Name: "http", Kind: Object, Doc: "`{ operations = [\"POST /v1/charges\"] }`"},
		),
		Blocks: []Block{codeBlock},
	},
	{
		Type: "datastore", Labels: name,
		Doc: "Where data is kept. A use of it is data.",
		Attrs: described(inAttr("system", "component"), ownerAttr, technologyAttr, dependsAttr, sharedAttr,
			Attribute{Name: "engine", Kind: Text, Doc: "Such as `postgres`."}),
		Blocks: []Block{usesBlock, codeBlock, runtimeBlock, capacityBlock},
	},
	{
		Type: "queue", Labels: name,
		Doc: "What carries events. A use of it is an event.",
		Attrs: described(inAttr("system", "component"), ownerAttr, technologyAttr, dependsAttr, sharedAttr,
			Attribute{Name: "engine", Kind: Text, Doc: "Such as `kafka`."},
			Attribute{Name: "topics", Kind: Texts, Doc: "Its topics."}),
		Blocks: []Block{usesBlock, codeBlock, runtimeBlock, capacityBlock},
	},
	{
		Type: "external", Labels: name,
		Doc: "A system of somebody else's.",
		Attrs: described(ownerAttr, technologyAttr, dependsAttr, sharedAttr,
			Attribute{Name: "hosts", Kind: Texts, Doc: "Its host names."}),
		Blocks: []Block{usesBlock, codeBlock},
	},
}

// everyElement is what elements of all types have.
var everyElement = []Attribute{titleAttr, kindAttr, descriptionAttr, tagsAttr, statusAttr, docsAttr, iconAttr, metadataAttr, forEachAttr}

// described adds to it what one type has besides.
func described(more ...Attribute) []Attribute { return slices.Concat(everyElement, more) }
