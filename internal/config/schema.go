package config

import "slices"

// Block describes a block type: the one source for decoding, for suggestions, for "comes with a later
// version" and for docs/language.md.
type Block struct {
	Type   string
	Doc    string
	Labels []Label
	Attrs  []Attribute
	Blocks []Block
	// Many is true for a nested block that may stand several times.
	Many bool
	// Nests is true for a block that may stand inside of itself.
	Nests bool
	// Later marks a block that is promised and not built: an error, never accepted and ignored.
	Later bool
	// Needs lists attributes of which one at least must be written.
	Needs []string
	// Steps is true for a block that holds the steps of a sequence, besides its Blocks.
	Steps bool
	// Under is the label of the block under which it may stand, NotUnder one under which it may not; "" for all.
	Under, NotUnder string
	// Free is true for a block without labels whose attributes are names of the user's (locals).
	Free bool
}

// Label is one label of a block's header.
type Label struct {
	Name  string
	Words []string // the labels that exist; nil for a free name
	Later []string // the labels that are promised
	Text  bool     // any text may stand here, not only a name
	// Optional is true for a last label that may be left out.
	Optional bool
}

// Attribute describes an attribute.
type Attribute struct {
	Name     string
	Kind     Kind
	Doc      string
	Required bool
	Default  string   // as the page prints it
	Words    []string // the values that exist, for Word
	Accepts  []string // the element types that may stand here, for Element, Elements and Edges; nil for all
	Prose    bool     // a text of several lines
	Later    bool
	// Under is the label of the block under which it may stand, NotUnder one under which it may not; "" for all.
	Under, NotUnder string
	// NeverNull is true where null would silently take away what is judged.
	NeverNull bool
}

// Kind is what an attribute's value is, and so how it is decoded.
type Kind string

// The kinds of value, as the page names them.
const (
	Text     Kind = "string"
	Bool     Kind = "true or false"
	Number   Kind = "number"
	Word     Kind = "one of"
	Texts    Kind = "list of strings"
	Path     Kind = "path relative to the root"
	Link     Kind = "relative path, or https address"
	Date     Kind = "date, YYYY-MM-DD"
	Patterns Kind = "list of Go package patterns"
	Folders  Kind = "list of folders"
	Object   Kind = "object"
	Any      Kind = "any value"
	Levels   Kind = "object: rule id = error, warning or note"
	Rule     Kind = "`rule.NAME`, or a rule id"
	KindName Kind = "kind"
	// References to blocks that are no elements.
	EnvironmentName Kind = "environment"
	ViewName        Kind = "view"
	KindNames       Kind = "list of kinds and block types"
	ThemeName       Kind = "theme"
	IconName        Kind = "icon, or path of an SVG file relative to the root"
	ColorName       Kind = "name of a colour"
	ColorValue      Kind = "colour, #rrggbb"
	Imports         Kind = "list of package patterns"
	Modules         Kind = "list of module paths"
	Nodes           Kind = "list of node patterns"
	Globs           Kind = "list of paths"
	Ways            Kind = "one of, or a list" // of Words
	Layers          Kind = "list of sets of elements, top first"
	Subjects        Kind = "elements, or relationships"
	Relationships   Kind = "relationships"
	// The names of attributes.
	AttributeNames Kind = "list of attribute names"
	Instances      Kind = "map, or set of strings"
	Element        Kind = "element"
	Several        Kind = "element, or all instances of a block"
	Elements       Kind = "elements" // an element, a set, or any nesting of lists of them
	Ranks          Kind = "list of lists of elements"
	Team           Kind = "team"
	Condition      Kind = "condition over `self`" // evaluated later, once for each element
	Judgement      Kind = "condition over `self`; of relationships, also over `source` and `target`"
	EdgeCondition  Kind = "condition over `self`, `source` and `target`" // of relationships that are drawn, with their verdicts
	Message        Kind = "text, over the same"
	Address        Kind = "address" // an element that may be gone: read, never evaluated
	Type           Kind = "type"
	Version        Kind = "version constraint"
)

func (b *Block) attr(name string) *Attribute {
	for i := range b.Attrs {
		if b.Attrs[i].Name == name {
			return &b.Attrs[i]
		}
	}
	return nil
}

func (b *Block) block(name string) *Block {
	if b.Nests && b.Type == name {
		return b
	}
	for i := range b.Blocks {
		if b.Blocks[i].Type == name {
			return &b.Blocks[i]
		}
	}
	if !b.Steps {
		return nil
	}
	for i := range stepBlocks {
		if stepBlocks[i].Type == name {
			return &stepBlocks[i]
		}
	}
	return nil
}

// names lists what may stand in a block, for suggestions.
func (b *Block) names() (attrs, blocks []string) {
	for _, a := range b.Attrs {
		attrs = append(attrs, a.Name)
	}
	for _, n := range b.Blocks {
		blocks = append(blocks, n.Type)
	}
	if b.Nests {
		blocks = append(blocks, b.Type)
	}
	if b.Steps {
		blocks = append(blocks, stepNames()...)
	}
	return attrs, blocks
}

// Schema returns the root: a block whose Blocks are the top-level block types. The caller must not
// change it.
func Schema() *Block { return &schema }

// elementTypes are the block types that make elements, in the order of the page.
var elementTypes = []string{"person", "system", "component", "api", "datastore", "queue", "external"}

func isElementType(s string) bool { return slices.Contains(elementTypes, s) }
