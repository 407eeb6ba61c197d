package config

var becauseAttr = Attribute{Name: "because", Kind: Text, Prose: true, Doc: "Why: printed with every finding of the rule."}

// edgeKinds are the kinds of edge that can be written.
var edgeKinds = []string{"import", "call", "event", "data"}

var ruleBlock = Block{
	Type: "rule", Labels: name,
	Doc: "What must hold besides the declared edges: one of `layers`, `acyclic`, `independent`, `deny`, `only` with `may_use`, or `for_each` with `condition`.",
	Attrs: []Attribute{
		{Name: "layers", Kind: Layers, NeverNull: true, Doc: "Upper layers may use lower ones, never the reverse."},
		{Name: "closed", Kind: Bool, Default: "false", Doc: "No layer may be skipped."},
		{Name: "acyclic", Kind: Elements, NeverNull: true, Doc: "No circle of uses among these."},
		{Name: "independent", Kind: Elements, NeverNull: true, Doc: "None of these may use another."},
		{Name: "only", Kind: Elements, NeverNull: true, Doc: "Nobody but these may use what `may_use` names."},
		{Name: "may_use", Kind: Elements, NeverNull: true, Doc: "What only these may use."},
		{Name: "for_each", Kind: Subjects, NeverNull: true, Doc: "What the condition is asked about, one after the other."},
		{Name: "condition", Kind: Judgement, NeverNull: true, Doc: "What must hold for each of them."},
		{Name: "error_message", Kind: Message, NeverNull: true, Doc: "What is said where it does not hold."},
		{Name: "via", Kind: Ways, Words: edgeKinds, NeverNull: true, Doc: "Which kinds of use the rule means."},
		becauseAttr,
		{Name: "severity", Kind: Word, Words: levelWords, Doc: "The level of its findings."},
	},
	Blocks: []Block{
		{
			Type: "deny", Many: true,
			Doc: "What must not be used: elements in `to`, or packages in `imports`.",
			Attrs: []Attribute{
				{Name: "from", Kind: Elements, NeverNull: true, Doc: "Who must not use it. Left out: nobody may."},
				{Name: "to", Kind: Elements, NeverNull: true, Doc: "The elements that must not be used."},
				{Name: "imports", Kind: Imports, NeverNull: true, Doc: "The packages that must not be imported, the standard library included: `path`, or `path/...` with all below it."},
				{Name: "except", Kind: Elements, NeverNull: true, Doc: "What is taken out of `from` and `to`."},
				{Name: "transitive", Kind: Bool, Default: "false", Doc: "Not through others either."},
			},
		},
	},
}

var kindBlock = Block{
	Type: "kind", Labels: name,
	Doc: "A sort of element of your own, written as `kind = kind.NAME`: what such elements must have and may use, and how they look.",
	Attrs: []Attribute{
		{Name: "of", Kind: Word, Words: elementTypes, Default: `"component"`, Doc: "Which block is of that kind."},
		{Name: "title", Kind: Text, Doc: "What it is called on cards and in the legend. Default: the block's name."},
		{Name: "requires", Kind: AttributeNames, NeverNull: true, Doc: "Attributes that each of them must have, such as `[\"owner\", \"technology\"]`."},
		{Name: "may_use", Kind: KindNames, NeverNull: true, Doc: "The only kinds and block types that they may use, such as `[kind.library, \"datastore\"]`."},
		shapeAttr,
		iconAttr,
		colorAttr,
		lineAttr,
		widthAttr,
		opacityAttr,
	},
}

var baselineBlock = Block{
	Type: "baseline",
	Doc:  "Findings that are accepted as they stand: `check --write-baseline` writes the file. At most one.",
	Attrs: []Attribute{
		{Name: "file", Kind: Path, Required: true, Doc: "The file that lists them."},
	},
}
