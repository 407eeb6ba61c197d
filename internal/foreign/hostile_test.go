package foreign_test

import (
	"fmt"
	"runtime"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/asbuilt/asbuilt/internal/foreign"
)

// attacks are YAML texts that cost a careless reader minutes or its memory.
func attacks() map[string]string {
	many := func(n int, line func(i int) string) string {
		var b strings.Builder
		for i := range n {
			b.WriteString(line(i))
		}
		return b.String()
	}
	bomb := "a0: &a0 [x, x, x, x, x, x, x, x, x]\n" + many(30, func(i int) string {
		return fmt.Sprintf("a%d: &a%d [%s]\n", i+1, i+1, strings.TrimSuffix(strings.Repeat(fmt.Sprintf("*a%d, ", i), 9), ", "))
	})
	merges := "m0: &m0 {k: v}\n" + many(200, func(i int) string {
		return fmt.Sprintf("m%d: &m%d {<<: [%s], k%d: v}\n", i+1, i+1, strings.TrimSuffix(strings.Repeat(fmt.Sprintf("*m%d, ", i), 9), ", "), i)
	})
	return map[string]string{
		"100,000 keys":                      many(100_000, func(i int) string { return fmt.Sprintf("k%d: \n", i) }),
		"100,000 keys on one line":          "{" + many(100_000, func(i int) string { return fmt.Sprintf("k%d: v, ", i) }) + "}",
		"50,000 components":                 "components:\n" + many(50_000, func(i int) string { return fmt.Sprintf("  k%d: {in: a}\n", i) }),
		"40,000 components on one line":     "components: {" + many(40_000, func(i int) string { return fmt.Sprintf("k%d: {in: a%d}, ", i, i) }) + "}",
		"the same key 100,000 times":        many(100_000, func(int) string { return "k: v\n" }),
		"70,000 unknown settings":           "version: 3\nallow:\n" + many(70_000, func(i int) string { return fmt.Sprintf("  k%d: v\n", i) }),
		"a list of 150,000":                 "exclude:\n" + strings.Repeat("  - a\n", 150_000),
		"a list of 200,000 on one line":     "exclude: [" + strings.Repeat("a, ", 200_000) + "a]",
		"a list of lists":                   "exclude: [" + strings.Repeat("[a], ", 100_000) + "a]",
		"brackets 100,000 deep":             "a: " + strings.Repeat("[", 100_000) + strings.Repeat("]", 100_000),
		"brackets 100,000 deep, open":       "a: " + strings.Repeat("[", 100_000),
		"braces 100,000 deep":               "a: " + strings.Repeat("{a: ", 100_000) + strings.Repeat("}", 100_000),
		"dashes 100,000 deep":               strings.Repeat("- ", 100_000),
		"indented 2,000 deep":               many(2_000, func(i int) string { return strings.Repeat(" ", i) + "a:\n" }),
		"question marks 100,000 deep":       strings.Repeat("? ", 100_000),
		"an alias bomb in components":       bomb + "components: *a30\n",
		"an alias bomb in a list":           bomb + "exclude: *a30\n",
		"an alias bomb of deps":             bomb + "components: {a: {in: a}}\ndeps: {a: {mayDependOn: *a30}}\n",
		"merges of merges":                  merges + "components: *m200\n",
		"an alias of itself":                "components: &a {b: *a}\ndeps: *a\n",
		"a merge of itself":                 "components: &a {<<: *a, b: {in: x}}\n",
		"a list that holds itself":          "exclude: &a [*a, *a]\n",
		"50,000 anchors":                    many(50_000, func(i int) string { return fmt.Sprintf("k%d: &a%d v\n", i, i) }),
		"100,000 aliases":                   "k: &a v\nexclude: [" + strings.Repeat("*a, ", 100_000) + "]\n",
		"100,000 comments":                  "# c\n" + strings.Repeat("k: # c\n  # c\n", 1) + strings.Repeat("# c\n", 100_000) + "version: 3\n",
		"a comment behind every key":        many(50_000, func(i int) string { return fmt.Sprintf("k%d: v # c\n# d\n\n", i) }),
		"a text of 1 MiB":                   "version: \"" + strings.Repeat("x", 1<<20-100) + "\"\n",
		"a block text of 1 MiB":             "version: |\n" + strings.Repeat("  x\n", 1<<20),
		"a folded text of 1 MiB":            "version: >\n" + strings.Repeat("  x\n\n", 150_000),
		"a text of escapes":                 "version: \"" + strings.Repeat(`\u0041`, 150_000) + "\"\n",
		"a plain text of 1 MiB":             "version: " + strings.Repeat("x ", 1<<19-100) + "\n",
		"a key of 1 MiB":                    strings.Repeat("k", 1<<20-100) + ": v\n",
		"100,000 documents":                 strings.Repeat("---\na: b\n", 100_000),
		"100,000 tags":                      "exclude: [" + strings.Repeat("!!str a, ", 100_000) + "]",
		"over 1 MiB":                        strings.Repeat("a: b\n", 1_100_000),
		"NUL bytes":                         strings.Repeat("\x00", 1<<20),
		"no UTF-8":                          strings.Repeat("\xff\xfe", 1<<19),
		"regular expressions of stars":      "version: 3\nexcludeFiles: [\"" + strings.Repeat("(a*)*", 2_000) + "\"]\ncomponents: {a: {in: a}}\n",
		"a regular expression that repeats": "version: 3\nexcludeFiles: [\"((((a{1000}){1000}){1000}){1000})\"]\ncomponents: {a: {in: a}}\n",
		"globs of stars":                    "version: 3\ncomponents: {a: {in: \"" + strings.Repeat("*a", 20_000) + "\"}}\n",
		"globs of double stars":             "version: 3\ncomponents: {a: {in: \"" + strings.Repeat("**/a/", 20_000) + "\"}}\n",
		"a number that is too large":        "version: " + strings.Repeat("9", 250_000) + "\n",
	}
}

const (
	mostAllocated = 256 << 20 // by one reading
	mostFindings  = 302       // 300, that there are more, and why the file was not understood
)

// TestAttacks: each has an answer, and none costs more than what is linear in the text. How long each took is
// logged: a second at most on a machine that does nothing else.
func TestAttacks(t *testing.T) {
	all := attacks()
	require.GreaterOrEqual(t, len(all), 30)
	for name, text := range all {
		t.Run(name, func(t *testing.T) {
			for _, tool := range []func(foreign.Input) foreign.Output{foreign.GoArchLint, foreign.ArchGo, foreign.Depguard, foreign.Codeowners} {
				var before, after runtime.MemStats
				runtime.ReadMemStats(&before)
				start := time.Now()
				out := tool(foreign.Input{Name: "x.yml", Text: []byte(text)})
				took := time.Since(start)
				runtime.ReadMemStats(&after)
				t.Logf("%v, %d MiB", took.Round(time.Millisecond), (after.TotalAlloc-before.TotalAlloc)>>20)
				require.LessOrEqual(t, after.TotalAlloc-before.TotalAlloc, uint64(mostAllocated))
				require.LessOrEqual(t, len(out.Findings), mostFindings)
				require.Equal(t, fatal(out), out.HCL == nil, "no HCL without an understood file")
			}
		})
	}
}

func fatal(out foreign.Output) bool {
	for _, f := range out.Findings {
		if f.Rule == "import/syntax" {
			return true
		}
	}
	return false
}
