package config

import (
	"fmt"
	"strings"

	"github.com/asbuilt/asbuilt/pkg/arch"
	"github.com/asbuilt/asbuilt/pkg/finding"
	"github.com/asbuilt/asbuilt/pkg/source"
)

// autoLandscape is the name of the view of everything that nobody writes.
const autoLandscape = "landscape"

// expectAuto lets views refer to those that nobody wrote, before it is known whether auto is true: those of systems that
// have a name without a key.
func (l *loader) expectAuto() {
	b, views := l.names.singles["architecture"], l.names.named["view"]
	if b == nil || b.attrs["auto"] == nil {
		return
	}
	for _, name := range append([]string{autoLandscape}, l.names.byType[arch.TypeSystem]...) {
		if _, written := views[name]; !written {
			views[name] = nil
		}
	}
}

// autoViews are the views that nobody wrote: of everything, and of every system.
func (l *loader) autoViews() []*arch.View {
	b := l.names.singles["architecture"]
	if b == nil || !l.auto || len(l.graph.model.Elements) == 0 {
		return nil
	}
	taken := map[string]source.Range{}
	var out []*arch.View
	add := func(v *arch.View) {
		if l.names.singles[viewKey(v.Name)] != nil {
			return
		}
		if at, twice := taken[viewKey(v.Name)]; twice || reserved.MatchString(v.Name) {
			l.report.addFinding(autoTaken(v, at))
			return
		}
		taken[viewKey(v.Name)] = v.At
		v.Auto, v.Direction, v.OfAt = true, "down", v.At
		out, l.names.autoViews[v.Name] = append(out, v), true
	}
	add(&arch.View{Kind: viewLandscape, Name: autoLandscape, At: l.report.place(b.attrs["auto"].hcl.SrcRange)})
	for _, e := range l.graph.model.Elements {
		if e.Type == arch.TypeSystem {
			add(&arch.View{Kind: viewContainer, Name: autoName(e), Of: e.Address, At: e.At})
		}
	}
	return out
}

// autoName is the system's name; the key of an instance is made a part of a name.
func autoName(e *arch.Element) string {
	if e.Key == "" {
		return e.Name
	}
	plain := func(c rune) rune {
		if strings.ContainsRune("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-", c) {
			return c
		}
		return '-'
	}
	return e.Name + "-" + strings.Map(plain, e.Key)
}

// viewKey is the same for names that are one file on some system.
func viewKey(name string) string { return "view." + strings.ToLower(name) }

// autoTaken says that a view that nobody wrote cannot have its name.
func autoTaken(v *arch.View, by source.Range) finding.Finding {
	f := finding.Finding{
		Rule: ruleDuplicate, Severity: finding.Error, At: v.At, Subject: finding.Subject{Element: v.Of},
		Message: fmt.Sprintf("two views would be called %q by auto = true", v.Name),
		Fix:     &finding.Fix{Message: fmt.Sprintf("write one of them yourself, under its own name, and one called %q", v.Name)},
		Related: []finding.Related{{Message: "the first is of this", At: by}},
	}
	if by == (source.Range{}) {
		f.Rule, f.Related = ruleValue, nil
		f.Message = fmt.Sprintf("a view cannot be called %q, as auto = true would call it: some systems keep that name for a device", v.Name)
		f.Fix.Message = "rename the system, or write the views yourself"
	}
	return f
}

// viewName decodes a reference to a view.
func (f *frame) viewName(attribute string) string {
	name := f.reference(attribute, "view")
	if name == "" || f.names.named["view"][name] != nil || f.names.autoViews[name] {
		return name
	}
	f.wrong(ruleUnknown, f.at(attribute), "there is no view."+name, "write one, or say auto = true in the architecture block")
	return ""
}
