package config

import (
	"slices"
	"strings"

	"github.com/asbuilt/asbuilt/internal/icon"
	"github.com/asbuilt/asbuilt/internal/palette"
)

// What elements and relationships may look like.
var (
	shapeAttr = Attribute{
		Name: "shape", Kind: Word,
		Words: []string{"box", "component", "cylinder", "queue", "person", "hexagon", "cloud", "browser", "mobile", "bucket", "document"},
		Doc:   "The shape of the card.",
	}
	iconAttr    = Attribute{Name: "icon", Kind: IconName, Doc: "The picture on the card: an icon, `\"none\"`, or an SVG file such as `\"./icons/till.svg\"`."}
	colorAttr   = Attribute{Name: "color", Kind: ColorName, Doc: "A colour: `" + strings.Join(palette.Names(), "`, `") + "`, or one of a theme of yours. Words and lines in it can be read in light and in dark."}
	lineAttr    = Attribute{Name: "line", Kind: Word, Words: []string{"solid", "dashed", "dotted"}, Doc: "The line of a relationship, or around a card."}
	widthAttr   = Attribute{Name: "width", Kind: Number, Doc: "Its width in pixels, from 0.5 to 8."}
	opacityAttr = Attribute{Name: "opacity", Kind: Number, Doc: "From 0 to 1: of a relationship, which never becomes too pale to be seen, or of what fills a card."}
	themeAttr   = Attribute{Name: "theme", Kind: ThemeName, Doc: "The colours: `\"" + strings.Join(palette.Themes(), "\"`, `\"") + "\"`, or `theme.NAME`. Default: that of the architecture, else `\"" + palette.Themes()[0] + "\"`."}

	lookAttrs = []Attribute{shapeAttr, iconAttr, colorAttr, lineAttr, widthAttr, opacityAttr}
	lookNames = []string{"shape", "icon", "color", "line", "width", "opacity"}
)

// styleAttrs are those of styles, of the model and of a view.
var styleAttrs = slices.Concat([]Attribute{
	{Name: "match", Kind: Condition, Doc: "The elements it is for."},
	{Name: "match_edges", Kind: EdgeCondition, Doc: "The relationships it is for."},
	{Name: "title", Kind: Text, Doc: "Its words in the legend. Left out, the legend does not explain it."},
}, lookAttrs)

var styleBlock = Block{
	Type: "style", Labels: name,
	Doc:   "How some elements or relationships look, in every view. A later one outranks an earlier one.",
	Needs: []string{"match", "match_edges"},
	Attrs: styleAttrs,
}

var viewStyleBlock = Block{
	Type: "style", NotUnder: viewSequence, Labels: name, Many: true,
	Doc:   "How some elements or relationships look in this view alone. It outranks what is said elsewhere.",
	Needs: styleBlock.Needs,
	Attrs: styleAttrs,
}

var themeBlock = Block{
	Type: "theme", Labels: name,
	Doc: "Colours of your own, read as `theme.NAME`.",
	Attrs: []Attribute{
		{Name: "base", Kind: Word, Words: palette.Themes(), Default: `"` + palette.Themes()[0] + `"`, Doc: "The theme that it is, but for its colours."},
	},
	Blocks: []Block{{
		Type: "color", Labels: name, Many: true,
		Doc: "A colour: a new one, or one of the eight anew. Lines in it are drawn as it is wherever they can be seen so, else darker, in dark lighter; `check` says where, as `docs/contrast`.",
		Attrs: []Attribute{
			{Name: "light", Kind: ColorValue, Required: true, Doc: "On light pages, such as `\"#0b5fff\"`."},
			{Name: "dark", Kind: ColorValue, Doc: "On dark pages. Default: made from `light`."},
		},
	}},
}

// icons are the names that icon takes.
func icons() []string { return append(icon.Names(), icon.None) }
