package config

import (
	"fmt"
	"path"
	"slices"
	"strings"

	"github.com/zclconf/go-cty/cty"

	"github.com/asbuilt/asbuilt/internal/palette"
	"github.com/asbuilt/asbuilt/internal/phrase"
	"github.com/asbuilt/asbuilt/pkg/arch"
	"github.com/asbuilt/asbuilt/pkg/finding"
	"github.com/asbuilt/asbuilt/pkg/source"
)

// look decodes how something is drawn.
func (f *frame) look() arch.Look {
	l := arch.Look{Shape: f.word("shape"), Icon: f.icon("icon"), Color: f.color("color"), Line: f.word("line"), Opacity: f.hundredths("opacity")}
	l.Width, _ = f.number("width", 0.5, 8)
	if l.Color != "" {
		l.ColorAt = f.report.place(f.at("color"))
	}
	return l
}

// icon decodes the name of an icon, or the path of a file.
func (f *frame) icon(name string) *arch.Icon {
	s, ok := f.textOK(name)
	if !ok {
		return nil
	}
	i := &arch.Icon{Name: s, At: f.report.place(f.at(name))}
	switch {
	case slices.Contains(icons(), s):
	case strings.EqualFold(path.Ext(s), ".svg"):
		if problem := pathProblem(s); problem != "" {
			f.wrong(ruleValue, f.at(name), fmt.Sprintf("%s %q %s", name, clip(s), problem), "write a path relative to the root, with slashes")
			return nil
		}
		i.Name, i.File = path.Clean(s), true
	default:
		f.wrong(ruleUnknown, f.at(name), fmt.Sprintf("there is no icon %q", clip(s)), didYouMeanOr(s, icons(), "the name of a file of yours ends in .svg; there are "+phrase.Choice(icons())))
		return nil
	}
	return i
}

// color decodes the name of a colour that some theme has. Whether the themes that are used have it is said when all of
// them are known.
func (f *frame) color(name string) string {
	s, ok := f.textOK(name)
	if !ok || slices.Contains(palette.Names(), s) {
		return s
	}
	all := palette.Names()
	for _, t := range f.themes {
		for _, c := range t.Colors {
			all = append(all[:len(all):len(all)], c.Name)
		}
	}
	if !slices.Contains(all, s) {
		fix := "there are " + phrase.Choice(all)
		if _, isValue := palette.Parse(s); isValue {
			fix = "give it a name in a theme of yours: theme \"NAME\" { color \"NAME\" { light = … } }"
		}
		f.wrong(ruleUnknown, f.at(name), fmt.Sprintf("there is no colour %q", clip(s)), didYouMeanOr(s, all, fix))
		return ""
	}
	return s
}

// checkColors reports colours that the theme of a view lacks in which they are drawn.
func (l *loader) checkColors(m *arch.Model) {
	for _, v := range m.Views {
		_, own := m.ThemeOf(v)
		for _, look := range m.LooksIn(v) {
			if look.Color == "" || slices.Contains(palette.Names(), look.Color) || slices.ContainsFunc(own, func(c arch.Color) bool { return c.Name == look.Color }) {
				continue
			}
			l.report.addFinding(finding.Finding{
				Rule: ruleUnknown, Severity: finding.Error, At: look.ColorAt, Subject: finding.Subject{Path: look.ColorAt.File},
				Message: fmt.Sprintf("the theme of the view %q has no colour %q", v.Name, look.Color),
				Fix:     &finding.Fix{Message: "give the view a theme that has it, or add the colour to its theme"},
			})
		}
	}
}

func (f *frame) hundredths(name string) *int {
	v, ok := f.number(name, 0, 1)
	if !ok {
		return nil
	}
	n := int(float64(v*100) + 0.5)
	return &n
}

// number decodes a number of a range.
func (f *frame) number(name string, least, most float64) (float64, bool) {
	v, ok := f.convert(name, cty.Number, "a number")
	if !ok {
		return 0, false
	}
	x, _ := v.AsBigFloat().Float64()
	if x < least || x > most {
		f.wrong(ruleValue, f.at(name), fmt.Sprintf("%s takes a number from %g to %g", name, least, most), "")
		return 0, false
	}
	return x, true
}

// style decodes a style, of the model or of a view.
func (f *frame) style() *arch.Style {
	b := f.block
	s := &arch.Style{
		Name: b.labels[0], Title: f.text("title"), Match: f.predicate("match", elementSubjects(f.graph.model.Elements)),
		MatchEdges: f.predicate("match_edges", f.edgeSortsIf("match_edges")), Look: f.look(), At: f.report.place(b.header()),
	}
	if !slices.ContainsFunc(lookNames, func(n string) bool { return b.attrs[n] != nil }) {
		f.wrong(ruleMissing, b.header(), "the style changes nothing", "add "+phrase.Choice(lookNames))
	}
	for _, n := range []string{"shape", "icon"} {
		if b.attrs[n] != nil && b.attrs["match"] == nil {
			f.wrong(rulePlace, f.at(n), "a relationship has no "+n, "take it out, or say with match which elements have it")
		}
	}
	if s.Match == nil && s.MatchEdges == nil {
		return nil // it had a finding
	}
	return s
}

func (l *loader) styleList() []*arch.Style {
	var out []*arch.Style
	for _, b := range l.styles {
		if s := l.frame(b, late).style(); s != nil {
			out = append(out, s)
		}
	}
	return out
}

// stylesOf decodes the styles of a view.
func (f *frame) stylesOf(v *arch.View) {
	for _, n := range f.named("style", "the view has two styles %q", "rename one, or merge them") {
		if s := n.style(); s != nil {
			v.Styles = append(v.Styles, s)
		}
	}
}

// theme decodes the name of a theme: one of ours as a string, one of the model as a reference.
func (f *frame) theme(name string) string {
	s, ok := f.textOK(name)
	if !ok {
		return ""
	}
	quoted, own := isQuoted(f.block.attrs[name].hcl.Expr), f.names.named["theme"][s] != nil
	switch {
	case slices.Contains(palette.Themes(), s), own && !quoted:
		return s
	case own:
		f.wrong(ruleType, f.at(name), fmt.Sprintf("the theme %q is written as a reference", s), "write theme."+s)
	default:
		f.wrong(ruleUnknown, f.at(name), fmt.Sprintf("there is no theme %q", clip(s)), didYouMeanOr(s, palette.Themes(), "there are "+phrase.Choice(palette.Themes())+"; one of yours is written theme.NAME"))
	}
	return ""
}

func (l *loader) themeList() []*arch.Theme {
	var out []*arch.Theme
	for _, b := range l.themeBlocks {
		f := l.frame(b, early)
		t := &arch.Theme{Name: b.labels[0], Base: f.word("base"), At: l.report.place(b.header())}
		if t.Base == "" {
			t.Base = palette.Themes()[0]
		}
		if slices.Contains(palette.Themes(), t.Name) {
			f.wrong(ruleValue, b.hcl.LabelRanges[0], fmt.Sprintf("a theme cannot be called %q: that is one of those there are", t.Name), "choose another name, and base = \""+t.Name+"\" to build on it")
		}
		t.Colors = f.colors(t.Base)
		out = append(out, t)
	}
	return out
}

// colors decodes the colours of a theme, sorted by name.
func (f *frame) colors(base string) []arch.Color {
	var out []arch.Color
	for name, n := range f.named("color", "the theme has two colours %q", "rename one, or take one out") {
		c := arch.Color{Name: name}
		c.Light, c.At = n.colorValue("light")
		if c.Light == "" {
			continue
		}
		if c.Dark, c.DarkAt = n.colorValue("dark"); c.Dark == "" {
			c.Dark = palette.Darker(base, c.Light)
		}
		out = append(out, c)
	}
	slices.SortFunc(out, func(a, b arch.Color) int { return strings.Compare(a.Name, b.Name) })
	return out
}

func (f *frame) colorValue(name string) (string, source.Range) {
	s, ok := f.textOK(name)
	if !ok {
		return "", source.Range{}
	}
	value, ok := palette.Parse(s)
	if !ok {
		f.wrong(ruleValue, f.at(name), fmt.Sprintf("%s %q is no colour", name, clip(s)), `write it as #rrggbb, such as "#0b5fff"`)
		return "", source.Range{}
	}
	return value, f.report.place(f.at(name))
}
