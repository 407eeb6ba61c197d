package budget

import (
	"cmp"
	"fmt"
	"hash/crc32"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"
	"github.com/stretchr/testify/require"
	"github.com/zclconf/go-cty/cty"

	"github.com/asbuilt/asbuilt/internal/budget/budgettest"
)

// attack is a file that wants too much. Its arguments are evaluated in order; each knows those before it as
// local.NAME, and env is a list of a thousand objects.
type attack struct{ name, src string }

// locals writes n locals: first is l0, and next makes each from the one before.
func locals(n int, first, next string) string {
	var b strings.Builder
	fmt.Fprintf(&b, "l0 = %s\n", first)
	for i := 1; i <= n; i++ {
		fmt.Fprintf(&b, "l%d = %s\n", i, strings.ReplaceAll(next, "$", fmt.Sprintf("local.l%d", i-1)))
	}
	return b.String()
}

// arguments writes n arguments of the same value.
func arguments(n int, expression string) string {
	var b strings.Builder
	for i := range n {
		fmt.Fprintf(&b, "a%d = %s\n", i, expression)
	}
	return b.String()
}

// doubled is a local of 2^n times the first.
func doubled(n int, first, next, use string) string {
	return locals(n, first, next) + "x = " + strings.ReplaceAll(use, "$", fmt.Sprintf("local.l%d", n)) + "\n"
}

func attacks() []attack {
	var out []attack
	add := func(name, src string) { out = append(out, attack{name, src}) }
	for name, w := range ways() {
		for _, n := range []int{60, 190, 20_000} {
			if n*(len(w.open)+len(w.close)) < MaxBytes {
				add(fmt.Sprintf("%s, %d deep", name, n), string(w.source(n)))
			}
		}
	}
	addSources(add)
	addLoops(add)
	addGrowth(add)
	addCalls(add)
	slices.SortFunc(out, func(a, b attack) int { return strings.Compare(a.name, b.name) })
	return out
}

func addSources(add func(name, src string)) {
	add("a comment of a mebibyte", "#"+strings.Repeat("x", MaxBytes-1))
	add("open comments", strings.Repeat("/*", MaxBytes/2))
	add("open comments in a string", `a = "`+strings.Repeat("/*", MaxBytes/2-10)+`"`)
	add("many arguments", arguments(24_000, "1"))
	add("one argument, often", strings.Repeat("a = 1\n", 24_000))
	add("many conversions", "l0 = [for i in range(1000) : \"${i}\"]\n"+arguments(5000, "sum(local.l0)"))
	add("many sorts", "l0 = [for i in range(1000) : \"${i}\"]\n"+arguments(5000, "length(sort(local.l0))"))
	add("many sets", "l0 = [for i in range(1000) : \"${i}\"]\n"+arguments(2000, "length(toset(local.l0))"))
	add("many regular expressions", arguments(5000, "regex(\"a{500}|\", \"b\")"))
	add("many comparisons", arguments(5000, "env == env"))
	add("many bad lines", strings.Repeat("a b\n", 33_000))
	add("many bad numbers", "a = ["+strings.Repeat("1..2,", 33_000))
	add("many bad escapes", `a = "`+strings.Repeat(`\q`, 500_000)+`"`)
	add("many bad escapes, deep", strings.Repeat(`"${`, 150)+`"`+strings.Repeat(`\q`, 400_000)+`"`+strings.Repeat(`}"`, 150))
	add("many quotes", strings.Repeat("\"\n", 33_000))
	add("a heredoc of a mebibyte", "a = <<E\n"+strings.Repeat("x\n", MaxBytes/2-10)+"E\n")
	add("a heredoc of long lines", "a = <<E\n"+strings.Repeat(strings.Repeat("x", 1000)+"\n", 1000)+"E\n")
	add("many dollars", `a = "`+strings.Repeat("$", MaxBytes-10)+`"`)
	add("a string of a mebibyte", `a = "`+strings.Repeat("x", MaxBytes-10)+`"`)
	add("combining marks", `a = length("`+strings.Repeat("\u0301", MaxBytes/2-10)+`")`)
	add("flags", `a = strrev("`+strings.Repeat("🇩", MaxBytes/4-10)+`")`)
	add("a name of a mebibyte", "a = "+strings.Repeat("x", MaxBytes-10))
	add("a function's name of a mebibyte", "a = "+strings.Repeat("x", MaxBytes-10)+"()")
	add("unknown functions", "a = ["+strings.Repeat("xxxxxxxxxxxxxxxxxxxxx(),", 20_000)+"]")
	add("unknown functions with long names", "a = ["+strings.Repeat(strings.Repeat("x", 900)+"(),", 1000)+"]")
	add("unknown names", "a = ["+strings.Repeat("nothing,", 40_000)+"]")
	add("unknown attributes", "a = ["+strings.Repeat("env[0].nothing,", 12_000)+"]")
	add("namespaces", "a = x"+strings.Repeat("::y", 30_000)+"()")
	add("many operators", "a = 1"+strings.Repeat("+1", 45_000))
	add("many long operators", arguments(50, "1"+strings.Repeat("+1", 900)))
	add("an index of a mebibyte", `a = env["`+strings.Repeat("7", MaxBytes-20)+`"]`)
	add("a wide object", "a = {"+strings.Repeat("b = 1,", 24_000)+"}")
	add("a wide tuple", "a = ["+strings.Repeat("1,", 49_000)+"]")
	add("labels", "a "+strings.Repeat("b ", 90_000)+"{}\n")
	add("one number", "a = 1e9999999")
	add("a number in a template", `a = "${1e9999999}"`)
	add("digits", "a = "+strings.Repeat("7", 100_000))
	add("dots and digits", "a = "+strings.Repeat("1.", 500_000))
	add("NUL", "a = \"\x00\"")
	add("not UTF-8", "a = \"\xff\"")
	add("carriage returns", strings.Repeat("\r", 100_000))
}

func addLoops(add func(name, src string)) {
	r := "range(1000)"
	add("for, 2 deep", "a = [for x in "+r+" : [for y in "+r+" : x]]")
	add("for, 3 deep", "a = [for x in "+r+" : [for y in "+r+" : [for z in "+r+" : z]]]")
	add("for, 4 deep", "a = [for x in [1] : [for y in [1] : [for z in [1] : [for w in [1] : 1]]]]")
	add("for, 30 deep", "a = "+strings.Repeat("[for x in [1,2] : ", 30)+"x"+strings.Repeat("]", 30))
	add("for in for in", "a = "+strings.Repeat("[for x in ", 150)+"[1,2]"+strings.Repeat(" : [x, x]]", 150))
	add("for that drops all", "a = [for x in "+r+" : [for y in "+r+" : y if false]]")
	add("for with a costly condition", "a = [for x in "+r+" : x if length([for y in "+r+" : y]) > 0]")
	add("for with nothing to do", "a = [for x in "+r+" : length([for y in "+r+" : y])]")
	add("for of errors", "a = [for x in "+r+" : [for y in "+r+" : x.nothing]]")
	add("for of unknown functions", "a = [for x in "+r+" : [for y in "+r+" : nothing(y)]]")
	add("for of big literals", "a = [for x in "+r+" : ["+strings.Repeat("1,", 20_000)+"]]")
	add("for of big objects", "a = [for x in "+r+" : {"+strings.Repeat("b = 1,", 20_000)+"}]")
	add("for of strings", "a = [for x in "+r+" : \""+strings.Repeat("x", 10_000)+"${x}\"]")
	add("for of grouped keys", "a = {for x in "+r+" : \"k\" => [for y in "+r+" : y]...}")
	add("for of equal keys", "a = {for x in concat("+strings.Repeat(r+",", 50)+") : \"k\" => x}")
	add("template for", `a = "%{for x in `+r+`}%{for y in `+r+`}${x}${y}%{endfor}%{endfor}"`)
	add("template for, 3 deep", `a = "%{for x in `+r+`}%{for y in `+r+`}%{for z in `+r+`}x%{endfor}%{endfor}%{endfor}"`)
	add("template for of text", `a = "%{for x in `+r+`}`+strings.Repeat("y", 100_000)+`%{endfor}"`)
	add("splat chain", "a = env"+strings.Repeat("[*].tags", 60))
	add("splat chain of errors", "a = env"+strings.Repeat("[*].nothing", 60))
	add("splats in for", "a = [for x in "+r+" : env[*].name]")
	add("splat of splat", "a = [for x in "+r+" : env[*].tags[*]]")
	add("equality in for", "a = [for x in "+r+" : env == env]")
	add("inequality in for", "a = [for x in "+r+" : env != [env]]")
	add("search in for", "a = [for x in env : contains(env, x)]")
	add("distinct in for", "a = [for x in "+r+" : length(distinct(env))]")
	add("sets in for", "a = [for x in "+r+" : length(setunion(env, env))]")
	add("sorting in for", "a = [for x in "+r+" : length(sort(env[*].name))]")
	add("set of strings in for", "s = toset(env[*].name)\na = [for x in "+r+" : [for y in local.s : 1]]")
	add("can of bombs", "a = [for x in "+r+" : can([for y in "+r+" : [for z in "+r+" : z]])]")
}

func addGrowth(add func(name, src string)) {
	for name, use := range map[string]string{
		"to JSON": "jsonencode($)", "compared": "$ == $", "in a condition": "true ? $ : []", "counted": "length($)", "flattened": "flatten($)",
		"in a set": "toset($)", "in a set of it": "setunion($, $)", "searched": "contains($, $)", "looped": "[for x in $ : x]", "splatted": "$[*]",
		"printed": "format(\"%v\", $)", "indexed": "$[0]", "plain": "$", "tried": "try($, 1)", "distinct": "distinct([$, $])",
	} {
		add("big list "+name, doubled(0, "[for i in range(1000) : { a = i, b = [i, i, \"x\"], c = { d = \"y${i}\" } }]", "", use))
		add("big mixed tuple "+name, doubled(0, "concat([for i in range(1000) : { a = i }], [for i in range(1000) : { b = i }], [for i in range(900) : [i]])", "", use))
	}
	for _, use := range []string{"$", "$ == $", "true ? $ : []"} {
		add("doubled tuples: "+use, doubled(40, "[1, 2]", "[$, $]", use))
		add("doubled objects: "+use, doubled(40, "{ a = 1 }", "{ a = $, b = $ }", use))
	}
	add("a chain of tuples", locals(4000, "[1]", "[[[[[[[[$]]]]]]]]"))
	add("a chain of wide tuples", locals(2000, "[]", "[$, 1, 2, 3, 4, 5, 6, 7, 8]"))
	add("a tuple of one local", "l0 = [for i in range(1000) : i]\na = ["+strings.Repeat("local.l0,", 20_000)+"]")
	add("tuples of one local", "l0 = [for i in range(1000) : i]\n"+arguments(100, "["+strings.Repeat("local.l0,", 200)+"]"))
	add("doubled strings", locals(60, `"0123456789abcdef"`, `"${$}${$}"`))
	add("many long strings", "l0 = \""+strings.Repeat("x", 500_000)+"\"\n"+arguments(5000, `"${local.l0}y"`))
	add("one string many times", "l0 = \""+strings.Repeat("x", 500_000)+"\"\na = \""+strings.Repeat("${local.l0}", 20_000)+"\"")
	add("squares", locals(60, "12345678901234567890", "$ * $"))
	add("squares as text", doubled(12, "12345678901234567890", "$ * $", `"${$}"`))
	add("quotients", locals(60, "0.0000000001", "$ * $"))
	add("a power", `a = "${pow(10, 308)}${pow(10, 309)}"`)
	add("powers", locals(60, "10", "pow($, 10)"))
	add("text to number", `a = "1e999999999" * 1`)
	add("text to numbers", `a = ["1e99999999" + 1, -"1e99999999", "1e99999999" % 7, "1e99999999" > 3, tonumber("1e99999999")]`)
	add("long text to number", `a = "`+strings.Repeat("7", 1_000_000)+`" * 1`)
	add("long text as index", `k = "`+strings.Repeat("7", 900_000)+`"`+"\na = env[local.k]")
	add("a condition of a tuple and a list", "a = true ? env : ["+strings.Repeat("{ a = 1, b = 2 },", 6000)+"]")
	add("a condition of tuples", "a = true ? ["+strings.Repeat("{ a = 1 },", 7000)+"] : ["+strings.Repeat("1,", 7000)+"]")
	add("deep conditions", "a = "+strings.Repeat("true ? [1] : ", 150)+"[2]")
}

func addCalls(add func(name, src string)) {
	big := "\"" + strings.Repeat("ab", 250_000) + "\""
	text := func(name, call string) {
		add(name, "l0 = "+big+"\na = "+strings.ReplaceAll(call, "$", "local.l0"))
		if slices.Contains([]string{"upper", "length", "sha512", "split", "regex", "replace", "join", "format many"}, name) {
			add(name+", often", "l0 = "+big+"\n"+arguments(100, strings.ReplaceAll(call, "$", "local.l0")))
		}
	}
	for _, f := range []string{"upper", "lower", "title", "strrev", "length", "md5", "sha512", "base64encode", "urlencode", "jsonencode", "trimspace", "chomp", "jsondecode", "csvdecode", "base64decode"} {
		text(f, f+"($)")
	}
	text("split", `split("", $)`)
	text("split by letter", `split("b", $)`)
	text("replace", `replace($, "a", $)`)
	text("replace nothing", `replace($, "", "xxxxxxxxxx")`)
	text("replace a pattern", `replace($, "/a/", "$0$0")`)
	text("replace by all", `replace($, "/.*/", "`+strings.Repeat("$0", 1000)+`")`)
	text("regex", `regex("(a|b|ab)*c", $)`)
	text("regexall", `regexall(".*c|a", $)`)
	text("indent", `indent(1000, replace($, "a", "\n"))`)
	text("format many", `format("`+strings.Repeat("%[1]s", 1000)+`", $)`)
	text("join", `join($, range(1000))`)
	text("trim", `trim($, $)`)
	text("substr", `substr($, 400000, 1)`)
	text("parseint", `parseint($, 16)`)
	text("timeadd", `timeadd("2020-01-01T00:00:00Z", $)`)
	text("formatdate", `formatdate($, "2020-01-01T00:00:00Z")`)
	for _, call := range []string{
		`format("%999999999d", 1)`, `format("%.999999999f", 1)`, `format("%1000000s%1000000s%1000000s", "", "", "")`, `format("%[99999999999999999999]d", 1)`,
		`formatlist("%9999999d", range(1000))`, `formatlist("%1000s", range(1000))`, `format("%b", 1e308)`, `format("%f", 1e308)`, `indent(1000000000, "a\nb")`,
		`range(1000000000)`, `range(0, 1, 1e-300)`, `range(1e308)`, `setproduct(range(1000), range(1000))`,
		`setproduct(` + strings.Repeat("range(100),", 60) + `range(2))`, `setproduct(` + strings.Repeat("[1,2],", 60) + `[1])`, `chunklist(range(1000), 1)`,
		`concat(` + strings.Repeat("env,", 5000) + `[])`, `merge(` + strings.Repeat("env[0],", 9000) + `{})`, `coalesce(` + strings.Repeat("null,", 30_000) + `1)`,
		`coalesce(` + strings.Repeat("[],{},", 6000) + `1)`, `max(` + strings.Repeat("1,", 40_000) + `1)`, `flatten([` + strings.Repeat("env,", 5000) + `])`,
		`zipmap(range(1000), env)`, `matchkeys(env, env, env)`, `transpose({ a = split("", "` + strings.Repeat("x", 10_000) + `") })`,
		`regex("` + strings.Repeat("(", 400) + `a` + strings.Repeat(")", 400) + `", "a")`, `regex("((((a{100}){100}){100}){100})", "a")`, `regex("(a{1000}){1000}", "a")`,
		`regex("` + strings.Repeat("a?", 400) + strings.Repeat("a", 200) + `", "` + strings.Repeat("a", 200) + `")`, `regex("[` + strings.Repeat(`\\pL`, 300) + `]*", "é")`,
		`regex("` + strings.Repeat("x", 100_000) + `", "a")`, `regexall("", "` + strings.Repeat("x", 100_000) + `")`, `regexall("(x+x+)+y", "` + strings.Repeat("x", 3000) + `")`,
		`jsondecode("[` + strings.Repeat("1,", 200_000) + `1]")`, `jsondecode("` + strings.Repeat("[", 200_000) + `")`, `jsondecode("1e999999999")`,
		`jsondecode("` + strings.Repeat("7", 500_000) + `")`, `jsondecode("` + strings.Repeat("{\\\"a\\\":", 5000) + `")`, `csvdecode("a,b\n` + strings.Repeat("1,2\\n", 100_000) + `")`,
		`csvdecode("` + strings.Repeat(",", 300_000) + `")`, `base64decode("` + strings.Repeat("AAAA", 100_000) + `")`, `log(0, 10)`, `log(10, 1)`, `parseint("` + strings.Repeat("1", 2000) + `", 2)`,
		`pow(2, 1e308)`, `1 / 0`, `0 / 0`, `cidrsubnets("::/0", ` + strings.Repeat("128,", 40_000) + `1)`, `cidrhost("::/0", 1e308)`, `cidrsubnet("10.0.0.0/8", 1e9, 1)`,
		strings.Repeat("try(", 150) + "nothing" + strings.Repeat(", nothing)", 150), strings.Repeat("can(", 150) + "nothing" + strings.Repeat(")", 150),
		strings.Repeat("try(", 60) + "1" + strings.Repeat(")", 60), strings.Repeat("jsonencode(", 60) + `"\""` + strings.Repeat(")", 60),
		strings.Repeat("urlencode(", 60) + `"%%%%%%%%%%"` + strings.Repeat(")", 60), strings.Repeat("base64encode(", 60) + `"aaa"` + strings.Repeat(")", 60),
		`tolist([` + strings.Repeat(`{ a = 1 }, { b = "x" }, [], 1, `, 4000) + `])`, `tomap({` + strings.Repeat("", 1) + `a = {}, b = [] })`, `sum(["1e99999999"])`,
		`toset([` + meeting(4000) + `])`, `setunion([` + meeting(4000) + `], ["x"])`, `toset([` + strings.Repeat("1.00000000000001,", 1) + closeNumbers(5000) + `])`,
	} {
		add(fmt.Sprintf("%.60s", call), "a = "+call)
	}
}

// meeting writes n strings whose hash in a set is the same. The hash is a CRC-32, which is linear: each of 48
// letters is an a or a c, and every combination of letters whose changes cancel out keeps the hash.
func meeting(n int) string {
	const letters = 48
	base := []byte(`"` + strings.Repeat("a", letters) + `"`)
	hash := func(bits uint64) uint32 {
		s := slices.Clone(base)
		for i := range letters {
			s[1+i] += byte(bits>>i&1) * 2
		}
		return crc32.ChecksumIEEE(s)
	}
	type row struct {
		change uint32
		bits   uint64
	}
	var pivots []row
	var kernel []uint64
	for i := range letters {
		r := row{hash(1<<i) ^ hash(0), 1 << i}
		for _, p := range pivots {
			if r.change^p.change < r.change {
				r.change, r.bits = r.change^p.change, r.bits^p.bits
			}
		}
		if r.change == 0 {
			kernel = append(kernel, r.bits)
			continue
		}
		pivots = append(pivots, r)
		slices.SortFunc(pivots, func(a, b row) int { return cmp.Compare(b.change, a.change) })
	}
	var out []string
	for i := range n {
		var bits uint64
		for j, k := range kernel {
			if i>>j&1 == 1 {
				bits ^= k
			}
		}
		s := slices.Clone(base)
		for j := range letters {
			s[1+j] += byte(bits>>j&1) * 2
		}
		out = append(out, string(s))
	}
	return strings.Join(out, ",")
}

// closeNumbers writes n numbers that differ in the last digits only, which a set's hash leaves out.
func closeNumbers(n int) string {
	var b strings.Builder
	for i := range n {
		fmt.Fprintf(&b, "1.000000000000%07d,", i)
	}
	return b.String()
}

func environment() cty.Value {
	var all []cty.Value
	for i := range 1000 {
		attributes := map[string]cty.Value{"tags": cty.ListVal([]cty.Value{cty.StringVal("a"), cty.StringVal("b")})}
		for _, name := range []string{"address", "type", "kind", "name", "title", "description", "technology", "in", "owner"} {
			attributes[name] = cty.StringVal(fmt.Sprintf("%s %d", name, i))
		}
		all = append(all, cty.ObjectVal(attributes))
	}
	return cty.ListVal(all)
}

// run does what a reader of the language does, and returns what stopped it.
func run(src []byte, env cty.Value) (stopped string) {
	if f := Scan("x.hcl", src); f != nil {
		return f.Message
	}
	file, _ := hclsyntax.ParseConfig(src, "x.hcl", hcl.InitialPos)
	m := New()
	body := file.Body.(*hclsyntax.Body)
	m.Guard(body)
	arguments := make([]*hclsyntax.Attribute, 0, len(body.Attributes))
	for _, a := range body.Attributes {
		arguments = append(arguments, a)
	}
	slices.SortFunc(arguments, func(a, b *hclsyntax.Attribute) int { return a.SrcRange.Start.Byte - b.SrcRange.Start.Byte })
	known, functions := map[string]cty.Value{}, m.Functions()
	for _, a := range arguments {
		local := map[string]cty.Value{}
		for _, t := range a.Expr.Variables() {
			if t.RootName() != "local" || len(t) < 2 {
				continue
			}
			if name := t[1].(hcl.TraverseAttr).Name; known[name] != cty.NilVal {
				local[name] = known[name]
			}
		}
		ctx := &hcl.EvalContext{Variables: map[string]cty.Value{"env": env, "local": cty.ObjectVal(local)}, Functions: functions}
		v, diags := a.Expr.Value(ctx)
		if d := m.Exceeded(); d != nil {
			return d.Detail
		}
		if !diags.HasErrors() {
			known[a.Name] = v
		}
	}
	return ""
}

// mostAllocated is what evaluating one hostile file may allocate in all, so that it never holds more at a time.
const mostAllocated = 256 << 20

// Every attack takes little. Times are printed, and decide nothing.
func TestAttacks(t *testing.T) {
	env := environment()
	type cost struct {
		attack
		took    time.Duration
		bytes   uint64
		stopped string
	}
	var costs []cost
	for _, a := range attacks() {
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		start := budgettest.CPU(t)
		stopped := run([]byte(a.src), env)
		took := budgettest.CPU(t) - start
		runtime.ReadMemStats(&after)
		costs = append(costs, cost{a, took, after.TotalAlloc - before.TotalAlloc, stopped})
	}
	require.Greater(t, len(costs), 300)
	worst := func(by func(a, b cost) int) {
		slices.SortFunc(costs, by)
		for _, c := range costs[:15] {
			t.Logf("%8v %5d MiB  %s (%.60s)", c.took.Round(time.Millisecond), c.bytes>>20, c.name, c.stopped)
		}
	}
	worst(func(a, b cost) int { return cmp.Compare(b.took, a.took) })
	worst(func(a, b cost) int { return cmp.Compare(b.bytes, a.bytes) })
	for _, c := range costs {
		require.LessOrEqual(t, c.bytes, uint64(mostAllocated), c.name)
	}
}
