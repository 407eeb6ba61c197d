package budget

import (
	"maps"
	"math/rand"
	"slices"
	"strings"
	"testing"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"
	"github.com/stretchr/testify/require"

	"github.com/asbuilt/asbuilt/pkg/finding"
)

func TestScanSaysWhatAndWhere(t *testing.T) {
	for name, c := range map[string]struct{ src, rule, at, message string }{
		"too large":            {"# " + strings.Repeat("x", MaxBytes), Rule, "x.hcl:1:1048577", "the file is larger than 1048576 bytes"},
		"too many tokens":      {"a = [" + strings.Repeat("1,", MaxTokens), Rule, "x.hcl:1:100003", "more than 100000 tokens"},
		"too deep":             {"a = 1\nb = " + strings.Repeat("(", 201), Rule, "x.hcl:2:205", "more than 200 levels"},
		"too long a name":      {"a = " + strings.Repeat("x", 1001), Rule, "x.hcl:1:5", "longer than 1000 bytes"},
		"too large a number":   {"é = 1e309", Rule, "x.hcl:1:6", "beyond ±1e308"},
		"too small a number":   {"a = 1e-400", Rule, "x.hcl:1:5", "beyond ±1e308"},
		"too exact a number":   {"a = 0." + strings.Repeat("1", 40), Rule, "x.hcl:1:5", "more than 40 digits"},
		"too many pieces":      {"a = <<E\n" + strings.Repeat(strings.Repeat("x", 20)+"\n", 40_000) + "E\n", Rule, "x.hcl:2529:1", "too many pieces"},
		"NUL":                  {"a = 1 # \x00", Syntax, "x.hcl:1:9", "NUL"},
		"not UTF-8":            {"a = 1\n# é\xff", Syntax, "x.hcl:2:5", "not UTF-8"},
		"signs by line":        {"a = (" + strings.Repeat("!\n", 1100), Rule, "x.hcl:200:1", "more than 200 levels"},
		"lone carriage return": {"a = 1\r\nb = 2\rc", Syntax, "x.hcl:2:6", "carriage return"},
		"open comment":         {"a = 1 /* b", Syntax, "x.hcl:1:7", "never closed"},
		"escape":               {`a = "\n\\\q"`, Syntax, "x.hcl:1:10", "no escape sequence"},
		"short escape":         {`a = "\u00e"`, Syntax, "x.hcl:1:6", "no escape sequence"},
		"heredoc marker":       {"a = <<é\né\n", Syntax, "x.hcl:1:5", "outside ASCII"},
		"wrong bracket":        {"a = (\n1]", Syntax, "x.hcl:2:2", `"]" does not close the "("`},
		"stray bracket":        {"a = 1\n}", Syntax, "x.hcl:2:1", `"}" closes nothing`},
		"bracket in template":  {`a = "${ ( }"`, Syntax, "x.hcl:1:11", `"}" does not close the "("`},
	} {
		t.Run(name, func(t *testing.T) {
			f := Scan("x.hcl", []byte(c.src))
			require.NotNil(t, f)
			require.Equal(t, c.rule, f.Rule)
			require.Equal(t, c.at, f.At.String())
			require.Contains(t, f.Message, c.message)
			require.Equal(t, finding.Error, f.Severity)
			require.NotEmpty(t, f.Fix.Message)
		})
	}
}

func TestScanAcceptsWhatPeopleWrite(t *testing.T) {
	for name, src := range map[string]string{
		"empty":               "",
		"byte order mark":     "\ufeffa = 1\r\n",
		"many blocks":         strings.Repeat("component \"x\" {\n  in = system.shop\n  depends_on = [component.a, api.b]\n  code { go = [\"./a/...\"] }\n}\n", 2500),
		"wide object":         "a = {\n" + strings.Repeat("  x = a ? b : -c\n", 5000) + "}\n",
		"long list":           "a = [" + strings.Repeat("!a.b, ", 10_000) + "]\n",
		"many conditions":     "a = " + strings.Repeat("self.x == \"a\" || ", 300) + "true\n",
		"deep but allowed":    "a = " + strings.Repeat("[", 150) + strings.Repeat("]", 150) + "\n",
		"long heredoc":        "a = <<-EOT\n" + strings.Repeat("  some text that goes on and on\n", 1000) + "EOT\n",
		"comment with junk":   "# (((((( \" ${ <<E\n/* [[[[ \" */ a = 1\n",
		"string with junk":    "a = \"(((( \\\" /* # <<E $${ %%{ )\"\n",
		"template":            "a = \"%{ for x in y }${ x ? \"a\" : \"b\" }%{ endfor }\"\n" + strings.Repeat("b = \"%{ if x }y%{ endif }\"\n", 1000),
		"object for":          "a = { for k, v in x :\n k =>\n v\n if v }\n",
		"line comments":       strings.Repeat("// x\na = 1 # y\n", 1000),
		"numbers":             "a = [1, 1.5, 1e308, -1e-300, 0, 12345678901234567890]\n",
		"unclosed at the end": "a = [(",
	} {
		t.Run(name, func(t *testing.T) {
			require.Nil(t, Scan("x.hcl", []byte(src)))
		})
	}
}

// height is how deep the tree of a file is.
type height struct{ now, max int }

func (h *height) Enter(hclsyntax.Node) hcl.Diagnostics {
	h.now++
	h.max = max(h.max, h.now)
	return nil
}

func (h *height) Exit(hclsyntax.Node) hcl.Diagnostics {
	h.now--
	return nil
}

// requireShallow checks the promise of Scan: what it lets through parses to a tree of bounded height.
func requireShallow(t *testing.T, src []byte) {
	t.Helper()
	if Scan("", src) != nil {
		return
	}
	file, _ := hclsyntax.ParseConfig(src, "", hcl.InitialPos)
	var h height
	hclsyntax.Walk(file.Body.(*hclsyntax.Body), &h)
	require.LessOrEqual(t, h.max, maxUnits, "%.200q", src)
}

// way is one way of nesting: open, repeated, then inner, then close, repeated as often.
type way struct{ open, inner, close string }

func ways() map[string]way {
	return map[string]way{
		"parentheses":     {"(", "1", ")"},
		"tuples":          {"[", "1", "]"},
		"objects":         {"{ x = ", "1", "}"},
		"objects by line": {"{\nx = ", "1", "\n}"},
		"object keys":     {"{(", "1", ") = 1}"},
		"calls":           {"f(", "1", ")"},
		"calls by line":   {"f(\n", "1", "\n)"},
		"keys":            {"a[", "1", "]"},
		"steps":           {"", "a", "[b]"},
		"attributes":      {"", "a", ".b"},
		"indices":         {"", "a", ".0.b"},
		"splats":          {"", "a", "[*]"},
		"old splats":      {"", "a", ".*"},
		"spaced steps":    {"", "(a", " /* */\n. b"},
		"not":             {"!", "a", ""},
		"minus":           {"-", "1", ""},
		"minus not":       {"-!", "1", ""},
		"then":            {"a ? ", "b", " : c"},
		"else":            {"a ? b : ", "c", ""},
		"if":              {"", "a", " ? b : c"},
		"half a then":     {"a ? ", "b", ""},
		"sums":            {"", "a", " + b"},
		"and":             {"", "a", " && b"},
		"compare":         {"", "a", " == b"},
		"mixed operators": {"", "a", " * b + c < d && e"},
		"minus minus":     {"", "a", " - b"},
		"for":             {"[for x in y : ", "x", "]"},
		"for in":          {"[for x in ", "y", ": x]"},
		"for if":          {"[for x in y : x if ", "y", "]"},
		"for object":      {"{for x in y : x => ", "x", "}"},
		"for by line":     {"{\nfor x in y : x =>\n", "x", "\n}"},
		"interpolations":  {"\"${", "1", "}\""},
		"trimmed":         {"\"x${~ ", "1", " ~}y\""},
		"directives":      {"\"%{ if ", "a", " }b%{ endif }\""},
		"ifs":             {"%{ if a }", "", "%{ endif }"},
		"fors":            {"%{ for a in b }", "", "%{ endfor }"},
		"half ifs":        {"%{ if a }", "", ""},
		"heredocs":        {"<<E\n${", "1", "}\nE\n"},
		"namespaces":      {"a::", "a()", ""},
		"blocks":          {"a {\n", "", "\n}\n"},
		"labelled blocks": {"a \"b\" c {\n", "", "\n}\n"},
		"half blocks":     {"a {\n", "", ""},
	}
}

// source nests a way n times; some stand in a body or in a string rather than behind an equals sign.
func (w way) source(n int) []byte {
	text := strings.Repeat(w.open, n) + w.inner + strings.Repeat(w.close, n)
	switch {
	case strings.HasPrefix(w.open, "a {") || strings.HasPrefix(w.open, "a \"b"):
		return []byte(text)
	case strings.HasPrefix(w.open, "%{"):
		return []byte("a = \"" + text + "\"\n")
	}
	return []byte("a = " + text + "\n")
}

func TestEveryWayOfNestingIsCounted(t *testing.T) {
	for name, w := range ways() {
		t.Run(name, func(t *testing.T) {
			require.Nil(t, Scan("", w.source(60)))
			f := Scan("", w.source(1100))
			require.NotNil(t, f)
			require.Equal(t, Rule, f.Rule)
		})
	}
}

// Ways inside and after one another: what Scan accepts of them is shallow all the same.
func TestWhatScanAcceptsIsShallow(t *testing.T) {
	all := slices.Collect(maps.Values(ways()))
	slices.SortFunc(all, func(a, b way) int { return strings.Compare(a.open+a.close, b.open+b.close) })
	rnd := rand.New(rand.NewSource(3))
	accepted := 0
	for range 4000 {
		text := "1"
		for range 1 + rnd.Intn(4) {
			w, n := all[rnd.Intn(len(all))], 1+rnd.Intn(1<<rnd.Intn(9))
			text = strings.Repeat(w.open, n) + text + strings.Repeat(w.close, n)
		}
		src := []byte("a = " + text + "\n")
		if Scan("", src) == nil {
			accepted++
			requireShallow(t, src)
		}
	}
	require.Greater(t, accepted, 500)
}

func FuzzScan(f *testing.F) {
	for _, seed := range []string{
		"a = (1)\n", "a = [for x in y : \"${x}%{ if x }b%{ endif }\"]\n", "a {\n b = <<E\n ${c}\nE\n}\n", "a = b[*].c[0][d] ? !e : -f\n", "a = x(y...) # z\n",
	} {
		f.Add("", seed, "", uint16(1))
		f.Add("a = ", seed[4:len(seed)-1], "\n", uint16(400))
	}
	f.Fuzz(func(t *testing.T, before, piece, after string, times uint16) {
		if len(piece) > 100 {
			times %= 20
		}
		requireShallow(t, []byte(before+strings.Repeat(piece, int(times%3000))+after))
	})
}
