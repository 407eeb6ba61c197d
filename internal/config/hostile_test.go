package config

import (
	"fmt"
	"runtime"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/asbuilt/asbuilt/internal/budget/budgettest"
	"github.com/asbuilt/asbuilt/internal/collector"
	"github.com/asbuilt/asbuilt/pkg/finding"
)

// many writes n lines.
func many(n int, format string) string {
	var b strings.Builder
	for i := range n {
		b.WriteString(strings.NewReplacer("{i}", fmt.Sprint(i), "{i+1}", fmt.Sprint(i+1)).Replace(format))
		b.WriteByte('\n')
	}
	return b.String()
}

// mostAllocated is what one hostile file may allocate in all, so that it never holds more at a time.
const mostAllocated = 256 << 20

// step is one of a sequence.
const step = "step {\n from = component.t\n to = component.t\n label = \"x\"\n}\n"

// nested is n blocks inside one another, with something in the innermost.
func nested(n int, head, inner string) string {
	return strings.Repeat(head+" {\n", n) + inner + strings.Repeat("}\n", n)
}

// Views as large as they may be, and one larger.
func TestTheLimitsOfViews(t *testing.T) {
	const one = "component \"t\" {}\n"
	sequence := func(steps string) string { return one + "view \"sequence\" \"v\" {\n" + steps + "}\n" }
	alts := func(n int) string {
		return sequence(strings.Repeat("alt \"a\" {\n"+step, n) + strings.Repeat("else {\n"+step+"}\n}\n", n))
	}
	groups := func(n int) string {
		text := ""
		for i := range n {
			text += fmt.Sprintf("group \"g%d\" {\n", i)
		}
		return one + "view \"landscape\" \"v\" {\n" + text + "members = component.t\n" + strings.Repeat("}\n", n+1)
	}
	chain := func(n int) string {
		return one + many(n, "view \"landscape\" \"v{i}\" { extends = view.v{i+1} }") + fmt.Sprintf("view \"landscape\" \"v%d\" {}\n", n)
	}
	wide := func(n int) string {
		return sequence(step+"note {\n over = filter(components(), self.name != \"t\")\n text = \"x\"\n}\n") + many(n-1, `component "c{i}" {}`)
	}
	for name, c := range map[string]struct {
		text  func(n int) string
		most  int
		words string
	}{
		"steps":       {func(n int) string { return sequence(strings.Repeat(step, n)) }, maxSteps, "this makes more than 2000 steps of sequences"},
		"loops":       {func(n int) string { return sequence(nested(n, `loop "l"`, step)) }, maxNested, "more fragments inside one another than can be followed"},
		"alts":        {alts, maxNested, "more fragments inside one another than can be followed"},
		"lifelines":   {wide, maxLifelines, `the sequence "v" has 101 lifelines, more than 100`},
		"groups":      {groups, maxNested, "more than 16 groups inside one another"},
		"base before": {chain, maxNested, "more than 16 views extend one another"},
	} {
		t.Run(name, func(t *testing.T) {
			if c.most > 0 {
				_, findings := Load([]File{{"a.arch.hcl", []byte(c.text(c.most))}}, Options{})
				require.Empty(t, printFindings(findings))
			}
			_, findings := Load([]File{{"a.arch.hcl", []byte(c.text(c.most + 1))}}, Options{})
			require.Contains(t, printFindings(findings), c.words)
		})
	}
}

// What is made of a few blocks is bounded: each of these ends, and says what is over the limit.
func TestOverTheLimits(t *testing.T) {
	defer collector.Tune()() // as the program does
	keys := "locals {\n  keys = { for i in [" + strings.Repeat("1,", 150) + "1] : \"k\" => i... }\n}\n"
	hundred := "locals {\n  k = {" + many(140, "    k{i} = 1") + "  }\n}\n"
	tree := hundred + "system \"s\" {}\n" + many(70, "component \"c{i}\" {\n for_each = local.k\n in = system.s\n depends_on = [component.t]\n}") + "component \"t\" {}\n"
	const tooMuchWork = "this makes more than 200000 steps of set functions"
	for name, c := range map[string]struct{ text, rule, message string }{
		"elements": {hundred + many(150, `component "c{i}" { for_each = local.k }`), ruleBudget, "this makes more than 10000 elements"},
		"edges": {
			hundred + `component "t" { for_each = local.k }` + "\n" + many(20, "component \"c{i}\" {\n for_each = local.k\n depends_on = component.t\n}"),
			ruleBudget, "this makes more than 200000 edges",
		},
		"chain of locals":   {"locals {\n" + many(600, "  x{i} = local.x{i+1}") + "  x600 = 1\n}\n", ruleBudget, "local.x100 needs more than 500 others in a row"},
		"chain of for_each": {many(600, `component "c{i}" { for_each = component.c{i+1} }`) + "component \"c600\" { for_each = {} }\n", ruleBudget, "component.c500 needs more than 500 others in a row"},
		"depth":             {many(40, `component "c{i}" { in = component.c{i+1} }`) + "component \"c40\" {}\n", ruleBudget, "component.c10 is inside more than 30 others"},
		"work": {hundred + many(50, `component "c{i}" { for_each = local.k }`) +
			many(50, "locals {\n  a{i} = filter(elements(), filter(elements(), true)[0].shared)\n}"), ruleBudget, tooMuchWork},
		"counting":           {tree + "locals {\n  a = filter(elements(), length(outgoing([system.s, component.t])) > 0)\n}", ruleBudget, tooMuchWork},
		"counting inside":    {tree + "locals {\n  a = filter(elements(), length(descendants([system.s, component.t])) > 0)\n}", ruleBudget, tooMuchWork},
		"counting ends":      {tree + "locals {\n  a = filter(elements(), length(incoming([component.t, component.c0])) > 0)\n}", ruleBudget, tooMuchWork},
		"looking at nothing": {tree + "locals {\n  a = filter(elements(), outgoing(elements()) == [])\n}", ruleBudget, tooMuchWork},
		"instances of instances": {hundred + many(70, "component \"c{i}\" {\n for_each = local.k\n title = component.c{i+1}[each.key].name\n}") +
			"component \"c70\" {\n for_each = local.k\n}\n", "", ""},
		"tags of instances": {
			hundred + many(70, "component \"c{i}\" {\n for_each = local.k\n tags = [for k, v in local.k : k]\n}"),
			ruleBudget, "evaluating this makes more than 100000 elements of collections in one run",
		},
		"circle of in": {
			many(3000, `component "c{i}" { in = component.c{i+1} }`) + "component \"c3000\" { in = component.c0 }\n", ruleCycle,
			"an element that is inside itself: component.c0 → component.c1 → component.c2 → component.c3 → component.c4 → component.c5 → … → component.c2996 → component.c2997 → component.c2998 → component.c2999 → component.c3000 → component.c0",
		},
		"renames":    {many(3000, "moved {\n  from = component.c{i}\n  to = component.c{i+1}\n}"), ruleUnknown, "there is no component.c3000"},
		"typos":      {many(2000, `component "some_name_{i}" { in = component.sone_name_{i} }`), ruleMore, "and more than 899 others"},
		"same_edges": {"component \"t\" {}\ncomponent \"c\" {\n" + many(3000, "  uses { to = component.t }") + "}\n", ruleMore, "and more than 899 others"},
		"facts": {
			"locals {\n a0 = [1,1]\n" + many(15, "a{i+1} = [local.a{i}, local.a{i}]") + "}\n" + many(100, "component \"c{i}\" {\n metadata = { x = local.a15 }\n}"),
			ruleBudget, "this makes more than 500000 parts of values",
		},
		"any": {
			"variable \"x\" {\n type = list(any)\n default = [" + many(10000, "{a{i} = 1},") + "]\n}",
			ruleBudget, "evaluating the architecture takes too many steps; this one is over the limit",
		},
		"layers":   {tree + "rule \"r\" { layers = [" + strings.Repeat("elements(), ", 200) + "] }\n", ruleBudget, "this makes more than 250000 members of sets"},
		"subjects": {tree + many(120, "rule \"r{i}\" {\n for_each = elements()\n condition = true\n}"), ruleBudget, "this makes more than 250000 members of sets"},
		"edges as subjects": {
			tree + many(120, "rule \"r{i}\" {\n for_each = relationships()\n condition = source.name != \"\"\n}"),
			ruleBudget, tooMuchWork,
		},
		"ways":             {tree + "locals {\n  a = filter(elements(), length(paths(elements(), self)) > 0)\n}", ruleBudget, tooMuchWork},
		"views over edges": {tree + many(1000, "view \"landscape\" \"v{i}\" { where_edges = length(outgoing(self)) > 0 }"), "", ""},
		"instances":        {tree + "environment \"e\" {\n" + many(60, "  node \"n{i}\" { runs = filter(elements(), true) }") + "}\n", ruleBudget, tooMuchWork},
		"nodes in nodes":   {"environment \"e\" {\n" + strings.Repeat("node \"n\" {\n", 90) + strings.Repeat("}\n", 90) + "}\n", "", ""},
		"overrides":        {tree + "view \"landscape\" \"v\" {\n" + many(100, "  override {\n of = elements()\n color = \"red\"\n }") + "}\n", ruleBudget, "this makes more than 250000 members of sets"},
		"one edge of many": {tree + "locals {\n a = relationships()\n}\n" + many(1000, "rule \"r{i}\" {\n for_each = [local.a[{i}]]\n condition = source.name != \"\"\n}"), "", ""},
		"conditions over conditions": {
			tree + many(120, "rule \"r{i}\" {\n for_each = component.t\n condition = length(filter(elements(), length(outgoing(self)) > 0)) > 0\n}"),
			ruleBudget, tooMuchWork,
		},
		"long messages": {
			tree + "locals {\n a0 = \"0123456789\"\n" + many(15, "a{i+1} = \"${local.a{i}}${local.a{i}}\"") + "}\n" + many(200, "rule \"r{i}\" {\n for_each = components()\n condition = false\n error_message = \"${self.name}${local.a15}\"\n}"),
			ruleBudget, "evaluating this makes strings of more than 8388608 bytes in one run",
		},
		"patterns of rules":   {"rule \"r\" {\n" + many(3000, "  deny { imports = [\"a{i}/...\", \"b{i}...\"] }") + "}\n", ruleMore, "and more than 899 others"},
		"kinds":               {many(3000, "kind \"k{i}\" {\n  may_use = [kind.k{i+1}]\n  requires = [\"ownr\"]\n}"), ruleMore, "and more than 899 others"},
		"references to kinds": {many(2000, "kind \"k{i}\" {}") + "component \"c\" {\n  for_each = {}\n  kind = kind.k0\n}\nlocals {\n" + many(500, "  a{i} = of_kind(kind.k{i})") + "}\n", "", ""},
		"references to rules": {many(2000, "rule \"some_rule_{i}\" {\n acyclic = []\n}\nwaiver \"w{i}\" { rule = rule.sone_rule_{i} }"), ruleMore, "and more than 899 others"},
		"grouping":            {keys + `component "c" { for_each = local.keys }`, "", ""},
	} {
		t.Run(name, func(t *testing.T) {
			var before, after runtime.MemStats
			runtime.ReadMemStats(&before)
			runtime.GC()
			start := budgettest.CPU(t)
			_, findings := Load([]File{{"a.arch.hcl", []byte(c.text)}}, Options{})
			took := budgettest.CPU(t) - start
			runtime.ReadMemStats(&after)
			t.Logf("%v of CPU, %d MiB", took.Round(time.Millisecond), (after.TotalAlloc-before.TotalAlloc)>>20)
			require.LessOrEqual(t, after.TotalAlloc-before.TotalAlloc, uint64(mostAllocated))
			var said []string
			for _, f := range findings {
				said = append(said, f.Rule+": "+f.Message)
			}
			if c.rule == "" {
				require.Empty(t, said)
				return
			}
			require.Contains(t, said, c.rule+": "+c.message)
			require.Equal(t, finding.Error, findings[0].Severity)
		})
	}
}
