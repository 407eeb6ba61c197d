package check

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/asbuilt/asbuilt/internal/baseline"
	"github.com/asbuilt/asbuilt/pkg/arch"
	"github.com/asbuilt/asbuilt/pkg/evidence"
	"github.com/asbuilt/asbuilt/pkg/finding"
	"github.com/asbuilt/asbuilt/pkg/reflexion"
	"github.com/asbuilt/asbuilt/pkg/source"
)

func comment(file string, line int, rule, until string) evidence.Waiver {
	return evidence.Waiver{Node: "go:m/a", Line: line, Rule: rule, Until: until, Reason: "r", At: source.At(file, 1)}
}

// commented judges one drift, a → b by three lines in two files and one test, with comments.
func commented(comments ...evidence.Waiver) (drift finding.Finding, about []finding.Finding) {
	in := Input{
		Model: arch.New(arch.Model{
			Elements: []*arch.Element{{Address: "system.s", Owner: "team.t"}, {Address: "component.a", Parent: "system.s"}},
			Rules:    []*arch.Rule{{Name: "own"}},
		}),
		Result: &reflexion.Result{Owners: map[string]string{"go:m/a": "component.a"}},
		Today:  time.Date(2026, 6, 1, 23, 0, 0, 0, time.UTC),
		Graph: evidence.Graph{Waivers: comments, Edges: []evidence.Edge{
			{From: "go:m/a", To: "go:m/b", Scope: evidence.Code, Witnesses: []evidence.Witness{{File: "a/x.go", Line: 5}, {File: "a/x.go", Line: 9}, {File: "a/y.go", Line: 3}}},
			{From: "go:m/a", To: "go:m/b", Scope: evidence.Test, Witnesses: []evidence.Witness{{File: "a/x_test.go", Line: 5}}},
		}},
	}
	findings := []finding.Finding{{
		Rule: "code/denied", By: "rule.own", Subject: finding.Subject{From: "go:m/a", To: "go:m/b"},
		Related: []finding.Related{{At: source.At("a/x.go", 5)}}, // a report may show one line of many
	}}
	about = waiveInCode(in, findings)
	return findings[0], about
}

func ids(findings []finding.Finding) []string {
	out := []string{}
	for _, f := range findings {
		out = append(out, f.Rule)
	}
	return out
}

func TestACommentWaivesNothingInAnotherFile(t *testing.T) {
	const day = "2026-12-31"
	for _, c := range []struct {
		name     string
		comments []evidence.Waiver
		waived   bool
		about    []string
	}{
		{"both files", []evidence.Waiver{comment("a/x.go", 0, "code/denied", day), comment("a/y.go", 3, "code/denied", day)}, true, []string{}},
		{"by the declared rule", []evidence.Waiver{comment("a/x.go", 0, "rule.own", day), comment("a/y.go", 0, "code/denied", day)}, true, []string{}},
		{"one file", []evidence.Waiver{comment("a/x.go", 0, "code/denied", day)}, false, []string{}},
		{"one of two lines of a file", []evidence.Waiver{comment("a/x.go", 5, "code/denied", day), comment("a/y.go", 3, "code/denied", day)}, false, []string{}},
		{"the last day holds", []evidence.Waiver{comment("a/x.go", 0, "code/denied", "2026-06-01"), comment("a/y.go", 3, "code/denied", day)}, true, []string{}},
		{"one expired", []evidence.Waiver{comment("a/x.go", 0, "code/denied", "2026-05-31"), comment("a/y.go", 3, "code/denied", day)}, false, []string{"waiver/expired"}},
		{"another rule", []evidence.Waiver{comment("a/x.go", 0, "code/undeclared", day), comment("a/y.go", 3, "code/denied", day)}, false, []string{"waiver/stale"}},
		{"another line", []evidence.Waiver{comment("a/x.go", 0, "code/denied", day), comment("a/y.go", 4, "code/denied", day)}, false, []string{"waiver/stale"}},
		{"the test alone", []evidence.Waiver{comment("a/x_test.go", 0, "code/denied", day)}, false, []string{"waiver/stale"}},
		{"no date", []evidence.Waiver{comment("a/x.go", 0, "code/denied", ""), comment("a/y.go", 3, "code/denied", day)}, false, []string{"waiver/incomplete"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			f, about := commented(c.comments...)
			require.Equal(t, c.waived, f.Waived != nil)
			require.Equal(t, c.about, ids(about))
			if c.waived {
				require.Equal(t, "a/x.go", f.Waived.By)
			}
		})
	}
}

func TestFindingsAboutCommentsAreKnownWithoutLines(t *testing.T) {
	_, first := commented(comment("a/x.go", 5, "code/denied", "2026-01-01"))
	moved := comment("a/x.go", 9, "code/denied", "2026-01-02")
	moved.At = source.At("a/x.go", 8)
	_, second := commented(moved)
	finding.Sort(first)
	finding.Sort(second)
	require.Equal(t, first[0].Fingerprint, second[0].Fingerprint)
	require.Equal(t, finding.Subject{From: "go:m/a", To: "go:m/b", Path: "a/x.go#code/denied"}, first[0].Subject)
}

func TestACommentWithoutOwnerOrForNoRuleIsSaid(t *testing.T) {
	stray := comment("c/z.go", 0, "code/denide", "2026-12-31")
	stray.Node, stray.Reason = "go:m/c", " "
	_, about := commented(stray)
	require.Equal(t, []string{"waiver/incomplete", "waiver/stale"}, ids(about))
	require.Equal(t, "this waiver has no reason, no owner", about[0].Message)
	require.Equal(t, `there is no rule "code/denide" to waive`, about[1].Message)
	_, about = commented(comment("a/x.go", 0, "gate/blind", "2026-12-31"))
	require.Equal(t, "gate/blind cannot be waived: it means that nothing could be judged", about[0].Message)
}

func TestTheBaselineNeverHoldsWhatTheGateSaysOfItself(t *testing.T) {
	finds := func(rule string) finding.Finding {
		return finding.Finding{Rule: rule, Severity: finding.Error, Subject: finding.Subject{Path: "x"}}
	}
	all := []finding.Finding{finds("code/undeclared"), finds("gate/vacuous"), finds("waiver/expired"), finds("baseline/stale"), finds("docs/stale")}
	waived, note := finds("code/absent"), finds("code/variant")
	waived.Waived, note.Severity = &finding.Waived{By: "waiver.w"}, finding.Note
	entries := Accept(append(all, waived, note))
	require.Len(t, entries, 2)
	require.Equal(t, "code/undeclared path x", entries[0].Words())
	require.Equal(t, "docs/stale path x", entries[1].Words())

	forged := &baseline.File{Name: "b"}
	for i := range all {
		forged.Entries = append(forged.Entries, baseline.Of(&all[i]))
	}
	told := accept(Input{Model: arch.New(arch.Model{}), Baseline: forged}, all)
	for _, f := range all {
		require.Equal(t, f.Rule == "code/undeclared" || f.Rule == "docs/stale", f.Baselined, f.Rule)
	}
	require.Equal(t, []string{"baseline/stale", "baseline/stale", "baseline/stale"}, ids(told), "such lines accept nothing")

	blind := []finding.Finding{finds("gate/blind")}
	require.Empty(t, accept(Input{Model: arch.New(arch.Model{}), Baseline: forged}, blind), "what was not seen may still be there")
	require.False(t, blind[0].Baselined)
}
