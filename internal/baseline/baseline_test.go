package baseline_test

import (
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/asbuilt/asbuilt/internal/baseline"
	"github.com/asbuilt/asbuilt/pkg/finding"
	"github.com/asbuilt/asbuilt/pkg/source"
)

func entry(rule, from, to string) baseline.Entry {
	return baseline.Entry{Rule: rule, Subject: finding.Subject{From: from, To: to}}
}

// entries draws accepted findings with names that a stranger chose.
func entries() *rapid.Generator[[]baseline.Entry] {
	name := rapid.OneOf(rapid.SampledFrom([]string{
		"", "go:m/a", `component.worker["eu"]`, "with space", "\"quoted\"", "a\nb", "a\tb", "\\", "\xff", "日本", "\u202e", "#", "from", "<<<<<<<",
	}), rapid.String())
	one := rapid.Custom(func(t *rapid.T) baseline.Entry {
		return baseline.Of(&finding.Finding{
			Rule: rapid.SampledFrom([]string{"code/undeclared", "code/denied", "map/empty"}).Draw(t, "rule"),
			By:   rapid.SampledFrom([]string{"", "rule.layers"}).Draw(t, "by"),
			Subject: finding.Subject{
				From: name.Draw(t, "from"), To: name.Draw(t, "to"), Element: name.Draw(t, "element"), Path: name.Draw(t, "path"),
			},
		})
	})
	return rapid.SliceOfN(one, 0, 12)
}

func TestALineSaysInWordsWhatItAccepts(t *testing.T) {
	text := string(baseline.Format([]baseline.Entry{
		{Rule: "map/empty", Subject: finding.Subject{Element: `component.worker["eu"]`, Path: "./a b"}},
		{Rule: "code/denied", By: "rule.no_sql", Subject: finding.Subject{From: "go:m/a", To: "go:database/sql"}},
		entry("code/undeclared", "go:m/a", "go:m/b"), entry("code/undeclared", "go:m/a", "go:m/b"),
	}))
	var got []string
	for line := range strings.Lines(text) {
		if !strings.HasPrefix(line, "#") {
			_, words, _ := strings.Cut(strings.TrimSpace(line), " ")
			got = append(got, words)
		}
	}
	require.ElementsMatch(t, []string{
		`map/empty element component.worker["eu"] path "./a b"`,
		`code/denied by rule.no_sql from go:m/a to go:database/sql`,
		`code/undeclared from go:m/a to go:m/b`,
	}, got)
	require.True(t, slices.IsSorted(strings.Split(strings.TrimSpace(text), "\n")), "comments, then entries, sorted")
}

func TestWhatIsWrittenIsReadBack(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		all := entries().Draw(t, "entries")
		text := baseline.Format(all)
		got, problems := baseline.Parse("b", text)
		require.Empty(t, problems)
		require.Equal(t, string(text), string(baseline.Format(got)))
		delta := baseline.Diff(all, got)
		require.Empty(t, delta.Added)
		require.Empty(t, delta.Removed)
		windows, problems := baseline.Parse("b", []byte("\ufeff"+strings.ReplaceAll(string(text), "\n", "\r\n")))
		require.Empty(t, problems)
		require.Equal(t, got, windows, "a checkout on Windows reads the same")
	})
}

func TestBackslashesOfAnotherSystemAreTheSameFinding(t *testing.T) {
	f := finding.Finding{Rule: "docs/stale", Subject: finding.Subject{Path: `docs\a.svg`}}
	require.Equal(t, finding.Fingerprint(f.Rule, f.By, f.Subject), baseline.Of(&f).Fingerprint())
	require.Equal(t, "docs/stale path docs/a.svg", baseline.Of(&f).Words())
}

func TestWhatIsNoEntryIsAProblemWithItsPlace(t *testing.T) {
	good := entry("code/undeclared", "go:m/a", "go:m/b").String()
	for _, c := range []struct{ name, line, message string }{
		{"ours", "<<<<<<< HEAD", "a merge conflict stands here"},
		{"base", "||||||| 12ab", "a merge conflict stands here"},
		{"between", "=======", "a merge conflict stands here"},
		{"theirs", ">>>>>>> theirs", "a merge conflict stands here"},
		{"a word", "hello", "a line that is no entry: fingerprint, rule, subject"},
		{"an odd number of words", good + " path", "a line that is no entry: fingerprint, rule, subject"},
		{"an open quote", good + ` path "x`, "a line that is no entry: fingerprint, rule, subject"},
		{"other words than the fingerprint's", strings.ReplaceAll(good, "go:m/b", "go:m/c"), "the fingerprint is not that of what the line says"},
		{"another rule", strings.ReplaceAll(good, "undeclared", "denied"), "the fingerprint is not that of what the line says"},
		{"a second space", strings.Replace(good, " ", "  ", 1), "a line that is no entry: fingerprint, rule, subject"},
		{"a word nobody knows", good + " line 12", "a line that is not as asbuilt writes it"},
		{"a word twice", good + " to go:m/b", "a line that is not as asbuilt writes it"},
		{"a space at the end", good + " ", "a line that is no entry: fingerprint, rule, subject"},
		{"a control character", strings.Replace(good, "go:m/b", "go:m/\x1bb", 1), "a line that is not as asbuilt writes it"},
	} {
		t.Run(c.name, func(t *testing.T) {
			got, problems := baseline.Parse("asbuilt.baseline", []byte("# comment\n"+good+"\n\n"+c.line+"\n"))
			require.Len(t, got, 1, "the other lines stand")
			require.Equal(t, source.At("asbuilt.baseline", 2), got[0].At)
			require.Len(t, problems, 1)
			require.Equal(t, c.message, problems[0].Message)
			require.Equal(t, source.At("asbuilt.baseline", 4), problems[0].At)
			require.NotEmpty(t, problems[0].Fix)
		})
	}
	_, problems := baseline.Parse("b", []byte(strings.Repeat("junk\n", 100)))
	require.Len(t, problems, 5, "a torn file is told in a few lines")
}

func TestDiffCountsByRule(t *testing.T) {
	a, b, c := entry("code/undeclared", "a", "b"), entry("code/undeclared", "a", "c"), entry("map/unassigned", "", "x")
	d := baseline.Diff([]baseline.Entry{a, c}, []baseline.Entry{b, a, b})
	require.Equal(t, baseline.Delta{Added: []baseline.Entry{b}, Removed: []baseline.Entry{c}}, d)
	require.Equal(t, []baseline.Change{{Rule: "code/undeclared", Added: 1}, {Rule: "map/unassigned", Removed: 1}}, d.ByRule())
}

// TestMerge lets git merge two teams' additions: it either says that they conflict, and then the file is
// refused, or gives exactly what both added; with merge=union it always does the latter.
func TestMerge(t *testing.T) {
	dir := t.TempDir()
	rapid.Check(t, func(t *rapid.T) {
		base, left, right := entries().Draw(t, "base"), entries().Draw(t, "left"), entries().Draw(t, "right")
		merged := func(flags ...string) ([]byte, bool) {
			names := []string{"left", "base", "right"}
			for i, content := range [][]baseline.Entry{slices.Concat(base, left), base, slices.Concat(base, right)} {
				names[i] = filepath.Join(dir, names[i])
				require.NoError(t, os.WriteFile(names[i], baseline.Format(content), 0o644))
			}
			err := exec.Command("git", slices.Concat([]string{"merge-file", "-q"}, flags, names)...).Run()
			data, readErr := os.ReadFile(names[0])
			require.NoError(t, readErr)
			return data, err == nil
		}
		want := string(baseline.Format(slices.Concat(base, left, right)))
		data, clean := merged()
		got, problems := baseline.Parse("b", data)
		require.Equal(t, clean, len(problems) == 0, "what git could not merge is refused")
		if clean {
			require.Equal(t, want, string(baseline.Format(got)))
		}
		data, _ = merged("--union")
		got, problems = baseline.Parse("b", data)
		require.Empty(t, problems)
		require.Equal(t, want, string(baseline.Format(got)))
	})
}

// FuzzParse holds the reader against the writer: what is read without a problem is written back with the same
// entries, each of them a line of the text.
func FuzzParse(f *testing.F) {
	good := entry("code/undeclared", "go:m/a", "go:m/b").String()
	for _, s := range []string{"", good, good + "\r\n" + good, "<<<<<<< a\n" + good, "\ufeff# x\n" + good, good + ` path "a b"`} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		got, problems := baseline.Parse("b", data)
		for _, e := range got {
			require.Contains(t, string(data), e.String())
		}
		again, more := baseline.Parse("b", baseline.Format(got))
		require.Empty(t, more)
		delta := baseline.Diff(got, again)
		require.Empty(t, slices.Concat(delta.Added, delta.Removed))
		for _, p := range problems {
			require.Positive(t, p.At.Start.Line)
		}
	})
}
