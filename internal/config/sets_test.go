package config

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/asbuilt/asbuilt/pkg/arch"
)

const shop = `
team "pay" {}
team "ops" {}
person "customer" { depends_on = [component.web] }
system "shop" { owner = team.ops }
component "web" {
  in         = system.shop
  owner      = team.pay
  tags       = ["ui", "go"]
  depends_on = [component.orders]
}
component "orders" {
  in         = system.shop
  tags       = ["go"]
  depends_on = [datastore.db, component.mail]
  uses {
    to    = api.charges
    label = "pays"
    async = true
  }
}
component "part" {
  in         = component.orders
  depends_on = [external.bank]
}
datastore "db" { in = system.shop }
component "mail" {}
external "bank" {}
api "charges" { of = external.bank }
component "cron" {
  for_each   = { a = 1, b = 2 }
  depends_on = [component.orders]
}
`

// include evaluates an expression as the members of a view.
func include(t *testing.T, expr string) []string {
	m, findings := Load([]File{{"shop.arch.hcl", []byte(shop)}, {"view.arch.hcl", []byte("view \"container\" \"v\" {\n  include = " + expr + "\n}\n")}}, Options{})
	require.Empty(t, findings, "%s", expr)
	require.Len(t, m.Views, 1)
	return m.Views[0].Include
}

func TestSetFunctions(t *testing.T) {
	for expr, want := range map[string]string{
		`elements()`:                                              `api.charges component.cron["a"] component.cron["b"] component.mail component.orders component.part component.web datastore.db external.bank person.customer system.shop`,
		`components()`:                                            `component.cron["a"] component.cron["b"] component.mail component.orders component.part component.web`,
		`externals()`:                                             `external.bank`,
		`children(system.shop)`:                                   `component.orders component.web datastore.db`,
		`children(external.bank)`:                                 `api.charges`,
		`descendants(system.shop)`:                                `component.orders component.part component.web datastore.db`,
		`ancestors(component.part)`:                               `component.orders system.shop`,
		`neighbors(system.shop)`:                                  `api.charges component.cron["a"] component.cron["b"] component.mail external.bank person.customer`,
		`neighbors(component.part)`:                               `external.bank`,
		`incoming(component.orders)`:                              `component.cron["a"] component.cron["b"] component.orders component.web`,
		`outgoing(component.orders)`:                              `api.charges component.mail component.orders component.part datastore.db external.bank`,
		`between(component.web, component.orders)`:                `component.orders component.web`,
		`between(component.orders, component.web)`:                `component.orders component.web`,
		`between(component.web, external.bank)`:                   ``,
		`between(system.shop, external.bank)`:                     `api.charges component.orders component.part external.bank`,
		`tagged("ui")`:                                            `component.web`,
		`tagged("ui", "go")`:                                      `component.orders component.web`,
		`owned_by(team.pay)`:                                      `component.web`,
		`owned_by(team.pay, team.ops)`:                            `component.web system.shop`,
		`of_kind("datastore", "person")`:                          `datastore.db person.customer`,
		`relationships()`:                                         `api.charges component.cron["a"] component.cron["b"] component.mail component.orders component.part component.web datastore.db external.bank person.customer`,
		`filter(components(), self.in == null)`:                   `component.cron["a"] component.cron["b"] component.mail`,
		`filter(components(), self.in == system.shop.address)`:    `component.orders component.web`,
		`filter(components(), self.owner == team.pay)`:            `component.web`,
		`filter(components(), contains(self.tags, "go"))`:         `component.orders component.web`,
		`filter(components(), length(outgoing(self)) > 1)`:        `component.orders`,
		`filter(relationships(), self.async)`:                     `api.charges component.orders`,
		`filter(relationships(), source.type == "person")`:        `component.web person.customer`,
		`filter(relationships(), self.target.name == "mail")`:     `component.mail component.orders`,
		`filter(component.cron, self.key == "a")`:                 `component.cron["a"]`,
		`filter([components(), datastore.db], self.name == "db")`: `datastore.db`,
		`filter(components(), length(filter(outgoing(self), target.type == "datastore")) > 0)`: `component.orders`,
		`filter([], true)`: ``,
		`filter([outgoing(component.web), outgoing(component.part)], true)`:           `component.orders component.part component.web external.bank`,
		`filter([outgoing(component.web), [outgoing(component.part)]], self.async)`:   ``,
		`filter([outgoing(component.web), component.mail], self.type == "component")`: `component.mail component.orders component.web`,
		`component.cron`:      `component.cron["a"] component.cron["b"]`,
		`component.cron["b"]`: `component.cron["b"]`,
		`component.cron.a`:    `component.cron["a"]`,
		`[component.web, [[component.mail], component.cron]]`:                        `component.cron["a"] component.cron["b"] component.mail component.web`,
		`[for e in elements() : e if e.type == "external" || e.in == "system.shop"]`: `component.orders component.web datastore.db external.bank`,
		`true ? children(system.shop) : [component.mail]`:                            `component.orders component.web datastore.db`,
		`concat(children(system.shop), [person.customer])`:                           `component.orders component.web datastore.db person.customer`,
		`children([system.shop, component.orders])`:                                  `component.orders component.part component.web datastore.db`,
		`children(outgoing(component.web))`:                                          `component.part`,
		`[]`:                                                                         ``,
	} {
		require.Equal(t, want, strings.Join(include(t, expr), " "), "%s", expr)
	}
}

// Elements of all types, and instances, are one type: sets of them mix.
func TestOneValueType(t *testing.T) {
	all := include(t, `concat(elements(), [person.customer, component.mail, api.charges, component.cron["a"]])`)
	require.Equal(t, include(t, `elements()`), all)
	require.NotEmpty(t, include(t, `[for e in [person.customer, datastore.db] : e if e.owner == null && length(e.tags) == 0 && length(e.hosts) == 0 && e.title == "" && length(e.metadata) == 0]`))
}

func predicateOf(t *testing.T, match string) (*arch.Model, arch.Predicate) {
	m, findings := Load([]File{{"shop.arch.hcl", []byte(shop)}, {"style.arch.hcl", []byte("style \"s\" {\n  match = " + match + "\n  color = \"red\"\n}\n")}}, Options{})
	require.Empty(t, findings)
	require.Len(t, m.Styles, 1)
	return m, m.Styles[0].Match
}

func TestPredicate(t *testing.T) {
	m, p := predicateOf(t, `self.type == "component" && length(self.tags) > 0`)
	require.Equal(t, `self.type == "component" && length(self.tags) > 0`, p.String())
	require.Equal(t, "style.arch.hcl:2:11", p.At().String())
	var held []string
	for _, e := range m.Elements {
		ok, err := p.Holds(arch.Subject{Element: e})
		require.NoError(t, err)
		if ok {
			held = append(held, e.Address)
		}
	}
	require.Equal(t, []string{"component.orders", "component.web"}, held)
}

// What a condition cannot say of one element is an error that reads like a finding.
func TestPredicateFails(t *testing.T) {
	m, p := predicateOf(t, `self.type != "component" || regex("^(?:web|or|p|m|c)", self.name) != "m" || self.tags[0] == "x"`)
	_, err := p.Holds(arch.Subject{Element: m.Element("component.mail")})
	require.EqualError(t, err, `the condition fails for component.mail: the given key does not identify an element in this collection value: the collection has no elements`)
	ok, err := p.Holds(arch.Subject{Element: m.Element("component.web")})
	require.NoError(t, err)
	require.True(t, ok)
}

// A condition asked about another model sees that model's elements and edges, and the first is as it was.
func TestPredicateInAnotherModel(t *testing.T) {
	m, p := predicateOf(t, `self.owner == null && length(outgoing(self)) == 0 && self.tags != null`)
	require.Equal(t, []string{"outgoing(self)", "self", "self.owner", "self.tags"}, p.Reads())
	e := m.Elements[0]
	before, err := p.Holds(arch.Subject{Element: e})
	require.NoError(t, err)

	changed := *e
	changed.Owner = ""
	other := arch.New(arch.Model{Elements: []*arch.Element{&changed}})
	holds, err := p.In(other).Holds(arch.Subject{Element: &changed})
	require.NoError(t, err)
	require.True(t, holds)
	lonely := arch.New(arch.Model{
		Elements: []*arch.Element{&changed, {Address: "component.zz", Type: "component", Name: "zz"}},
		Edges:    []*arch.Edge{{From: changed.Address, To: "component.zz"}},
	})
	holds, err = p.In(lonely).Holds(arch.Subject{Element: &changed})
	require.NoError(t, err)
	require.False(t, holds)

	after, err := p.Holds(arch.Subject{Element: e})
	require.NoError(t, err)
	require.Equal(t, before, after)
}

// length counts what a set function gives, each once, whatever stands in it.
func TestLengthOfSets(t *testing.T) {
	for expr, want := range map[string]bool{
		`length(elements()) == 11`:                                                                   true,
		`length(outgoing(component.orders)) == 4`:                                                    true,
		`length(outgoing([component.orders, component.part, component.orders])) == 4`:                true,
		`length(between([component.web, component.orders], [component.web, component.orders])) == 1`: true,
		`length((children(system.shop))) == 3`:                                                       true,
		`length(ancestors([component.part, component.part])) == 2`:                                   true,
		`length(neighbors(component.part)) == 1`:                                                     true,
		`length(filter(components(), self.in == null)) == 3`:                                         true,
		`length(tagged("go")) == 2 && length(owned_by(team.pay)) == 1`:                               true,
		`length(outgoing(self)) == length([for r in outgoing(self) : r])`:                            true,
		`length("été") == 3 && length([]) == 0 && length({ a = 1 }) == 1`:                            true,
		`length(relationships()) == 9`:                                                               false,
	} {
		_, findings := Load([]File{{"shop.arch.hcl", []byte(shop)}, {"v.arch.hcl", []byte("view \"container\" \"v\" {\n  include = filter(elements(), " + expr + ")\n}\n")}}, Options{})
		require.Empty(t, findings, expr)
		require.Equal(t, want, len(include(t, "filter(elements(), "+expr+")")) > 0, expr)
	}
	for expr, message := range map[string]string{
		`length(outgoing("x"))`:        `it takes elements, not a string`,
		`length(outgoing())`:           `outgoing`,
		`length(null)`:                 `must not be null`,
		`length(1)`:                    `length`,
		`length(outgoing(self, self))`: `outgoing`,
	} {
		_, findings := Load([]File{{"shop.arch.hcl", []byte(shop)}, {"v.arch.hcl", []byte("view \"container\" \"v\" {\n  include = filter(elements(), " + expr + " > 0)\n}\n")}}, Options{})
		require.Len(t, findings, 1, expr)
		require.Contains(t, findings[0].Message, message, expr)
	}
}

// Models of real size load, with rules that ask about everything in them, and leave room for more.
func TestRealSizesFit(t *testing.T) {
	const rules = `
locals { marked = tagged("a") }
rule "calm" { acyclic = components() }
rule "named" {
  for_each  = components()
  condition = self.title != "" && !contains(self.tags, "gone")
}
rule "few" {
  for_each      = components()
  condition     = length(outgoing(self)) <= 8
  error_message = "${self.address} uses ${length(outgoing(self))} others"
}
rule "used" {
  for_each  = components()
  condition = length(incoming(self)) <= 20
}
rule "edges" {
  for_each  = relationships()
  condition = source.in != null && target.in != null
}
rule "edges_of_some" {
  for_each  = filter(relationships(), contains(source.tags, "a"))
  condition = target.status != "deprecated"
}
rule "kept" {
  deny {
    from       = local.marked
    to         = externals()
    transitive = true
  }
}
external "bank" {}
view "landscape" "all" {}
`
	for _, n := range []int{500, 5000} {
		files := append(large(n), File{"rules.arch.hcl", []byte(rules)})
		l := newLoader(files, Options{HasGo: true})
		require.True(t, l.read(files))
		l.evaluate()
		require.Empty(t, l.report.sorted())
		t.Logf("%d elements: %d steps of set functions of %d, %d members of %d", n, l.made.work.n, maxWork, l.made.members.n, maxMembers)
		require.Less(t, l.made.work.n, maxWork*4/5)
		require.Less(t, l.made.members.n, maxMembers/2)
	}
}

// Ten rules that count what every element uses fit over two thousand elements, and take a fraction of the budget.
func TestManyCountsFit(t *testing.T) {
	text := many(40, "system \"s{i}\" {}\ncomponent \"c{i}\" {\n for_each = { for i in range(49) : format(\"k%d\", i) => i }\n in = system.s{i}\n depends_on = [for j in range(5) : component.c0[format(\"k%d\", j)] if \"c{i}\" != \"c0\"]\n}") +
		"locals {\n" + many(10, "  rule{i} = filter(elements(), length(outgoing(self)) > {i})") + "}\n"
	l := newLoader([]File{{"a.arch.hcl", nil}}, Options{})
	require.True(t, l.read([]File{{"a.arch.hcl", []byte(text)}}))
	l.evaluate()
	require.Empty(t, l.report.sorted())
	require.Len(t, l.graph.model.Elements, 2000)
	t.Logf("%d steps of set functions of %d", l.made.work.n, maxWork)
	require.Less(t, l.made.work.n, maxWork/2)
}
