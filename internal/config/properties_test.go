package config

import (
	"math/rand/v2"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/txtar"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/asbuilt/asbuilt/pkg/arch"
	"github.com/asbuilt/asbuilt/pkg/source"
)

// wholeExample is the first example of the page.
func wholeExample(t require.TestingT) string {
	m := hclExample.FindStringSubmatch(languageTemplate)
	require.NotNil(t, m)
	return m[1]
}

// topLevel splits a file into its blocks, each with the comments before it.
func topLevel(text string) []string {
	var out []string
	for _, part := range regexp.MustCompile(`(?m)^}\n|^[a-z]+ .*\}\n`).FindAllStringIndex(text, -1) {
		begin := 0
		for _, o := range out {
			begin += len(o)
		}
		out = append(out, text[begin:part[1]])
	}
	return out
}

// noPlaces takes all places out of a printed model.
func noPlaces(model string) string {
	return regexp.MustCompile(`(?s)"at": \{.*?\}`).ReplaceAllString(model, `"at": {}`)
}

// However the blocks are spread over files, and in whatever order the files come, the model is the same.
func TestBlocksInAnyFile(t *testing.T) {
	blocks := topLevel(wholeExample(t))
	require.Equal(t, strings.TrimSpace(wholeExample(t)), strings.TrimSpace(strings.Join(blocks, "")))
	whole, findings := Load([]File{{"a.arch.hcl", []byte(wholeExample(t))}}, Options{})
	require.Empty(t, findings)
	want := noPlaces(printModel(t, whole))
	rapid.Check(t, func(rt *rapid.T) {
		shuffled := rapid.Permutation(blocks).Draw(rt, "blocks")
		n := rapid.IntRange(1, len(blocks)).Draw(rt, "files")
		files := make([]File, n)
		for i := range files {
			files[i].Name = string(rune('a'+i)) + ".arch.hcl"
		}
		for i, b := range shuffled {
			files[i%n].Data = append(files[i%n].Data, b...)
		}
		m, findings := Load(rapid.Permutation(files).Draw(rt, "order"), Options{})
		require.Empty(rt, findings)
		require.Equal(rt, want, noPlaces(printModel(t, m)))
	})
}

// The order in which files are given changes nothing at all, findings included.
func TestFilesInAnyOrder(t *testing.T) {
	for _, name := range []string{"unknown", "duplicate", "moved", "circles", "cascade", "syntax"} {
		archive, err := txtar.ParseFile("testdata/" + name + ".txtar")
		require.NoError(t, err)
		var files []File
		for i, part := range topLevelOf(archive) {
			files = append(files, File{string(rune('a'+i%26)) + string(rune('a'+i/26)) + ".arch.hcl", []byte(part)})
		}
		_, want := Load(files, Options{})
		r := rand.New(rand.NewPCG(1, 2))
		for range 10 {
			r.Shuffle(len(files), func(i, j int) { files[i], files[j] = files[j], files[i] })
			_, got := Load(files, Options{})
			require.Equal(t, want, got, "%s", name)
		}
	}
}

func topLevelOf(archive *txtar.Archive) []string {
	var out []string
	for _, f := range archive.Files {
		if strings.HasSuffix(f.Name, ".hcl") {
			out = append(out, topLevel(string(f.Data))...)
		}
	}
	return out
}

// A comment moves places and changes nothing else.
func TestCommentChangesNothing(t *testing.T) {
	text := wholeExample(t)
	lines := strings.SplitAfter(text, "\n")
	m, _ := Load([]File{{"a.arch.hcl", []byte(text)}}, Options{})
	want := noPlaces(printModel(t, m))
	for i := 0; i < len(lines); i += 5 {
		commented := strings.Join(slices.Insert(slices.Clone(lines), i, "# größer 👩‍👩‍👧\n"), "")
		m, findings := Load([]File{{"a.arch.hcl", []byte(commented)}}, Options{})
		require.Empty(t, findings)
		require.Equal(t, want, noPlaces(printModel(t, m)))
	}
}

// A renamed element with a moved block is the same model under another name.
func TestRename(t *testing.T) {
	text := wholeExample(t)
	renamed := regexp.MustCompile(`component\.checkout\b`).ReplaceAllString(text, "component.till")
	renamed = strings.ReplaceAll(renamed, `component "checkout"`, `component "till"`)
	a, findings := Load([]File{{"a.arch.hcl", []byte(text)}}, Options{})
	require.Empty(t, findings)
	b, findings := Load([]File{{"a.arch.hcl", []byte(renamed)}}, Options{})
	require.Empty(t, findings)
	require.Len(t, b.Elements, len(a.Elements))
	back := strings.ReplaceAll(noPlaces(printModel(t, b)), "component.till", "component.checkout")
	require.Equal(t, strings.Count(noPlaces(printModel(t, a)), "component.checkout"), strings.Count(back, "component.checkout"))
}

// FuzzLoad: whatever the text, Load ends, every finding has a place in the file and a message of one line,
// a text with findings gives the same ones again, and nothing is printed that cannot be.
func FuzzLoad(f *testing.F) {
	cases, err := os.ReadDir("testdata")
	if err != nil {
		f.Fatal(err)
	}
	for _, c := range cases {
		if !strings.HasSuffix(c.Name(), ".txtar") {
			continue
		}
		archive, err := txtar.ParseFile("testdata/" + c.Name())
		if err != nil {
			f.Fatal(err)
		}
		for _, file := range archive.Files {
			if strings.HasSuffix(file.Name, ".hcl") {
				f.Add(file.Data)
			}
		}
	}
	f.Fuzz(func(t *testing.T, data []byte) { checkLoad(t, data) })
}

// TestMutations holds the same for the whole example with some of its tokens replaced, doubled or lost:
// that goes deeper than bytes at random.
func TestMutations(t *testing.T) {
	tokens := regexp.MustCompile(`(?s)[A-Za-z_][A-Za-z0-9_]*|"|\s+|.`).FindAllString(wholeExample(t), -1)
	words := slices.DeleteFunc(slices.Clone(tokens), func(s string) bool { return strings.TrimSpace(s) == "" })
	words = append(words, "null", "for", "x", "if", "in", "each", "self", "key", "value", "0", "1e308", "-", "...", "children", "filter", "elements()", "${", "%{ if true }", "[*]", "==", "toset")
	rapid.Check(t, func(rt *rapid.T) {
		mutated := slices.Clone(tokens)
		for range rapid.IntRange(1, 6).Draw(rt, "mistakes") {
			i := rapid.IntRange(0, len(mutated)-1).Draw(rt, "at")
			switch rapid.IntRange(0, 2).Draw(rt, "what") {
			case 0:
				mutated = slices.Delete(mutated, i, i+1)
			case 1:
				mutated[i] = rapid.SampledFrom(words).Draw(rt, "word")
			default:
				mutated = slices.Insert(mutated, i, rapid.SampledFrom(words).Draw(rt, "word"))
			}
		}
		checkLoad(rt, []byte(strings.Join(mutated, "")))
	})
}

// checkLoad loads one file twice.
func checkLoad(t require.TestingT, data []byte) {
	files := []File{{"a.arch.hcl", data}}
	o := Options{Rules: []string{"code/undeclared", "code/absent"}, ToolVersion: "1.0.0", HasGo: true}
	m, findings := Load(files, o)
	lines := strings.Count(string(data), "\n") + 1
	for _, x := range findings {
		require.Equal(t, "a.arch.hcl", x.At.File, "%+v", x)
		require.GreaterOrEqual(t, x.At.Start.Line, 1, "%+v", x)
		require.LessOrEqual(t, x.At.Start.Line, lines, "%+v", x)
		require.GreaterOrEqual(t, source.Compare(source.Range{Start: x.At.End}, source.Range{Start: x.At.Start}), 0, "%+v", x)
		require.NotEmpty(t, x.Message)
		require.NotContains(t, x.Message, "\n")
		require.True(t, strings.HasPrefix(x.Rule, "language/"), "%+v", x)
	}
	again, findingsAgain := Load(files, o)
	require.Equal(t, findings, findingsAgain)
	if m == nil {
		require.Nil(t, again)
		require.NotEmpty(t, findings)
		return
	}
	require.Equal(t, printModel(t, m), printModel(t, again))
	checkRules(t, m)
	if policy, told := LoadPolicy(files, o, m); len(findings) == 0 {
		require.Empty(t, told)
		require.Equal(t, printModel(t, m), printModel(t, policy)) // a model is its own successor
	}
	for _, e := range m.Elements {
		m.Ancestors(e) // ends: no element is inside itself
		for _, s := range m.Styles {
			if s.Match != nil {
				s.Match.Holds(arch.Subject{Element: e}) //nolint:errcheck // it may fail, and must end
			}
		}
		for _, v := range m.Views {
			for _, p := range v.Where {
				p.Holds(arch.Subject{Element: e}) //nolint:errcheck // it may fail, and must end
			}
		}
	}
}

// checkRules asks every condition about all of its subjects: it may fail, must end, and says one line.
func checkRules(t require.TestingT, m *arch.Model) {
	for _, r := range m.Rules {
		for _, s := range r.ForEach {
			if _, err := r.Holds.Holds(s); err != nil {
				require.NotContains(t, err.Error(), "\n")
			}
			if r.Message == nil {
				continue
			}
			text, err := r.Message.Text(s)
			require.NotContains(t, text, "\n")
			if err != nil {
				require.NotContains(t, err.Error(), "\n")
			}
		}
	}
}
