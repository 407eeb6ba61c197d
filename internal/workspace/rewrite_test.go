package workspace_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/asbuilt/asbuilt/internal/config"
	"github.com/asbuilt/asbuilt/internal/rewrite"
	"github.com/asbuilt/asbuilt/pkg/arch"
	"github.com/asbuilt/asbuilt/pkg/finding"
	"github.com/asbuilt/asbuilt/pkg/source"
)

// names are the components of a drawn architecture.
var names = []string{"a", "b", "c", "d", "e"}

// drawnText is an architecture in hostile form: lists in every manner, comments wherever they may stand. Comments
// that no change may take along hold the word "keep"; those behind an item name the item: "on a b".
func drawnText(t *rapid.T) string {
	var b strings.Builder
	keep := 0
	comment := func() string {
		if !rapid.Bool().Draw(t, "comment") {
			return ""
		}
		keep++
		return rapid.SampledFrom([]string{"# keep%d\n", "// keep%d }\n", "/* keep%d ] */\n", "/* keep%d\n } */\n", "\n# keep%d\n\n"}).Draw(t, "form")
	}
	say := func(format string) {
		if strings.Contains(format, "%d") {
			format = fmt.Sprintf(format, keep)
		}
		b.WriteString(format)
	}
	for _, name := range names {
		say(comment())
		b.WriteString("\n")
		others := rapid.SliceOfNDistinct(rapid.SampledFrom(slices.DeleteFunc(slices.Clone(names), func(o string) bool { return o == name })), 0, 3, rapid.ID[string]).Draw(t, "others")
		var refs []string
		for _, o := range others {
			refs = append(refs, "component."+o)
		}
		list := ""
		switch rapid.IntRange(0, 5).Draw(t, "manner") {
		case 0:
			list = "depends_on=[" + strings.Join(refs, ",") + "]"
		case 1:
			list = "depends_on = [" + strings.Join(append(refs, ""), " , ") + "]"
			if len(refs) == 0 {
				list = "depends_on = [ ]"
			}
		case 2:
			list = "depends_on = [\n"
			for i, r := range refs {
				list += "  " + r + ", # on " + name + " " + others[i] + "\n"
			}
			list += "]"
		case 3:
			list = "depends_on = [\n" + strings.Join(refs, ",\n\n") + "\n]"
		case 4:
			list = "depends_on = [" + strings.Join(refs, "\n,\n  ") + " ]"
		default:
			if len(refs) > 0 { // one of them in words
				b.WriteString("component \"" + name + "\" {\n uses { to = " + refs[0] + " }\n")
				for _, r := range refs[1:] {
					b.WriteString("  uses {\n to = " + r + "\nlabel = \"l\"\n}\n")
				}
				b.WriteString("}\n")
				continue
			}
		}
		switch {
		case list == "":
			b.WriteString("component \"" + name + "\" {}\n")
		case rapid.Bool().Draw(t, "one line") && !strings.Contains(list, "#"):
			b.WriteString("component " + name + " { " + list + " }\n")
		default:
			b.WriteString("component \"" + name + "\" {\n")
			say(comment())
			if rapid.Bool().Draw(t, "heredoc") {
				b.WriteString("description=<<-END\n depends_on = [\n END\n")
			}
			b.WriteString(list + "\n")
			say(comment())
			b.WriteString("tags=[\"" + name + "\"]\n}\n")
		}
	}
	b.WriteString("\nwaiver \"w\" {\nrule=\"code/undeclared\"\n}\nwaiver x { rule = \"code/undeclared\" }\n")
	return b.String()
}

func load(t require.TestingT, text []byte) *arch.Model {
	m, told := config.Load([]config.File{{Name: "m.arch.hcl", Data: text}}, config.Options{Rules: []string{"code/undeclared"}})
	for _, f := range told {
		require.NotEqual(t, finding.Error, f.Severity, "%s %s: %s\n%s", f.At, f.Rule, f.Message, text)
	}
	return m
}

// drawnChanges are some of what can be done to a model.
func drawnChanges(t *rapid.T, m *arch.Model) []arch.Change {
	var out []arch.Change
	for _, e := range m.Edges {
		if rapid.IntRange(0, 2).Draw(t, "remove") == 0 {
			out = append(out, arch.Change{Action: arch.Remove, Edge: e})
		}
	}
	for _, w := range m.Waivers {
		if rapid.Bool().Draw(t, "waiver") {
			out = append(out, arch.Change{Action: arch.Remove, Waiver: w})
		}
	}
	from := names
	if rapid.Bool().Draw(t, "element") {
		out = append(out, arch.Change{Action: arch.Add, Element: &arch.Element{
			Address: "component.new", Type: "component", Name: "new", Title: rapid.SampledFrom([]string{"", "The \"new\" ${one}", "日本"}).Draw(t, "title"),
			Code: &arch.Code{Go: []arch.Pattern{{Text: "./new/..."}}}, Bindings: []string{"go"},
		}})
		from = append(slices.Clone(names), "new")
	}
	for _, a := range from {
		for _, b := range names {
			if a == b || len(m.EdgesBetween("component."+a, "component."+b)) > 0 || rapid.IntRange(0, 3).Draw(t, "add") != 0 {
				continue
			}
			e := &arch.Edge{From: "component." + a, To: "component." + b}
			if rapid.IntRange(0, 3).Draw(t, "kind") == 0 {
				e.Kind = arch.EdgeImport
			}
			out = append(out, arch.Change{Action: arch.Add, Edge: e})
		}
	}
	return out
}

// TestChangesAreExactlyTheText holds text that was changed against the changed model: it loads as exactly that, is in
// the one form, and holds every comment that does not belong to what went.
func TestChangesAreExactlyTheText(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		before := []byte(drawnText(t))
		switch rapid.IntRange(0, 3).Draw(t, "ends") {
		case 0:
			before = []byte(strings.ReplaceAll(string(before), "\n", "\r\n"))
		case 1:
			before = []byte("\ufeff" + strings.TrimRight(string(before), "\n"))
		}
		m := load(t, before)
		changes := drawnChanges(t, m)
		plan, told := rewrite.Apply([]rewrite.File{{Name: "m.arch.hcl", Data: before}}, "m.arch.hcl", changes)
		require.Empty(t, told)
		require.Empty(t, plan.Left)
		if len(changes) == 0 {
			require.Empty(t, plan.Files)
			return
		}
		require.Len(t, plan.Files, 1)
		after := plan.Files[0].After
		form, _ := rewrite.Format("m.arch.hcl", after)
		require.Equal(t, string(form), string(after))
		formed, _ := rewrite.Format("m.arch.hcl", before) // the line ends inside a text become LF with the rest
		diff := cmp.Diff(load(t, formed).Apply(changes...), load(t, after), cmpopts.IgnoreUnexported(arch.Model{}), cmpopts.IgnoreTypes(source.Range{}),
			cmpopts.IgnoreFields(arch.Edge{}, "Literal"), cmpopts.EquateEmpty())
		require.Empty(t, diff, "%s\n%s\n%v\n%s", diff, before, changes, after)
		gone := map[string]bool{}
		for _, c := range changes {
			if c.Action == arch.Remove && c.Edge != nil {
				gone[strings.ReplaceAll("on "+c.Edge.From+" "+c.Edge.To, "component.", "")] = true
			}
		}
		for line := range strings.Lines(strings.ReplaceAll(string(before), "\r\n", "\n")) {
			if i := strings.Index(line, "keep"); i >= 0 {
				require.Contains(t, string(after), strings.TrimSpace(line[i:]), "%s\n%v\n%s", before, changes, after)
			}
			if i := strings.Index(line, "# on "); i >= 0 && !gone[strings.TrimSpace(line[i+2:])] {
				require.Contains(t, string(after), strings.TrimSpace(line[i:]))
			}
		}
	})
}
