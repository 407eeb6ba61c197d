package config

import "slices"

// schema is the whole language. It is data: nothing changes it.
var schema = Block{
	Blocks: slices.Concat(
		[]Block{architectureBlock, variableBlock, localsBlock, teamBlock},
		elementBlocks,
		[]Block{kindBlock, themeBlock, observeBlock, ruleBlock, waiverBlock, baselineBlock, environmentBlock, viewBlock, styleBlock, movedBlock},
		laterBlocks,
	),
}

// What stands in several blocks.
var (
	titleAttr       = Attribute{Name: "title", Kind: Text, Doc: "The name people read. Default: the block's name."}
	descriptionAttr = Attribute{Name: "description", Kind: Text, Prose: true, Doc: "One or two sentences."}
	metadataAttr    = Attribute{Name: "metadata", Kind: Object, Doc: "Free data of your own: the only place where names are yours."}
)

var name = []Label{{Name: "NAME"}}

var architectureBlock = Block{
	Type: "architecture", Labels: name,
	Doc: "What holds for the whole model. At most one.",
	Attrs: []Attribute{
		titleAttr,
		descriptionAttr,
		{Name: "version", Kind: Text, Doc: "Stamped on every picture."},
		{Name: "out", Kind: Path, Default: `"docs/architecture"`, Doc: "The folder of the pictures. `{version}` in it is replaced by `version`."},
		{Name: "required_version", Kind: Version, Doc: "Which versions of asbuilt may read these files, such as `\">= 0.1, < 2\"`."},
		{Name: "strict", Kind: Bool, Default: "false", Doc: "A package that no element owns is an error, not a warning."},
		{
			Name: "edges", Kind: Word, Words: []string{"declared", "transitive", "open"}, Default: `"declared"`,
			Doc: "What an undeclared use is: an error (`declared`), allowed when declared edges imply it (`transitive`), or allowed (`open`).",
		},
		{Name: "auto", Kind: Bool, Default: "false", Doc: "Views that nobody writes: `landscape`, and of every system one of kind `container`, named like the system. A view of that name, of whatever kind, takes its place."},
		{Name: "severity", Kind: Levels, Doc: "Levels of built-in rules."},
		themeAttr,
	},
}

var variableBlock = Block{
	Type: "variable", Labels: name,
	Doc: "A value from outside, `--var NAME=VALUE`, read as `var.NAME`.",
	Attrs: []Attribute{
		{Name: "type", Kind: Type, Default: "any", Doc: "`string`, `number`, `bool`, `list(…)`, `set(…)`, `map(…)`, `object({…})`, `tuple([…])` or `any`."},
		{Name: "default", Kind: Any, Doc: "The value when none is given. Without a default the variable is required."},
		descriptionAttr,
	},
}

var localsBlock = Block{
	Type: "locals", Free: true, Many: true,
	Doc: "Names for expressions, read as `local.NAME`. Several blocks are merged.",
}

var teamBlock = Block{
	Type: "team", Labels: name,
	Doc: "Who owns elements.",
	Attrs: []Attribute{
		titleAttr,
		descriptionAttr,
		{Name: "codeowners", Kind: Text, Doc: "The team's name in a CODEOWNERS file."},
		metadataAttr,
	},
}

var observerLabels = []Label{{
	Name: "KIND", Words: []string{observeGo, observeGraph},
	Later: []string{"compose", "kubernetes", "proto", "openapi", "traces"},
}}

// The kinds of observer.
const (
	observeGo    = "go"    // Go imports
	observeGraph = "graph" // evidence that something else wrote
)

var observeBlock = Block{
	Type: "observe", Labels: observerLabels,
	Doc: "Where evidence comes from. Without any, `observe \"go\"` at the root when a go.mod or go.work is there.",
	Attrs: []Attribute{
		{Name: "roots", Kind: Folders, Under: observeGo, Default: `["."]`, Doc: "Folders that hold a module or a go.work."},
		{Name: "files", Kind: Globs, Under: observeGraph, NeverNull: true, Doc: "Evidence files: paths, in which `*` stands for a part of a name and `**` for any folders."},
		{Name: "exclude", Kind: Patterns, Under: observeGo, Doc: "Packages to leave out. Each pattern must match something."},
		{
			Name: "tests", Kind: Word, Words: []string{"label", "ignore", "enforce"}, Default: `"label"`,
			Doc: "What an edge is that exists only in tests: a note, nothing, or an edge as any other.",
		},
		{Name: "exact", Kind: Bool, Under: observeGo, Default: "false", Doc: "Ask the go command instead of reading imports."},
	},
}

var waiverBlock = Block{
	Type: "waiver", Labels: name,
	Doc: "Accepts findings of one rule for a while. `from`, `to`, `element` and `path` narrow it. `check` says when reason, owner or date are missing.",
	Attrs: []Attribute{
		{Name: "rule", Kind: Rule, Required: true, Doc: "A rule of yours by reference, a built-in one by its id."},
		{Name: "from", Kind: Several, Doc: "Where the finding's edge begins."},
		{Name: "to", Kind: Several, Doc: "Where it ends."},
		{Name: "element", Kind: Several, Doc: "The element that the finding is about."},
		{Name: "path", Kind: Path, Doc: "The file or folder that the finding is about."},
		{Name: "reason", Kind: Text, Prose: true, Doc: "Why it is accepted."},
		{Name: "owner", Kind: Team, Doc: "Who will see to it."},
		{Name: "ticket", Kind: Text, Doc: "Where the work is tracked."},
		{Name: "expires", Kind: Date, Doc: "The last day on which it holds."},
	},
}

var movedBlock = Block{
	Type: "moved", Many: true,
	Doc: "Records a rename, so that layout, history, baselines and links live on.",
	Attrs: []Attribute{
		{Name: "from", Kind: Address, Required: true, Doc: "The old address. Nothing may be declared there any more."},
		{Name: "to", Kind: Address, Required: true, Doc: "The new address."},
	},
}

var laterBlocks = []Block{
	{Type: "module", Labels: name, Later: true, Doc: "Another folder of *.arch.hcl, with variables in and addresses out."},
	{Type: "decision", Labels: name, Later: true, Doc: "An architecture decision record."},
}
