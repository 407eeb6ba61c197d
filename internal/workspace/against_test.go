package workspace_test

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/rogpeppe/go-internal/txtar"
	"github.com/stretchr/testify/require"

	"github.com/asbuilt/asbuilt/internal/git/gittest"
	"github.com/asbuilt/asbuilt/internal/workspace"
	"github.com/asbuilt/asbuilt/pkg/finding"
)

// governed is a project with every sort of policy, and no finding.
const governed = `
-- shop.arch.hcl --
architecture "shop" {
  strict   = true
  severity = { "code/planned" = "warning" }
}
observe "go" {
  roots   = ["."]
  exclude = ["./gen/..."]
  tests   = "label"
}
kind "service" {
  requires = ["owner", "technology"]
  may_use  = [kind.service, "datastore"]
}
team "payments" {}
component "web" {
  tags       = ["ui"]
  depends_on = [component.store]
  code {
    go           = ["./web", "./web/internal", "./web/webtest"]
    test_support = ["./web/webtest"]
    modules      = ["example.com/allowed"]
  }
}
component "store" {
  kind       = kind.service
  owner      = team.payments
  technology = "Go"
  status     = "deprecated"
  code {
    go      = ["./store/..."]
    exposes = ["./store"]
  }
}
component "tool" {
  code { go = ["./tool"] }
}
component "lib" {
  shared = true
  code { go = ["./lib"] }
}
rule "ui" {
  deny {
    from       = tagged("ui")
    to         = [component.tool]
    except     = [component.lib]
    transitive = true
  }
  deny {
    from    = components()
    imports = ["os/exec", "plugin"]
  }
}
rule "floors" {
  layers = [[component.web], [component.store], [component.lib]]
  closed = true
}
rule "apart" {
  independent = [component.tool, component.lib]
  severity    = "warning"
}
rule "round" {
  acyclic = components()
}
rule "gate" {
  only    = [component.web]
  may_use = [component.store]
  via     = ["import", "call"]
}
rule "few" {
  for_each      = components()
  condition     = length(outgoing(self)) <= 8
  error_message = "too many"
}
waiver "debt" {
  rule    = "code/undeclared"
  from    = component.tool
  to      = component.store
  reason  = "old"
  owner   = team.payments
  expires = "2027-01-31"
}
-- go.mod --
module example.com/m

go 1.26
-- web/web.go --
package web

import _ "example.com/m/store"
-- web/internal/x.go --
package internal
-- web/webtest/x.go --
package webtest
-- store/store.go --
package store
-- store/inner/x.go --
package inner
-- tool/tool.go --
package tool

import _ "example.com/m/store"
-- lib/lib.go --
package lib
-- gen/gen.go --
package gen
-- old/placeholder --
`

// edit is a replacement in a file: of all of it when before is empty; "-" removes the file, "link:TARGET" makes
// it a link.
type edit struct{ file, before, after string }

func hcl(before, after string) edit { return edit{"shop.arch.hcl", before, after} }

// committed writes a project and commits it on main.
func committed(t *testing.T, project string) string {
	t.Helper()
	dir := t.TempDir()
	require.NoError(t, txtar.Write(txtar.Parse([]byte(project)), dir))
	gittest.Init(t, dir)
	gittest.Commit(t, dir)
	return dir
}

// changed is a copy of a committed project with edits.
func changed(t *testing.T, base string, edits ...edit) string {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "copy")
	require.NoError(t, os.CopyFS(dir, os.DirFS(base)))
	for _, e := range edits {
		name := filepath.Join(dir, filepath.FromSlash(e.file))
		if e.after == "-" && e.before == "" {
			require.NoError(t, os.RemoveAll(name))
			continue
		}
		after := e.after
		if e.before != "" {
			data, err := os.ReadFile(name)
			require.NoError(t, err)
			require.Contains(t, string(data), e.before)
			after = strings.Replace(string(data), e.before, e.after, 1)
		}
		require.NoError(t, os.MkdirAll(filepath.Dir(name), 0o755))
		if target, ok := strings.CutPrefix(after, "link:"); ok {
			require.NoError(t, os.Remove(name))
			require.NoError(t, os.Symlink(target, name))
			continue
		}
		require.NoError(t, os.WriteFile(name, []byte(after), 0o644))
	}
	return dir
}

// against checks a folder against a commit on a fixed day.
func against(t *testing.T, dir, ref string) ([]finding.Finding, *finding.Against, error) {
	t.Helper()
	w, err := workspace.Open(workspace.Env{Dir: dir, Today: time.Date(2026, 6, 1, 12, 0, 0, 0, time.UTC)})
	require.NoError(t, err)
	defer w.Close()
	return w.Snapshot(context.Background()).Against(ref)
}

// failures are the errors and warnings against main, one a line: severity, rule and subject.
func failures(t *testing.T, dir string) []string {
	t.Helper()
	findings, _, err := against(t, dir, "main")
	require.NoError(t, err)
	out := []string{}
	for _, f := range findings {
		if f.Active() && f.Severity != finding.Note {
			s := f.Subject
			out = append(out, strings.Join(strings.Fields(fmt.Sprint(f.Severity, " ", f.Rule, " ", s.From, " ", s.To, " ", s.Element, " ", s.Path)), " "))
		}
	}
	slices.Sort(out)
	return out
}

// TestEachLoosening has one change a case, which does nothing but loosen the policy in one way.
func TestEachLoosening(t *testing.T) {
	base := committed(t, governed)
	for name, c := range map[string]struct {
		edits []edit
		want  []string // what gate/weakened is about
	}{
		"strict switched off":     {[]edit{hcl("strict   = true", "strict   = false")}, []string{"architecture strict"}},
		"edges open":              {[]edit{hcl("strict   = true", "strict = true\n edges = \"open\"")}, []string{"architecture edges"}},
		"edges transitive":        {[]edit{hcl("strict   = true", "strict = true\n edges = \"transitive\"")}, []string{"architecture edges"}},
		"severity lowered":        {[]edit{hcl(`"code/planned" = "warning"`, `"code/absent" = "note"`)}, []string{"architecture severity code/absent", "architecture severity code/planned"}},
		"severity of the gate":    {[]edit{hcl(`"code/planned" = "warning"`, `"code/planned" = "warning", "gate/weakened" = "note"`)}, []string{"architecture severity gate/weakened"}},
		"rule removed":            {[]edit{hcl("rule \"round\" {\n  acyclic = components()\n}\n", "")}, []string{"rule.round"}},
		"rule of another kind":    {[]edit{hcl("acyclic = components()", "independent = [component.tool, component.lib]")}, []string{"rule.round"}},
		"rule renamed and weaker": {[]edit{hcl("rule \"round\" {\n  acyclic = components()\n}", "rule \"ring\" {\n  acyclic = [component.web, component.store]\n}")}, []string{"rule.round"}},
		"rule severity":           {[]edit{hcl("acyclic = components()", "acyclic = components()\n severity = \"note\"")}, []string{"rule.round severity"}},
		"rule severity lower yet": {[]edit{hcl(`severity    = "warning"`, `severity = "note"`)}, []string{"rule.apart severity"}},
		"via narrowed":            {[]edit{hcl(`via     = ["import", "call"]`, `via = ["call"]`)}, []string{"rule.gate via"}},
		"from narrowed":           {[]edit{hcl(`from    = components()`, `from = [component.web, component.tool, component.lib]`)}, []string{"rule.ui deny.from (2)"}},
		"to narrowed":             {[]edit{hcl(`to         = [component.tool]`, `to = [component.lib]`)}, []string{"rule.ui deny.to (1)"}},
		"except grown":            {[]edit{hcl(`except     = [component.lib]`, `except = [component.lib, component.web]`)}, []string{"rule.ui deny.except (1)"}},
		"except added":            {[]edit{hcl(`imports = ["os/exec", "plugin"]`, "imports = [\"os/exec\", \"plugin\"]\n except = [component.tool]")}, []string{"rule.ui deny.except (2)"}},
		"imports fewer":           {[]edit{hcl(`imports = ["os/exec", "plugin"]`, `imports = ["plugin"]`)}, []string{"rule.ui deny.imports os/exec (2)"}},
		"transitive off":          {[]edit{hcl("    transitive = true\n", "")}, []string{"rule.ui deny.transitive (1)"}},
		"layer left":              {[]edit{hcl("[component.store], [component.lib]", "[component.store]")}, []string{"rule.floors layers"}},
		"layers swapped":          {[]edit{hcl("[component.web], [component.store]", "[component.store], [component.web]")}, []string{"rule.floors layers component.store component.web", "rule.floors layers component.web component.lib"}},
		"layers merged":           {[]edit{hcl("[component.web], [component.store], ", "[component.web, component.store], ")}, []string{"rule.floors layers component.store component.web", "rule.floors layers component.web component.lib"}},
		"closed off":              {[]edit{hcl("  closed = true\n", "")}, []string{"rule.floors closed"}},
		"members fewer":           {[]edit{hcl("[component.tool, component.lib]", "[component.web, component.lib]")}, []string{"rule.apart members"}},
		"only grown":              {[]edit{hcl("only    = [component.web]", "only = [component.web, component.tool]")}, []string{"rule.gate only"}},
		"may_use fewer":           {[]edit{hcl("may_use = [component.store]", "may_use = [component.lib]")}, []string{"rule.gate may_use"}},
		"for_each fewer":          {[]edit{hcl("for_each      = components()", "for_each = [component.web]")}, []string{"rule.few for_each"}},
		"condition looser":        {[]edit{hcl("length(outgoing(self)) <= 8", "length(outgoing(self)) <= 9")}, []string{"rule.few condition"}},
		"condition incomparable":  {[]edit{hcl("length(outgoing(self)) <= 8", `length(outgoing(self)) <= 8 || self.name == "elsewhere"`)}, []string{"rule.few condition"}},
		"condition always true":   {[]edit{hcl("length(outgoing(self)) <= 8", "true")}, []string{"rule.few condition"}},
		"a tag that a rule reads": {[]edit{hcl(`tags       = ["ui"]`, `tags = ["face"]`), hcl("tagged(\"ui\")", "tagged(\"ui\")")}, []string{"rule.ui deny.from (1)"}},
		"waiver added":            {[]edit{hcl("waiver \"debt\"", "waiver \"more\" {\n rule = \"code/undeclared\"\n from = component.lib\n reason = \"r\"\n owner = team.payments\n expires = \"2026-12-31\"\n}\nwaiver \"debt\"")}, []string{"waiver.more"}},
		"waiver widened":          {[]edit{hcl("  to      = component.store\n", "")}, []string{"waiver.debt scope"}},
		"waiver prolonged":        {[]edit{hcl("2027-01-31", "2027-02-01")}, []string{"waiver.debt expires"}},
		"waiver of another rule":  {[]edit{hcl(`rule    = "code/undeclared"`, `rule = "code/absent"`)}, []string{"waiver.debt scope"}},
		"root no longer read":     {[]edit{hcl(`roots   = ["."]`, `roots = ["./web", "./store"]`)}, []string{"observe.go read ."}},
		"exclude added":           {[]edit{hcl(`exclude = ["./gen/..."]`, `exclude = ["./gen/...", "./tool"]`)}, []string{"observe.go exclude tool"}},
		"exclude broadened":       {[]edit{hcl(`exclude = ["./gen/..."]`, `exclude = ["./g..."]`)}, []string{"observe.go exclude g..."}},
		"tests ignored":           {[]edit{hcl(`tests   = "label"`, `tests = "ignore"`)}, []string{"observe.go tests ."}},
		"exposes more":            {[]edit{hcl(`exposes = ["./store"]`, `exposes = ["./store", "./store/inner"]`)}, []string{"component.store exposes ./store/inner"}},
		"exposes everything":      {[]edit{hcl("    exposes = [\"./store\"]\n", "")}, []string{"component.store exposes"}},
		"modules more":            {[]edit{hcl(`["example.com/allowed"]`, `["example.com/allowed", "example.com/more"]`)}, []string{"component.web modules example.com/more"}},
		"modules all":             {[]edit{hcl("    modules      = [\"example.com/allowed\"]\n", "")}, []string{"component.web modules"}},
		"test support more":       {[]edit{hcl(`test_support = ["./web/webtest"]`, `test_support = ["./web/webtest", "./web/internal"]`)}, []string{"component.web test_support ./web/internal"}},
		"code without owner":      {[]edit{hcl(`["./web", "./web/internal", "./web/webtest"]`, `["./web", "./web/webtest"]`)}, []string{"component.web code"}},
		"code to a library":       {[]edit{hcl(`["./web", "./web/internal", "./web/webtest"]`, `["./web", "./web/webtest"]`), hcl(`["./lib"]`, `["./lib", "./web/internal"]`)}, []string{"component.web code component.lib"}},
		"shared":                  {[]edit{hcl("component \"tool\" {", "component \"tool\" {\n shared = true")}, []string{"component.tool shared"}},
		"root":                    {[]edit{hcl("component \"tool\" {", "component \"tool\" {\n root = true")}, []string{"component.tool root"}},
		"inside something shared": {[]edit{hcl("component \"tool\" {", "system \"libs\" {\n}\ncomponent \"all\" {\n shared = true\n}\ncomponent \"tool\" {\n in = component.all")}, []string{"component.tool shared"}},
		"kind requires less":      {[]edit{hcl(`requires = ["owner", "technology"]`, `requires = ["owner"]`)}, []string{"kind.service does not require technology any more"}},
		"kind may use more":       {[]edit{hcl(`[kind.service, "datastore"]`, `[kind.service, "datastore", "queue"]`)}, []string{"kind.service may use queue now"}},
		"kind may use all":        {[]edit{hcl("  may_use  = [kind.service, \"datastore\"]\n", "")}, []string{"kind.service may use anything now"}},
		"element of no kind":      {[]edit{hcl("  kind       = kind.service\n", "")}, []string{"component.store kind", "component.store kind", "component.store kind"}},
		"deprecation taken back":  {[]edit{hcl("  status     = \"deprecated\"\n", "")}, []string{"component.store status"}},
	} {
		t.Run(name, func(t *testing.T) {
			findings, _, err := against(t, changed(t, base, c.edits...), "main")
			require.NoError(t, err)
			require.False(t, workspace.Broken(findings), "%v", findings)
			var got []string
			for _, f := range findings {
				if f.Rule != "gate/weakened" {
					continue
				}
				require.Equal(t, finding.Error, f.Severity, "the level of REF holds")
				require.False(t, f.At.IsZero())
				require.NotEmpty(t, f.Fix)
				require.Contains(t, f.Message+fmt.Sprint(f.Related), "main", "where it stood")
				got = append(got, strings.TrimSpace(f.Subject.Element+" "+f.Subject.Path))
			}
			require.ElementsMatch(t, c.want, got)
		})
	}
}

// TestTighteningIsSilent: nothing that makes the policy stronger, and nothing that is the model, is a loosening.
func TestTighteningIsSilent(t *testing.T) {
	base := committed(t, governed)
	for name, edits := range map[string][]edit{
		"nothing":                    nil,
		"layout of the text":         {hcl("strict   = true", "\n\n  strict = true # words\n")},
		"another file":               {hcl("team \"payments\" {}\n", ""), {"team.arch.hcl", "", "team \"payments\" {}\n"}},
		"another folder":             {{"arch/shop.arch.hcl", "", governedHCL()}, {"shop.arch.hcl", "", "-"}},
		"line ends":                  {hcl("", strings.ReplaceAll(governedHCL(), "\n", "\r\n"))},
		"severity raised":            {hcl(`"code/planned" = "warning"`, `"code/planned" = "error", "code/variant" = "warning"`)},
		"rule added":                 {hcl("rule \"round\"", "rule \"more\" {\n acyclic = components()\n}\nrule \"round\"")},
		"rule renamed":               {hcl("rule \"round\"", "rule \"circle\"")},
		"rule severity raised":       {hcl(`severity    = "warning"`, `severity = "error"`)},
		"from for everything":        {hcl("    from    = components()\n", "")},
		"to grown":                   {hcl("to         = [component.tool]", "to = [component.tool, component.lib]")},
		"except shrunk":              {hcl("    except     = [component.lib]\n", "")},
		"except of a new element":    {hcl("    except     = [component.lib]\n", ""), hcl("component \"tool\"", "component \"new\" {}\ncomponent \"tool\"")},
		"imports more":               {hcl(`["os/exec", "plugin"]`, `["os/...", "plugin"]`)},
		"via wider":                  {hcl(`via     = ["import", "call"]`, `via = ["import", "call", "event"]`)},
		"layers finer":               {hcl("[component.store], [component.lib]", "[component.store], [component.lib], [component.tool]")},
		"members more":               {hcl("[component.tool, component.lib]", "[component.tool, component.lib, component.store]")},
		"only fewer":                 {hcl("only    = [component.web]", "only = []")},
		"condition stricter":         {hcl("length(outgoing(self)) <= 8", "length(outgoing(self)) <= 7")},
		"condition with more to ask": {hcl("length(outgoing(self)) <= 8", "length(outgoing(self)) <= 8 && length(incoming(self)) <= 20")},
		"condition spaced otherwise": {hcl("length(outgoing(self)) <= 8", "length(outgoing(self))   <= 8")},
		"waiver shorter":             {hcl("2027-01-31", "2026-12-31")},
		"waiver renamed":             {hcl("waiver \"debt\"", "waiver \"old_debt\"")},
		"debt paid":                  {hcl(waiverText(), ""), {"tool/tool.go", "", "package tool\n"}},
		"exclude removed":            {hcl("  exclude = [\"./gen/...\"]\n", ""), {"gen", "", "-"}},
		"exclude narrower":           {hcl(`["./gen/..."]`, `["./gen"]`)},
		"tests enforced":             {hcl(`tests   = "label"`, `tests = "enforce"`)},
		"exposes fewer":              {hcl(`exposes = ["./store"]`, `exposes = []`)},
		"exposes added":              {hcl("code { go = [\"./tool\"] }", "code {\n go = [\"./tool\"]\n exposes = []\n}")},
		"shared taken back":          {hcl("  shared = true\n", "")},
		"kind requires more":         {hcl(`["owner", "technology"]`, `["owner", "technology", "title"]`)},
		"code to another component":  {hcl(`["./web", "./web/internal", "./web/webtest"]`, `["./web", "./web/webtest"]`), hcl(`["./tool"]`, `["./tool", "./web/internal"]`)},
		"package removed":            {hcl(`["./web", "./web/internal", "./web/webtest"]`, `["./web", "./web/webtest"]`), {"web/internal", "", "-"}},
		"renamed with moved": {
			hcl("", strings.ReplaceAll(governedHCL(), "component.tool", "component.kit")), hcl("component \"tool\"", "component \"kit\""),
			hcl("team \"payments\" {}", "team \"payments\" {}\nmoved {\n  from = component.tool\n  to = component.kit\n}"),
		},
		"renamed without moved": {hcl("", strings.ReplaceAll(governedHCL(), "component.tool", "component.kit")), hcl("component \"tool\"", "component \"kit\"")},
		"element and edge added": {
			hcl("component \"tool\"", "component \"new\" {\n depends_on = [component.tool]\n code { go = [\"./new\"] }\n}\ncomponent \"tool\""),
			{"new/new.go", "", "package new\n\nimport _ \"example.com/m/tool\"\n"},
		},
		"element removed": {
			hcl("[component.tool, component.lib]", "[component.lib, component.web]"), hcl("component \"tool\" {\n  code { go = [\"./tool\"] }\n}\n", ""),
			hcl("[component.tool]", "[component.lib]"), hcl(waiverText(), ""),
			{"tool", "", "-"},
		},
	} {
		t.Run(name, func(t *testing.T) {
			findings, _, err := against(t, changed(t, base, edits...), "main")
			require.NoError(t, err)
			require.False(t, workspace.Broken(findings), "%v", findings)
			for _, f := range findings {
				require.NotContains(t, []string{"gate/weakened", "baseline/grown"}, f.Rule, "%s %v", f.Message, f.Related)
			}
		})
	}
}

func governedHCL() string { return string(txtar.Parse([]byte(governed)).Files[0].Data) }

func waiverText() string {
	_, after, _ := strings.Cut(governedHCL(), "waiver \"debt\"")
	body, _, _ := strings.Cut(after, "\n}\n")
	return "waiver \"debt\"" + body + "\n}\n"
}
