package config

import "slices"

// Labels of fragments.
var (
	fragmentTitle = []Label{{Name: "TITLE", Text: true}}
	branchTitle   = []Label{{Name: "TITLE", Text: true, Optional: true}}
)

// stepBlocks are what a sequence is made of. Fragments hold them again, in any depth.
var stepBlocks = []Block{
	{
		Type: "step", Under: viewSequence, Many: true,
		Doc: "A message from one element to another, or to itself. Where no declared edge allows it, `check` says so.",
		Attrs: []Attribute{
			{Name: "from", Kind: Element, Required: true, Doc: "Who sends it."},
			{Name: "to", Kind: Element, Required: true, Doc: "Who gets it."},
			{Name: "label", Kind: Text, Doc: "What is said, in a few words. A reply may do without."},
			{Name: "async", Kind: Bool, Default: "false", Doc: "The sender does not wait."},
			{Name: "reply", Kind: Bool, Default: "false", Doc: "It answers an earlier step: it needs no edge."},
		},
	},
	{
		Type: "note", Under: viewSequence, Many: true,
		Doc: "A remark, drawn across the lifelines that it is about.",
		Attrs: []Attribute{
			{Name: "over", Kind: Elements, Required: true, Doc: "The elements that it is about."},
			{Name: "text", Kind: Text, Required: true, Prose: true, Doc: "What there is to know."},
		},
	},
	{
		Type: "alt", Labels: fragmentTitle, Under: viewSequence, Many: true, Steps: true,
		Doc: "One of several: the steps in it when what its title says is so, those of its `else` blocks otherwise.",
		Blocks: []Block{
			{
				Type: "else", Labels: branchTitle, Many: true, Steps: true,
				Doc: "What happens instead. With a title `else \"TITLE\"` it is one case of several. It stands after the steps of the alt.",
			},
		},
	},
	{
		Type: "opt", Labels: fragmentTitle, Under: viewSequence, Many: true, Steps: true,
		Doc: "Steps that happen only when what the title says is so.",
	},
	{
		Type: "loop", Labels: fragmentTitle, Under: viewSequence, Many: true, Steps: true,
		Doc: "Steps that happen again and again, as the title says.",
	},
	{
		Type: "par", Labels: branchTitle, Under: viewSequence, Many: true,
		Doc: "Branches that happen at the same time. It may have a title, `par \"TITLE\"`.",
		Blocks: []Block{
			{
				Type: "branch", Labels: branchTitle, Many: true, Steps: true,
				Doc: "One of them. It may have a title, `branch \"TITLE\"`.",
			},
		},
	},
}

// isStepBlock reports whether a block is one of a sequence.
func isStepBlock(name string) bool {
	return slices.Contains([]string{"step", "note", "alt", "else", "opt", "loop", "par", "branch"}, name)
}

// stepNames are the blocks that stand in a sequence.
func stepNames() []string {
	names := make([]string, len(stepBlocks))
	for i := range stepBlocks {
		names[i] = stepBlocks[i].Type
	}
	return names
}
