package budget

import (
	"flag"
	"maps"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"
	"github.com/stretchr/testify/require"
	"github.com/zclconf/go-cty/cty"
	"github.com/zclconf/go-cty/cty/function/stdlib"
)

var update = flag.Bool("update", false, "rewrite golden files")

// The list of functions is part of the language: none may come or go unseen.
func TestFunctionNames(t *testing.T) {
	const file = "testdata/functions.golden"
	got := strings.Join(slices.Sorted(maps.Keys(New().Functions())), "\n") + "\n"
	if *update {
		require.NoError(t, os.WriteFile(file, []byte(got), 0o644))
	}
	want, err := os.ReadFile(file)
	require.NoError(t, err)
	require.Equal(t, string(want), got)
	for _, word := range []string{"file", "env", "path", "time", "uuid", "random", "template", "http", "bcrypt", "rsa", "sensitive"} {
		for _, name := range strings.Fields(got) {
			if strings.Contains(name, word) {
				require.Contains(t, []string{"timeadd", "timecmp"}, name)
			}
		}
	}
}

// value evaluates one guarded expression.
func value(t *testing.T, m *Meter, expression string, variables map[string]cty.Value) (cty.Value, hcl.Diagnostics) {
	t.Helper()
	file, diags := hclsyntax.ParseConfig([]byte("a = "+expression+"\n"), "x.hcl", hcl.InitialPos)
	require.Empty(t, diags, expression)
	body := file.Body.(*hclsyntax.Body)
	m.Guard(body)
	return body.Attributes["a"].Expr.Value(&hcl.EvalContext{Variables: variables, Functions: m.Functions()})
}

// written evaluates an expression and writes its value as JSON; sets and lists look alike there.
func written(t *testing.T, expression string) string {
	t.Helper()
	v, diags := value(t, New(), expression, nil)
	if diags.HasErrors() {
		return "error: " + diags[0].Detail
	}
	s, err := stdlib.JSONEncode(v)
	require.NoError(t, err, expression)
	return s.AsString()
}

func TestFunctions(t *testing.T) {
	for expression, want := range map[string]string{
		`abs(-2)`:                 `2`,
		`ceil(1.2)`:               `2`,
		`floor(-1.2)`:             `-2`,
		`log(16, 2)`:              `4`,
		`max(1, 5, 3)`:            `5`,
		`min(1, "0", 3)`:          `0`,
		`max([1, 2]...)`:          `2`,
		`parseint("ff", 16)`:      `255`,
		`pow(2, 10)`:              `1024`,
		`signum(-3)`:              `-1`,
		`chomp("a\r\n\n")`:        `"a"`,
		`endswith("abc", "bc")`:   `true`,
		`startswith("abc", "bc")`: `false`,
		`strcontains("abc", "b")`: `true`,
		`format("%s is %05.1f %q %v %%", "a", 1.25, "q", [1])`:          `"a is 001.2 \"q\" [1] %"`,
		`format("%5s|%-5s|%d", "é", "b", "7")`:                          `"    é|b    |7"`,
		`formatlist("%s-%d", ["a", "b"], [1, 2])`:                       `["a-1","b-2"]`,
		`indent(2, "a\nb")`:                                             `"a\n  b"`,
		`join(", ", ["a", "b"], ["c"])`:                                 `"a, b, c"`,
		`join("-", toset(["b", "a"]))`:                                  `"a-b"`,
		`join("-", [1, true])`:                                          `"1-true"`,
		`lower("É")`:                                                    `"é"`,
		`regex("[a-z]+", "12ab3")`:                                      `"ab"`,
		`regex("(?P<n>\\d)(?P<l>[a-z])", "1a")`:                         `{"l":"a","n":"1"}`,
		`regexall("\\d", "a1b2")`:                                       `["1","2"]`,
		`length(regexall("x", "a1b2"))`:                                 `0`,
		`replace("a.b.c", ".", "-")`:                                    `"a-b-c"`,
		`replace("hello", "/l+/", "[$0]")`:                              `"he[ll]o"`,
		`replace("ab", "/(a)(b)/", "$2$1")`:                             `"ba"`,
		`replace("a/b", "/", "-")`:                                      `"a-b"`,
		`split(",", "a,b,")`:                                            `["a","b",""]`,
		`strrev("abc")`:                                                 `"cba"`,
		`substr("hello", 1, 3)`:                                         `"ell"`,
		`title("a b")`:                                                  `"A B"`,
		`trim("??a?", "?")`:                                             `"a"`,
		`trimprefix("ab", "a")`:                                         `"b"`,
		`trimsuffix("ab", "b")`:                                         `"a"`,
		`trimspace(" a ")`:                                              `"a"`,
		`upper("a")`:                                                    `"A"`,
		`alltrue([true, "true"])`:                                       `true`,
		`alltrue([])`:                                                   `true`,
		`anytrue([false, null])`:                                        `false`,
		`chunklist(["a", "b", "c"], 2)`:                                 `[["a","b"],["c"]]`,
		`coalesce(null, "", "b")`:                                       `"b"`,
		`coalesce(null, 1, "b")`:                                        `"1"`,
		`coalescelist([], ["a"])`:                                       `["a"]`,
		`compact(["a", "", null, "b"])`:                                 `["a","b"]`,
		`concat(["a"], [1], toset(["b"]))`:                              `["a",1,"b"]`,
		`contains(["a", "b"], "b")`:                                     `true`,
		`contains([{ a = 1 }], { a = 1 })`:                              `true`,
		`contains(["1"], 1)`:                                            `false`,
		`distinct(["a", "b", "a"])`:                                     `["a","b"]`,
		`distinct([{ a = 1 }, { a = 1 }, { a = 2 }])`:                   `[{"a":1},{"a":2}]`,
		`element(["a", "b", "c"], 4)`:                                   `"b"`,
		`element(["a", "b", "c"], -1)`:                                  `"c"`,
		`flatten([["a"], [["b", []]], "c"])`:                            `["a","b","c"]`,
		`index(["a", "b"], "b")`:                                        `1`,
		`keys({ b = 1, a = 2 })`:                                        `["a","b"]`,
		`length("aé🇩🇪")`:                                                `3`,
		`length({ a = 1, b = 2 })`:                                      `2`,
		`length(toset(["a", "a"]))`:                                     `1`,
		`lookup({ a = 1 }, "a", 2)`:                                     `1`,
		`lookup({ a = 1 }, "b", "x")`:                                   `"x"`,
		`lookup(tomap({ a = 1 }), "b", "3")`:                            `3`,
		`matchkeys(["i", "j"], ["x", "y"], ["y"])`:                      `["j"]`,
		`merge({ a = 1 }, { a = 2, b = "c" })`:                          `{"a":2,"b":"c"}`,
		`one([])`:                                                       `null`,
		`one(["a"])`:                                                    `"a"`,
		`range(3)`:                                                      `[0,1,2]`,
		`range(4, 0, -2)`:                                               `[4,2]`,
		`reverse(["a", "b"])`:                                           `["b","a"]`,
		`setintersection(["a", "b"], toset(["b"]))`:                     `["b"]`,
		`setproduct(["a", "b"], [1, 2])`:                                `[["a",1],["a",2],["b",1],["b",2]]`,
		`setproduct(["a"], [])`:                                         `[]`,
		`setsubtract(toset(["a", "b"]), ["a"])`:                         `["b"]`,
		`setunion(["b"], toset(["a"]), ["b"])`:                          `["a","b"]`,
		`setunion([{ n = "b" }], tolist([{ n = "a" }, { n = "b" }]))`:   `[{"n":"b"},{"n":"a"}]`,
		`setsubtract([for n in ["a", "b"] : { n = n }], [{ n = "a" }])`: `[{"n":"b"}]`,
		`setintersection([{ n = "a", t = [] }, { n = "b", t = [] }], [{ n = "b", t = [] }])`: `[{"n":"b","t":[]}]`,
		`slice(["a", "b", "c"], 1, 3)`:                      `["b","c"]`,
		`sort(["b", "a"])`:                                  `["a","b"]`,
		`sum([1, "2", 3.5])`:                                `6.5`,
		`transpose({ a = ["x", "y"], b = ["y"] })`:          `{"x":["a"],"y":["a","b"]}`,
		`values({ b = 1, a = 2 })`:                          `[2,1]`,
		`zipmap(["a", "b"], [1, 2])`:                        `{"a":1,"b":2}`,
		`base64decode(base64encode("é"))`:                   `"é"`,
		`base64sha256("a")`:                                 `"ypeBEsobvcr6wjGzmiPcTaeG7/gUfE5yuYB3ha/uSLs="`,
		`base64sha512("")`:                                  `"z4PhNX7vuL3xVChQ1m2AB9Yg5AULVxXcg/SpIdNs6c5H0NE8XYXysP+DGNKHfuwvY7kxvUdBeoGlODJ6+SfaPg=="`,
		`csvdecode("a,b\n1,2\n")`:                           `[{"a":"1","b":"2"}]`,
		`jsondecode("{\"a\": [1, null, \"b\"]}")`:           `{"a":[1,null,"b"]}`,
		`jsonencode({ a = "\"<é" })`:                        `"{\"a\":\"\\\"\\u003cé\"}"`,
		`md5("")`:                                           `"d41d8cd98f00b204e9800998ecf8427e"`,
		`sha1("")`:                                          `"da39a3ee5e6b4b0d3255bfef95601890afd80709"`,
		`sha256("")`:                                        `"e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"`,
		`length(sha512(""))`:                                `128`,
		`urlencode("a b/é")`:                                `"a+b%2F%C3%A9"`,
		`urldecode("a+b%2F")`:                               `"a b/"`,
		`formatdate("DD MMM YYYY", "2018-01-02T23:12:01Z")`: `"02 Jan 2018"`,
		`timeadd("2017-11-22T00:00:00Z", "10m")`:            `"2017-11-22T00:10:00Z"`,
		`timecmp("2017-11-22T00:00:00Z", "2017-11-22T01:00:00+01:00")`: `0`,
		`cidrcontains("192.168.2.0/20", "192.168.2.1")`:                `true`,
		`cidrcontains("192.168.2.0/20", "192.168.2.0/22")`:             `true`,
		`cidrcontains("192.168.2.0/20", "10.0.0.0/8")`:                 `false`,
		`cidrhost("10.12.112.0/20", 16)`:                               `"10.12.112.16"`,
		`cidrhost("10.12.112.0/20", -1)`:                               `"10.12.127.255"`,
		`cidrhost("fd00:fd12:3456:7890:00a2::/72", 34)`:                `"fd00:fd12:3456:7890::22"`,
		`cidrnetmask("172.16.0.0/12")`:                                 `"255.240.0.0"`,
		`cidrsubnet("172.16.0.0/12", 4, 2)`:                            `"172.18.0.0/16"`,
		`cidrsubnet("fd00:fd12:3456:7890::/56", 16, 162)`:              `"fd00:fd12:3456:7800:a200::/72"`,
		`cidrsubnets("10.1.0.0/16", 4, 4, 8, 4)`:                       `["10.1.0.0/20","10.1.16.0/20","10.1.32.0/24","10.1.48.0/20"]`,
		`tobool("true")`:                                               `true`,
		`tolist(["a", 1])`:                                             `["a","1"]`,
		`tomap({ a = 1, b = "x" })`:                                    `{"a":"1","b":"x"}`,
		`tonumber("1.5")`:                                              `1.5`,
		`tonumber(null)`:                                               `null`,
		`toset(["b", "a", "b"])`:                                       `["a","b"]`,
		`toset([])`:                                                    `[]`,
		`tostring(1.5)`:                                                `"1.5"`,
		`can(nothing)`:                                                 `false`,
		`can(1)`:                                                       `true`,
		`try(nothing, {}.b, "c")`:                                      `"c"`,
		`[for x in toset(["b", "a"]) : upper(x)]`:                      `["A","B"]`,
		`{ for k, v in { a = 1 } : v => k... }`:                        `{"1":["a"]}`,
		`[{ a = 1 }, { a = 2 }][*].a`:                                  `[1,2]`,
		`"%{ for x in [1, 2] }${x},%{ endfor }"`:                       `"1,2,"`,
		`true ? [for x in [1, 2] : x] : []`:                            `[1,2]`,
		`[for x in [1, "a"] : x]`:                                      `[1,"a"]`,
	} {
		require.Equal(t, want, written(t, expression), expression)
	}
}

func TestFunctionErrors(t *testing.T) {
	for expression, want := range map[string]string{
		`nothing(1)`:                           "no function of this name",
		`1 / 0`:                                "divides by zero",
		`log(0, 10)`:                           "not finite",
		`contains("a", "a")`:                   "a list, tuple or set is required",
		`upper(["a"])`:                         "string required",
		`one(["a", "b"])`:                      "no element or one",
		`index(["a"], "b")`:                    "does not hold",
		`element([], 0)`:                       "must not be empty",
		`slice(["a"], 0, 2)`:                   "has no elements from 0 to 2",
		`coalesce(null, "")`:                   "null or empty",
		`tolist([{ a = 1 }, []])`:              "one type",
		`lookup({ a = 1 }, "b")`:               "no such key",
		`regex("(", "a")`:                      "invalid pattern",
		`regex("x", "a")`:                      "did not match",
		`jsondecode("{")`:                      "not valid JSON",
		`base64decode("/w==")`:                 "not UTF-8",
		`cidrhost("10.0.0.0/8x", 1)`:           "an address range",
		`cidrhost("10.0.0.0/30", 4)`:           "no such address",
		`cidrsubnet("10.0.0.0/8", 25, 0)`:      "cannot be divided",
		`cidrsubnets("10.0.0.0/31", 0, 0)`:     "no room left",
		`cidrnetmask("::/0")`:                  "only IPv4",
		`timecmp("x", "y")`:                    "timestamp",
		`timeadd("2017-11-22T00:00:00Z", "x")`: "invalid duration",
		`try(nothing)`:                         "no expression succeeded",
		`range(2000)`:                          "more than 1024 values",
		`sum([])`:                              "nothing to add up",
		`setproduct([1])`:                      "at least two",
		`matchkeys([1], [], [])`:               "0 keys for 1 values",
		`tomap([])`:                            "an object is required",
		`transpose(["a"])`:                     "a map is required",
		`indent(-1, "a")`:                      "number of spaces",
		`chunklist(["a"], -1)`:                 "must not be negative",
	} {
		got := written(t, expression)
		require.Contains(t, got, "error: ", expression)
		require.Contains(t, got, want, expression)
	}
}

// Elements of the architecture are known by their address before their other attributes are.
func TestFunctionsOnWhatIsPartlyKnown(t *testing.T) {
	element := func(address string) cty.Value {
		return cty.ObjectVal(map[string]cty.Value{"address": cty.StringVal(address), "title": cty.UnknownVal(cty.String)})
	}
	variables := map[string]cty.Value{"a": element("component.a"), "b": element("component.b"), "u": cty.UnknownVal(cty.String)}
	for expression, want := range map[string]string{
		`length(concat([a], [b]))`:                         `2`,
		`setunion([a], [b], toset([a]))[*].address`:        `["component.a","component.b"]`,
		`setsubtract([a, b], [b])[*].address`:              `["component.a"]`,
		`setintersection([a, b], [b])[*].address`:          `["component.b"]`,
		`distinct([a, b, a])[*].address`:                   `["component.a","component.b"]`,
		`contains([a], a)`:                                 `true`,
		`contains([a], b)`:                                 `false`,
		`flatten([[a], [[b]]])[*].address`:                 `["component.a","component.b"]`,
		`[for x in [a, b] : x.address if x.address != ""]`: `["component.a","component.b"]`,
		`merge({ x = a }, { y = b }).y.address`:            `"component.b"`,
		`values({ x = a })[0].address`:                     `"component.a"`,
		`one([a]).address`:                                 `"component.a"`,
		`lookup({ x = a }, "x", b).address`:                `"component.a"`,
		`reverse([a, b])[0].address`:                       `"component.b"`,
		`length(setproduct([a, b], [a, b]))`:               `4`,
	} {
		v, diags := value(t, New(), expression, variables)
		require.Empty(t, diags, expression)
		s, err := stdlib.JSONEncode(v)
		require.NoError(t, err)
		require.True(t, s.IsKnown(), expression)
		require.Equal(t, want, s.AsString(), expression)
	}
	for _, expression := range []string{
		`contains([a.title], "x")`, `upper(u)`, `toset([u])`, `distinct([a.title, b.title])`, `setsubtract(["x"], [u])`, `format("%s", u)`, `join(",", [u])`,
		`jsonencode(a)`, `flatten([u, [u]])[0]`, `try(u, 1)`, `can(u)`, `index([u], "x")`, `length(u)`, `sort([u])`, `regex(u, "x")`, `formatlist("%s", [u])`, `split(",", u)`,
		`matchkeys(["a"], [u], ["x"])`, `coalesce(u, "x")`,
	} {
		v, diags := value(t, New(), expression, variables)
		require.Empty(t, diags, expression)
		require.False(t, v.IsWhollyKnown(), expression)
	}
}
