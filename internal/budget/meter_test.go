package budget

import (
	"strings"
	"testing"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"
	"github.com/stretchr/testify/require"
	"github.com/zclconf/go-cty/cty"
)

func TestExceededSaysWhatAndWhere(t *testing.T) {
	for expression, want := range map[string]struct {
		at     string
		detail string
	}{
		`1 + length([for x in range(1000) : [for y in range(1000) : y]])`:       {"x.hcl:1,40-66", "more than 100000 elements"},
		`"${"x"}${format("%9999999s", "")}"`:                                    {"x.hcl:1,14-37", "a width or precision"},
		`[for a in [1] : [for b in [1] : [for c in [1] : [for d in [1] : 1]]]]`: {"x.hcl:1,53-71", "more than 3 'for'"},
		`upper(pow(10, 300) * pow(10, 300))`:                                    {"x.hcl:1,11-38", "beyond ±1e308"},
		`"1e999" + 1`:                                                           {"x.hcl:1,5-12", "no number within"},
		`[1, setproduct(range(1000), range(1000))]`:                             {"x.hcl:1,9-45", "100000 elements"},
		`regex("a{900}b{900}c{900}d{900}", "a")`:                                {"x.hcl:1,5-43", "repeats more than"},
		`jsondecode("[1e999]")`:                                                 {"x.hcl:1,5-26", "number in this json"},
	} {
		m := New()
		v, diags := value(t, m, expression, nil)
		d := m.Exceeded()
		require.NotNil(t, d, expression)
		require.Equal(t, want.at, d.Subject.String(), expression)
		require.Contains(t, strings.ToLower(d.Detail), want.detail)
		require.False(t, v.IsWhollyKnown())
		require.True(t, diags.HasErrors())

		v, _ = value(t, m, `[upper("a")]`, nil) // and so does whatever follows
		require.False(t, v.IsWhollyKnown())
	}
}

func TestOneRunSharesOneBudget(t *testing.T) {
	m := New()
	for range 50 {
		_, diags := value(t, m, `[for x in range(1000) : x]`, nil)
		require.Empty(t, diags)
	}
	require.Nil(t, m.Exceeded())
	value(t, m, `[for x in range(1000) : x]`, nil)
	require.NotNil(t, m.Exceeded())
}

// Whoever analyses a guarded body sees the same as before.
func TestGuardedBodiesCanBeAnalysed(t *testing.T) {
	const src = `
list      = [component.a, local.b, "c", [component.d]]
object    = { a = component.a, "b" = local.b, (local.c) = upper(local.d) }
reference = component.a["x"].b
paren     = (component.a)
keyword   = self
call      = filter(components(), self.title == "x" && !contains(self.tags, local.t))
loop      = [for x in local.xs : x.y if x.z == local.w]
template  = "a ${local.b}%{ if local.c }${local.d}%{ endif }"
wrapped   = "${local.only}"
splat     = local.xs[*].name
old       = local.xs.*.name
cond      = local.a ? component.b : local.c[local.d]
block {
  a = -local.x + 1
}
`
	parse := func() *hclsyntax.Body {
		file, diags := hclsyntax.ParseConfig([]byte(src), "x.hcl", hcl.InitialPos)
		require.Empty(t, diags)
		return file.Body.(*hclsyntax.Body)
	}
	plain, guarded := parse(), parse()
	New().Guard(guarded)

	require.IsType(t, &hclsyntax.TupleConsExpr{}, guarded.Attributes["list"].Expr)
	require.IsType(t, &hclsyntax.ObjectConsExpr{}, guarded.Attributes["object"].Expr)
	require.IsType(t, &hclsyntax.ScopeTraversalExpr{}, guarded.Attributes["reference"].Expr)
	require.IsType(t, &hclsyntax.ScopeTraversalExpr{}, guarded.Attributes["list"].Expr.(*hclsyntax.TupleConsExpr).Exprs[0])

	require.Equal(t, seen(plain), seen(guarded))
	for name, a := range plain.Attributes {
		b := guarded.Attributes[name].Expr
		require.Equal(t, a.Expr.Variables(), b.Variables(), name)
		require.Equal(t, a.Expr.Range(), b.Range(), name)
		require.Equal(t, hcl.ExprAsKeyword(a.Expr), hcl.ExprAsKeyword(b), name)
		requireSameStatic(t, a.Expr, b)
	}
	call, diags := hcl.ExprCall(guarded.Attributes["call"].Expr)
	require.Empty(t, diags)
	require.Equal(t, "filter", call.Name)
	require.IsType(t, &hclsyntax.BinaryOpExpr{}, hcl.UnwrapExpression(call.Arguments[1]))
}

// requireSameStatic compares what hcl reads from an expression without evaluating it.
func requireSameStatic(t *testing.T, a, b hcl.Expression) {
	t.Helper()
	at, ad := hcl.AbsTraversalForExpr(a)
	bt, bd := hcl.AbsTraversalForExpr(b)
	require.Equal(t, at, bt)
	require.Equal(t, len(ad), len(bd))
	al, ad := hcl.ExprList(a)
	bl, bd := hcl.ExprList(b)
	require.Equal(t, len(ad), len(bd))
	require.Equal(t, len(al), len(bl))
	for i := range al {
		requireSameStatic(t, al[i], bl[i])
	}
	am, ad := hcl.ExprMap(a)
	bm, bd := hcl.ExprMap(b)
	require.Equal(t, len(ad), len(bd))
	require.Equal(t, len(am), len(bm))
	for i := range am {
		require.Equal(t, hcl.ExprAsKeyword(am[i].Key), hcl.ExprAsKeyword(bm[i].Key))
		requireSameStatic(t, am[i].Value, bm[i].Value)
	}
	ac, ad := hcl.ExprCall(a)
	bc, bd := hcl.ExprCall(b)
	require.Equal(t, len(ad), len(bd))
	if ac != nil {
		require.Equal(t, ac.Name, bc.Name)
		for i := range ac.Arguments {
			requireSameStatic(t, ac.Arguments[i], bc.Arguments[i])
		}
	}
}

// sight writes the nodes that a walk meets.
type sight struct{ nodes []string }

func (s *sight) Enter(n hclsyntax.Node) hcl.Diagnostics {
	switch n := n.(type) {
	case *hclsyntax.ScopeTraversalExpr:
		s.nodes = append(s.nodes, "reference "+n.Traversal.RootName()+" "+n.SrcRange.String())
	case *hclsyntax.FunctionCallExpr:
		s.nodes = append(s.nodes, "call "+n.Name)
	case *hclsyntax.BinaryOpExpr:
		s.nodes = append(s.nodes, "operator "+n.SrcRange.String())
	case hclsyntax.ChildScope:
		s.nodes = append(s.nodes, "scope "+n.Range().String())
	case *hclsyntax.TemplateExpr:
		s.nodes = append(s.nodes, "template "+n.SrcRange.String())
	}
	return nil
}

func (s *sight) Exit(hclsyntax.Node) hcl.Diagnostics { return nil }

func seen(body *hclsyntax.Body) map[string][]string {
	out := map[string][]string{}
	for name, a := range body.Attributes { // a walk over a body goes through its attributes in no order
		var s sight
		hclsyntax.Walk(a.Expr, &s)
		out[name] = s.nodes
	}
	for _, b := range body.Blocks {
		for name, nodes := range seen(b.Body) {
			out[b.Type+"."+name] = nodes
		}
	}
	return out
}

// What is within budget has the value that hcl gives it; only tuples of one type become lists.
func FuzzEval(f *testing.F) {
	for _, seed := range []string{
		`[for x in xs : "${x}-${n}" if x != "b"]`, `{ for k, v in { a = 1 } : k => v + n }`, `xs[*]`, `n > 1 ? xs : ["z"]`, `-n * 3 % 2`, `"%{ for x in xs }${x}%{ endfor }"`,
		`o.a.b["c"]`, `[1, "a", null, true, { a = [n] }]`, `!(n == 2) || xs == ["a", "b"]`, `xs[n]`, `o[*].a`, `<<E` + "\n${n}\nE", `[for x in [for y in xs : [y]] : x[0]]`,
	} {
		f.Add(seed)
	}
	variables := map[string]cty.Value{
		"n": cty.NumberIntVal(2), "xs": cty.ListVal([]cty.Value{cty.StringVal("a"), cty.StringVal("b")}),
		"o": cty.ObjectVal(map[string]cty.Value{"a": cty.ObjectVal(map[string]cty.Value{"b": cty.MapVal(map[string]cty.Value{"c": cty.True})})}),
	}
	f.Fuzz(func(t *testing.T, expression string) {
		src := []byte("a = " + expression + "\n")
		if len(src) > 200 || Scan("", src) != nil {
			return
		}
		parse := func() *hclsyntax.Body {
			file, diags := hclsyntax.ParseConfig(src, "", hcl.InitialPos)
			if diags.HasErrors() {
				return nil
			}
			return file.Body.(*hclsyntax.Body)
		}
		plain, guarded := parse(), parse()
		if plain == nil || plain.Attributes["a"] == nil {
			return
		}
		m := New()
		m.Guard(guarded)
		got, diags := guarded.Attributes["a"].Expr.Value(&hcl.EvalContext{Variables: variables, Functions: m.Functions()})
		if m.Exceeded() != nil {
			return // what it would cost without the guard is not tried
		}
		want, wantDiags := plain.Attributes["a"].Expr.Value(&hcl.EvalContext{Variables: variables, Functions: m.Functions()})
		if wantDiags.HasErrors() || !want.IsWhollyKnown() {
			return
		}
		if diags.HasErrors() {
			require.Contains(t, diags[0].Summary, "Division by zero")
			return
		}
		require.Equal(t, canonical(want), canonical(got))
	})
}

func TestConvert(t *testing.T) {
	at := hcl.Range{Filename: "x.hcl", Start: hcl.InitialPos, End: hcl.InitialPos}
	text := func(s string) cty.Value { return cty.StringVal(s) }
	digits := text(strings.Repeat("7", 100_000))
	words := func(list string) cty.Value {
		v, diags := value(t, New(), "["+list+"]", nil)
		require.Empty(t, diags)
		return v
	}
	mixed := []cty.Value{}
	for i := range 20_000 {
		mixed = append(mixed, text("a"), cty.NumberIntVal(int64(i)))
	}
	object := cty.Object(map[string]cty.Type{"a": cty.List(cty.Number)})
	for name, c := range map[string]struct {
		v    cty.Value
		t    cty.Type
		over string
	}{
		"digits":            {digits, cty.Number, "no number"},
		"digits inside":     {cty.ObjectVal(map[string]cty.Value{"a": cty.TupleVal([]cty.Value{digits})}), object, "no number"},
		"an exponent":       {text("1e999999999"), cty.Number, "no number"},
		"many types":        {cty.TupleVal(mixed), cty.List(cty.DynamicPseudoType), "too many steps"},
		"a set that meets":  {words(meeting(2000)), cty.Set(cty.String), "same hash"},
		"a set of anything": {words(meeting(2000)), cty.Set(cty.DynamicPseudoType), "same hash"},
		"a set":             {words(`"a", "b", "a"`), cty.Set(cty.String), ""},
		"a list of numbers": {words(`"1", 2`), cty.List(cty.Number), ""},
		"a map":             {cty.ObjectVal(map[string]cty.Value{"a": text("1")}), cty.Map(cty.Number), ""},
		"an object":         {cty.ObjectVal(map[string]cty.Value{"a": words(`"1"`), "b": digits}), object, ""},
		"no number":         {text("x"), cty.Number, ""},
	} {
		m := New()
		got, err := m.Convert(c.v, c.t, at)
		if c.over == "" {
			require.Nil(t, m.Exceeded(), name)
			want, wantErr := converted(c.v, c.t)
			require.Equal(t, wantErr, err, name)
			require.Equal(t, want, got, name)
			continue
		}
		require.Error(t, err, name)
		require.Contains(t, m.Exceeded().Detail, c.over, name)
		require.Equal(t, at, *m.Exceeded().Subject)
	}
}
