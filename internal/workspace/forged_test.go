package workspace_test

import (
	"context"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/asbuilt/asbuilt/internal/baseline"
	"github.com/asbuilt/asbuilt/internal/git/gittest"
	"github.com/asbuilt/asbuilt/internal/workspace"
	"github.com/asbuilt/asbuilt/pkg/finding"
)

// plain is the project with fewer rules, so that drift is undeclared and nothing worse.
func plain(t *testing.T) string {
	t.Helper()
	text := governed
	for _, part := range []string{
		"  kind       = kind.service\n", "  status     = \"deprecated\"\n",
		"rule \"floors\" {\n  layers = [[component.web], [component.store], [component.lib]]\n  closed = true\n}\n",
		"rule \"round\" {\n  acyclic = components()\n}\n",
		"rule \"gate\" {\n  only    = [component.web]\n  may_use = [component.store]\n  via     = [\"import\", \"call\"]\n}\n",
	} {
		require.Contains(t, text, part)
		text = strings.Replace(text, part, "", 1)
	}
	return text
}

// drift is an import that nobody declares: of web, by store.
var drift = edit{"store/store.go", "package store", "package store\n\nimport _ \"example.com/m/web\"\n"}

const drifted = "error code/undeclared go:example.com/m/store go:example.com/m/web"

func loosened(subject string) string { return "error gate/weakened " + subject }

// TestForgedChanges has changes that bring drift and what would let it pass. Each fails for both.
func TestForgedChanges(t *testing.T) {
	project := plain(t)
	text, _, _ := strings.Cut(strings.TrimPrefix(project, "\n-- shop.arch.hcl --\n"), "-- go.mod --")
	base := committed(t, project)
	accepted := baseline.Entry{Rule: "code/undeclared", Subject: finding.Subject{From: "go:example.com/m/store", To: "go:example.com/m/web"}}
	for name, c := range map[string]struct {
		edits []edit
		want  []string
	}{
		"nothing forged":         {[]edit{drift}, []string{drifted}},
		"edges opened":           {[]edit{drift, hcl("strict   = true", "strict = true\n edges = \"open\"")}, []string{drifted, loosened("architecture edges")}},
		"severity of the drift":  {[]edit{drift, hcl(`"code/planned" = "warning"`, `"code/planned" = "warning", "code/undeclared" = "note"`)}, []string{drifted, loosened("architecture severity code/undeclared")}},
		"severity of the gate":   {[]edit{drift, hcl(`"code/planned" = "warning"`, `"code/planned" = "warning", "gate/weakened" = "note", "code/undeclared" = "note"`)}, []string{drifted, loosened("architecture severity code/undeclared"), loosened("architecture severity gate/weakened")}},
		"a waiver of its own":    {[]edit{drift, hcl("waiver \"debt\"", "waiver \"mine\" {\n rule = \"code/undeclared\"\n from = component.store\n reason = \"r\"\n owner = team.payments\n expires = \"2026-12-31\"\n}\nwaiver \"debt\"")}, []string{drifted, loosened("waiver.mine")}},
		"a waiver for the gate":  {[]edit{hcl("component \"tool\" {", "component \"tool\" {\n root = true"), hcl("waiver \"debt\"", "waiver \"mine\" {\n rule = \"gate/weakened\"\n reason = \"r\"\n owner = team.payments\n expires = \"2026-12-31\"\n}\nwaiver \"debt\"")}, []string{loosened("component.tool root"), loosened("waiver.mine"), "error waiver/stale waiver.debt", "error waiver/stale waiver.mine"}},
		"a comment that waives":  {[]edit{{"store/store.go", "package store", "package store\n\n//asbuilt:waive code/undeclared until 2026-12-31: mine\nimport _ \"example.com/m/web\"\n"}}, []string{drifted, loosened("waiver store/store.go code/undeclared")}},
		"a baseline of its own":  {[]edit{drift, hcl("rule \"few\"", "baseline {\n  file = \"accepted\"\n}\nrule \"few\""), {"accepted", "", accepted.String() + "\n"}}, nil},
		"the folder excluded":    {[]edit{drift, hcl(`["./gen/..."]`, `["./gen/...", "./store"]`)}, []string{drifted, loosened("observe.go exclude store")}},
		"the observer removed":   {[]edit{drift, hcl("observe \"go\" {\n  roots   = [\".\"]\n  exclude = [\"./gen/...\"]\n  tests   = \"label\"\n}\n", "observe \"graph\" {\n  files = [\"deps.json\"]\n}\n"), {"deps.json", "", `{"schema_version":1,"observer":"deps","nodes":[],"edges":[]}`}}, nil},
		"the library broadened":  {[]edit{drift, hcl(`["./web", "./web/internal", "./web/webtest"]`, `["./web/internal", "./web/webtest"]`), hcl(`["./lib"]`, `["./lib", "./web"]`)}, []string{loosened("component.web code component.lib")}},
		"the target shared":      {[]edit{drift, hcl("component \"web\" {", "component \"web\" {\n shared = true")}, []string{drifted, loosened("component.web shared")}},
		"the source a root":      {[]edit{drift, hcl("component \"store\" {", "component \"store\" {\n root = true")}, []string{drifted, loosened("component.store root")}},
		"a shared thing around":  {[]edit{drift, hcl("component \"web\" {", "component \"around\" {\n shared = true\n}\ncomponent \"web\" {\n in = component.around")}, []string{drifted, loosened("component.web shared")}},
		"all of it test support": {[]edit{{"lib/lib.go", "package lib", "package lib\n\nimport _ \"example.com/m/tool\"\n"}, {"web/internal/x.go", "package internal", "package internal\n\nimport _ \"example.com/m/tool\"\n"}, hcl(`test_support = ["./web/webtest"]`, `test_support = ["./web/webtest", "./web/internal"]`)}, nil},
		"a package unowned":      {[]edit{{"store/inner/x.go", "package inner", "package inner\n\nimport _ \"example.com/m/lib\"\n"}, hcl(`go      = ["./store/..."]`, `go = ["./store"]`)}, []string{"error map/unassigned store/inner", loosened("component.store code")}},
		"a link to another file": {[]edit{drift, {"weak.txt", "", strings.Replace(text, "strict   = true", "strict = true\n  edges = \"open\"", 1)}, {"shop.arch.hcl", "", "link:weak.txt"}}, []string{drifted, loosened("architecture edges")}},
		"another folder":         {[]edit{drift, {"arch/shop.arch.hcl", "", strings.Replace(text, "strict   = true", "strict = true\n  edges = \"open\"", 1)}, {"shop.arch.hcl", "", "-"}}, []string{drifted, loosened("architecture edges")}},
		"attributes of git":      {[]edit{drift, {".gitattributes", "", "*.hcl filter=evil text eol=crlf working-tree-encoding=UTF-16 export-subst\n"}, hcl("strict   = true", "strict = true\n edges = \"open\"")}, []string{drifted, loosened("architecture edges")}},
		"the rule removed":       {[]edit{{"web/web.go", "package web", "package web\n\nimport _ \"os/exec\"\n"}, hcl("  deny {\n    from    = components()\n    imports = [\"os/exec\", \"plugin\"]\n  }\n", "")}, []string{"error code/denied go:example.com/m/web go:os/exec", loosened("rule.ui deny.imports os/exec (2)")}},
		"the tag of a rule":      {[]edit{{"web/web.go", "package web", "package web\n\nimport _ \"example.com/m/tool\"\n"}, hcl(`tags       = ["ui"]`, `tags = []`), hcl("depends_on = [component.store]", "depends_on = [component.store, component.tool]")}, []string{"error code/denied go:example.com/m/web go:example.com/m/tool", loosened("rule.ui deny.from (1)")}},
		"another name":           {[]edit{{"web/web.go", "package web", "package web\n\nimport _ \"example.com/m/tool\"\n"}, hcl("", strings.ReplaceAll(strings.Replace(text, "  tags       = [\"ui\"]\n", "", 1), "component.web", "component.face")), hcl("component \"web\"", "component \"face\""), hcl("depends_on = [component.store]", "depends_on = [component.store, component.tool]")}, []string{"error code/denied go:example.com/m/web go:example.com/m/tool", loosened("rule.ui deny.from (1)")}},
		"more exposed":           {[]edit{{"web/web.go", "import _ \"example.com/m/store\"", "import (\n\t_ \"example.com/m/store\"\n\t_ \"example.com/m/store/inner\"\n)"}, hcl(`exposes = ["./store"]`, `exposes = ["./store/..."]`)}, []string{"error code/bypass go:example.com/m/web go:example.com/m/store/inner", loosened("component.store exposes ./store/...")}},
	} {
		t.Run(name, func(t *testing.T) {
			got := failures(t, changed(t, base, c.edits...))
			if c.want == nil {
				require.True(t, slices.ContainsFunc(got, func(s string) bool { return strings.HasPrefix(s, "error gate/weakened") }), "%v", got)
				require.True(t, slices.ContainsFunc(got, func(s string) bool { return strings.HasPrefix(s, "error code/undeclared") }), "%v", got)
				return
			}
			require.Subset(t, got, c.want)
		})
	}
}

// TestTheArchitectureThatMoves has changes after which another folder is found.
func TestTheArchitectureThatMoves(t *testing.T) {
	const loose = "component \"all\" {\n  code { go = [\"./...\"] }\n}\n"
	t.Run("a second one is found first", func(t *testing.T) {
		dir := changed(t, committed(t, strings.Replace(governed, "-- shop.arch.hcl --", "-- architecture/shop.arch.hcl --", 1)),
			drift, edit{"all.arch.hcl", "", loose})
		got := failures(t, dir)
		require.Contains(t, got, loosened("architecture"), "the folder that is there and not read any more")
		require.Contains(t, got, loosened("rule.ui"))
	})
	t.Run("a nearer one", func(t *testing.T) {
		dir := changed(t, committed(t, governed), edit{"store/all.arch.hcl", "", "architecture \"s\" {\n severity = { \"gate/weakened\" = \"note\" }\n}\n" + loose},
			edit{"store/go.mod", "", "module example.com/m/store\n"})
		got := failures(t, filepath.Join(dir, "store"))
		require.Contains(t, got, loosened("."), "%v", got)
	})
	t.Run("put elsewhere", func(t *testing.T) {
		dir := changed(t, committed(t, strings.ReplaceAll(governed, "-- ", "-- old/")), edit{"old", "", "-"},
			edit{"new/all.arch.hcl", "", loose}, edit{"new/go.mod", "", "module m\n"}, edit{"new/x.go", "", "package x\n"})
		got := failures(t, filepath.Join(dir, "new"))
		require.Contains(t, got, loosened("old"), "%v", got)
	})
	t.Run("the first one", func(t *testing.T) {
		dir := changed(t, committed(t, "-- go.mod --\nmodule m\n-- x.go --\npackage x\n"), edit{"all.arch.hcl", "", loose})
		findings, about, err := against(t, dir, "main")
		require.NoError(t, err)
		require.Empty(t, findings)
		require.Contains(t, about.Note, "main has no architecture here")
		require.Equal(t, []string{"component.all"}, about.Added.Elements)
	})
}

// TestWhatAChangeAdds is news, not a finding.
func TestWhatAChangeAdds(t *testing.T) {
	dir := changed(t, committed(t, plain(t)),
		hcl("component \"tool\"", "component \"new\" {\n depends_on = [component.tool]\n code { go = [\"./new\"] }\n}\ncomponent \"tool\""),
		hcl("  depends_on = [component.store]\n", ""), edit{"web/web.go", "", "package web\n"},
		edit{"new/new.go", "", "package new\n\nimport _ \"example.com/m/tool\"\n"})
	findings, about, err := against(t, dir, "main")
	require.NoError(t, err)
	for _, f := range findings {
		if f.Active() {
			require.NotContains(t, []string{"gate/weakened", "code/undeclared", "code/absent"}, f.Rule, "%v", f)
		}
	}
	require.Equal(t, finding.Parts{Elements: []string{"component.new"}, Edges: []finding.Use{{From: "component.new", To: "component.tool"}}}, about.Added)
	require.Equal(t, finding.Parts{Elements: []string{}, Edges: []finding.Use{{From: "component.web", To: "component.store"}}}, about.Removed)
	require.Equal(t, "main", about.Ref)
	require.Len(t, about.Commit, 40)
}

// TestAVariableThatIsNew has a value that REF has no use for.
func TestAVariableThatIsNew(t *testing.T) {
	dir := changed(t, committed(t, plain(t)), hcl("team \"payments\" {}", "team \"payments\" {}\nvariable \"region\" {\n  type = string\n}"))
	w, err := workspace.Open(workspace.Env{Dir: dir, Vars: map[string]string{"region": "eu"}})
	require.NoError(t, err)
	defer w.Close()
	findings, _, err := w.Snapshot(context.Background()).Against("main")
	require.NoError(t, err)
	require.False(t, workspace.Broken(findings))
}

// TestNoJudgement has states of REF that cannot judge: an error that says what to do, no finding.
func TestNoJudgement(t *testing.T) {
	for name, c := range map[string]struct {
		project string
		says    []string
	}{
		"not understood": {strings.Replace(governed, "strict   = true", "strict = component.nobody", 1), []string{"main:shop.arch.hcl:2:22", "mend it there"}},
		"no HCL":         {strings.Replace(governed, "strict   = true", "strict = (", 1), []string{"main:shop.arch.hcl:"}},
		"a newer one":    {strings.Replace(governed, "strict   = true", "required_version = \">= 999.0\"", 1), []string{"main:shop.arch.hcl:2"}},
		"a broken baseline": {
			strings.Replace(governed, "-- go.mod --", "baseline {\n  file = \"accepted\"\n}\n-- accepted --\n<<<<<<< HEAD\n-- go.mod --", 1),
			[]string{"main:accepted:1", "mend it there"},
		},
	} {
		t.Run(name, func(t *testing.T) {
			dir := changed(t, committed(t, c.project), hcl("", governedHCL()))
			w, err := workspace.Open(workspace.Env{Dir: dir, Version: "0.1.0"})
			require.NoError(t, err)
			defer w.Close()
			_, _, err = w.Snapshot(context.Background()).Against("main")
			for _, says := range c.says {
				require.ErrorContains(t, err, says)
			}
		})
	}
	t.Run("links that lead out", func(t *testing.T) {
		dir := committed(t, governed)
		require.NoError(t, os.Remove(filepath.Join(dir, "shop.arch.hcl")))
		require.NoError(t, os.Symlink("/etc/hosts", filepath.Join(dir, "shop.arch.hcl")))
		gittest.Commit(t, dir)
		require.NoError(t, os.Remove(filepath.Join(dir, "shop.arch.hcl")))
		require.NoError(t, os.WriteFile(filepath.Join(dir, "shop.arch.hcl"), []byte(governedHCL()), 0o644))
		_, _, err := against(t, dir, "main")
		require.ErrorContains(t, err, "leads out of the project")
	})
	t.Run("no repository", func(t *testing.T) {
		dir := changed(t, committed(t, governed), edit{".git", "", "-"})
		_, _, err := against(t, dir, "main")
		require.ErrorContains(t, err, "no git repository")
	})
}
