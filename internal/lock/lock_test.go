package lock_test

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/asbuilt/asbuilt/internal/lock"
	"github.com/asbuilt/asbuilt/pkg/source"
)

// drawn is a lock with names that a stranger chose.
func drawn() *rapid.Generator[*lock.Lock] {
	name := rapid.OneOf(rapid.SampledFrom([]string{
		"component.a", `component.worker["eu"]`, "group.two words", "${x}", "%{if}", "$${", "a\\b", "<<<<<<<", "日本", "\u202e", "\U0001f600", "a\nb",
	}), rapid.String())
	node := rapid.Custom(func(t *rapid.T) lock.Node {
		return lock.Node{
			Address: name.Draw(t, "address"), Group: rapid.OneOf(rapid.Just(""), name).Draw(t, "group"),
			X: rapid.IntRange(-1_000_000, 1_000_000).Draw(t, "x"), Y: rapid.IntRange(-100, 100).Draw(t, "y"),
			W: rapid.IntRange(1, 10_000).Draw(t, "w"), H: rapid.IntRange(1, 10_000).Draw(t, "h"), Turn: rapid.IntRange(0, 1_000_000).Draw(t, "turn"),
		}
	})
	return rapid.Custom(func(t *rapid.T) *lock.Lock {
		l := &lock.Lock{}
		for _, view := range rapid.SliceOfNDistinct(name, 0, 3, rapid.ID[string]).Draw(t, "views") {
			l.Put(lock.View{
				Name: view, Direction: rapid.SampledFrom([]string{"down", "right"}).Draw(t, "direction"),
				Nodes: rapid.SliceOfNDistinct(node, 0, 8, func(n lock.Node) string { return n.Address }).Draw(t, "nodes"),
			})
		}
		return l
	})
}

// same is equality but for places in a file.
var same = cmp.Options{cmpopts.IgnoreFields(lock.Node{}, "At"), cmpopts.EquateEmpty()}

func TestWhatIsWrittenIsReadBack(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		l := drawn().Draw(t, "lock")
		text := lock.Format(l)
		got, problems := lock.Parse(lock.File, text)
		require.Empty(t, problems)
		require.Empty(t, cmp.Diff(l, got, same))
		require.Equal(t, string(text), string(lock.Format(got)))
		windows, problems := lock.Parse(lock.File, []byte("\ufeff"+strings.ReplaceAll(string(text), "\n", "\r\n")))
		require.Empty(t, problems)
		require.Empty(t, cmp.Diff(got, windows, same))
	})
}

// HCL itself reads it: one attribute, then blocks.
func TestItIsHCL(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		l := drawn().Draw(t, "lock")
		file, wrong := hclsyntax.ParseConfig(lock.Format(l), lock.File, hcl.InitialPos)
		require.False(t, wrong.HasErrors(), "%v", wrong)
		body := file.Body.(*hclsyntax.Body)
		require.Len(t, body.Attributes, 1)
		at := 0
		for _, v := range l.Views {
			require.Equal(t, []string{v.Name}, body.Blocks[at].Labels)
			for _, n := range v.Nodes {
				at++
				require.Equal(t, []string{v.Name, n.Address, n.Group}, body.Blocks[at].Labels)
			}
			at++
		}
		require.Len(t, body.Blocks, at)
	})
}

const first = "format = 1\n"

const good = `node "v" "component.a" "" { place = [1, 2, 168, 96, 0] }`

func TestWhatIsNoLineIsAProblemWithItsPlace(t *testing.T) {
	for name, line := range map[string]string{
		"a word":             "hello",
		"not a number":       strings.Replace(good, "168", "NaN", 1),
		"beyond all numbers": strings.Replace(good, "168", "1e999", 1),
		"huge":               strings.Replace(good, "1,", "999999999999,", 1),
		"far away":           strings.Replace(good, "[1,", "[1000001,", 1),
		"far up":             strings.Replace(good, " 2,", " -1000001,", 1),
		"no width":           strings.Replace(good, "168", "0", 1),
		"a giant":            strings.Replace(good, "168", "10001", 1),
		"a fraction":         strings.Replace(good, "168", "168.5", 1),
		"minus nothing":      strings.Replace(good, "[1,", "[-0,", 1),
		"a leading zero":     strings.Replace(good, "[1,", "[01,", 1),
		"a second space":     strings.Replace(good, "node ", "node  ", 1),
		"a space at the end": good + " ",
		"a comment":          good + " # mine",
		"too few numbers":    strings.Replace(good, ", 0]", "]", 1),
		"an open quote":      strings.Replace(good, `"v"`, `"v`, 1),
		"another escape":     strings.Replace(good, `"v"`, `"\x76"`, 1),
		"a template":         strings.Replace(good, `"v"`, `"${v}"`, 1),
		"a control":          strings.Replace(good, `"v"`, "\"\x1bv\"", 1),
		"no text":            strings.Replace(good, `"v"`, "\"\xff\"", 1),
		"another block":      `edge "v" { }`,
		"a direction":        `view "v" { direction = "North" }`,
	} {
		t.Run(name, func(t *testing.T) {
			_, problems := lock.Parse(lock.File, []byte(first+good+"\n\n"+line+"\n"))
			require.Len(t, problems, 1)
			require.Equal(t, "a line that is not as asbuilt writes it", problems[0].Message)
			require.Equal(t, source.At(lock.File, 4), problems[0].At)
			require.NotEmpty(t, problems[0].Fix)
			require.False(t, problems[0].Mended)
		})
	}
	_, problems := lock.Parse(lock.File, []byte(first+strings.Repeat("junk\n", 100)))
	require.Len(t, problems, 5, "a torn file is told in a few lines")
}

func TestTheFirstLineNamesTheFormat(t *testing.T) {
	for text, says := range map[string]string{
		"":                      "the first line names no format",
		good + "\n":             "the first line names no format",
		"format = 2\njunk\n":    "the lock has format 2, this asbuilt reads up to 1",
		"format = 999999999\n":  "the lock has format 999999999, this asbuilt reads up to 1",
		"format = 0\n":          "there is no format 0",
		"format = 1\nformat=1;": "a line that is not as asbuilt writes it",
	} {
		_, problems := lock.Parse(lock.File, []byte(text))
		require.Len(t, problems, 1, "%q", text)
		require.Equal(t, says, problems[0].Message)
		require.False(t, problems[0].Mended)
	}
}

func TestAMergeIsReadAndSaid(t *testing.T) {
	other := strings.Replace(good, "[1,", "[5,", 1)
	for name, c := range map[string]struct{ text, says string }{
		"markers":    {first + "<<<<<<< HEAD\n" + good + "\n||||||| 12ab\n=======\n>>>>>>> theirs\n", "a merge conflict stands here"},
		"two places": {first + good + "\n" + other + "\n", `component.a has two places in view "v"`},
		"directions": {first + "view \"v\" { direction = \"down\" }\nview \"v\" { direction = \"right\" }\n" + good + "\n", `view "v" has two directions`},
	} {
		t.Run(name, func(t *testing.T) {
			l, problems := lock.Parse(lock.File, []byte(c.text))
			require.Len(t, problems, 1)
			require.Equal(t, c.says, problems[0].Message)
			require.True(t, problems[0].Mended)
			v, _ := l.View("v")
			n, ok := v.Node("component.a")
			require.True(t, ok)
			require.Equal(t, 1, n.X, "the first place counts")
			_, problems = lock.Parse(lock.File, lock.Format(l))
			require.Empty(t, problems)
		})
	}
	_, problems := lock.Parse(lock.File, []byte(first+good+"\n"+good+"\n"))
	require.Empty(t, problems, "the same line twice says the same")
}

// TestMerge lets git merge the additions of two branches: what it merges, and what it leaves with markers, is read as
// the places of both.
func TestMerge(t *testing.T) {
	dir := t.TempDir()
	address := rapid.StringMatching(`component\.[a-z]{1,3}`)
	rapid.Check(t, func(t *rapid.T) {
		all := rapid.SliceOfNDistinct(address, 3, 20, rapid.ID[string]).Draw(t, "addresses")
		side := make(map[string]int)
		for _, a := range all {
			side[a] = rapid.IntRange(0, 2).Draw(t, "side") // 0: in the base
		}
		of := func(sides ...int) *lock.Lock {
			v := lock.View{Name: "v", Direction: "down"}
			for i, a := range all {
				for _, s := range sides {
					if side[a] == s {
						v.Nodes = append(v.Nodes, lock.Node{Address: a, X: i, Y: s, W: 1, H: 1})
					}
				}
			}
			l := &lock.Lock{}
			l.Put(v)
			return l
		}
		names := []string{"left", "base", "right"}
		for i, l := range []*lock.Lock{of(0, 1), of(0), of(0, 2)} {
			names[i] = filepath.Join(dir, names[i])
			require.NoError(t, os.WriteFile(names[i], lock.Format(l), 0o644))
		}
		clean := exec.Command("git", append([]string{"merge-file", "-q"}, names...)...).Run() == nil
		data, err := os.ReadFile(names[0])
		require.NoError(t, err)
		got, problems := lock.Parse(lock.File, data)
		require.Equal(t, clean, len(problems) == 0)
		for _, p := range problems {
			require.True(t, p.Mended, p.Message)
		}
		require.Empty(t, cmp.Diff(of(0, 1, 2), got, same))
	})
}

// FuzzParse holds the reader against the writer: what is read is written back, and read the same again.
func FuzzParse(f *testing.F) {
	for _, s := range []string{"", first, first + good, "<<<<<<< a\n" + first + good, first + "view \"v\" { direction = \"down\" }\r\n" + good, "format = 2"} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		l, problems := lock.Parse(lock.File, data)
		for _, p := range problems {
			require.Positive(t, p.At.Start.Line)
		}
		again, more := lock.Parse(lock.File, lock.Format(l))
		require.Empty(t, more)
		require.Empty(t, cmp.Diff(l, again, same))
	})
}
