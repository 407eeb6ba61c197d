package config

import (
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/asbuilt/asbuilt/pkg/arch"
)

// rulesOf loads rules beside the shop, by name.
func rulesOf(t *testing.T, text string) (*arch.Model, map[string]*arch.Rule) {
	m, findings := Load([]File{{"shop.arch.hcl", []byte(shop)}, {"rules.arch.hcl", []byte(text)}}, Options{})
	require.Empty(t, printFindings(findings))
	rules := map[string]*arch.Rule{}
	for _, r := range m.Rules {
		rules[r.Name] = r
	}
	return m, rules
}

// A condition is asked about elements or relationships, and what breaks it gets its message.
func TestConditions(t *testing.T) {
	_, rules := rulesOf(t, `
rule "owned" {
  for_each      = components()
  condition     = self.owner != null
  error_message = <<EOT
    ${self.address} has no owner;
    it has ${length(outgoing(self))} edges
  EOT
}
rule "quiet" {
  for_each      = [outgoing(component.orders), outgoing(component.web)]
  condition     = !self.async || target.type == "queue" || source.owner == null && self.label == ""
  error_message = "${source.name} waits for nobody at ${target.name}: ${upper(self.label)}"
}
rule "instances" {
  for_each  = component.cron
  condition = self.key == "a"
}
rule "nothing" {
  for_each  = []
  condition = self.owner.title == "x"
}
rule "no_edges" {
  for_each  = filter(relationships(), self.label == "none")
  condition = source.owner.title == "x"
}
`)
	said := func(name string) (out []string) {
		r := rules[name]
		for _, s := range r.ForEach {
			holds, err := r.Holds.Holds(s)
			require.NoError(t, err)
			if holds {
				continue
			}
			text := "no message"
			if r.Message != nil {
				text, err = r.Message.Text(s)
				require.NoError(t, err)
			}
			out = append(out, text)
		}
		return out
	}
	require.Equal(t, []string{
		`component.cron["a"] has no owner; it has 1 edges`,
		`component.cron["b"] has no owner; it has 1 edges`,
		`component.mail has no owner; it has 0 edges`,
		`component.orders has no owner; it has 4 edges`,
		`component.part has no owner; it has 1 edges`,
	}, said("owned"))
	require.Equal(t, []string{"orders waits for nobody at charges: PAYS"}, said("quiet"))
	require.Equal(t, []string{"no message"}, said("instances"))
	require.Empty(t, rules["nothing"].ForEach)
	require.Empty(t, rules["no_edges"].ForEach)

	quiet := rules["quiet"]
	require.Equal(t, []string{"self.async", "self.label", "source.owner", "target.type"}, quiet.Holds.Reads())
	require.Equal(t, `[outgoing(component.orders), outgoing(component.web)]`, quiet.About)
	require.Equal(t, "rules.arch.hcl:11:19", quiet.ForEachAt.String())
	var edges []string
	for _, s := range quiet.ForEach {
		edges = append(edges, s.Edge.From+" "+s.Edge.To)
	}
	require.Equal(t, []string{
		"component.orders api.charges", "component.orders component.mail", "component.orders datastore.db",
		"component.part external.bank", "component.web component.orders",
	}, edges)
}

// A message that fails for a later violation is an error that reads like a finding, and a message can be
// asked about another model.
func TestMessage(t *testing.T) {
	m, rules := rulesOf(t, `
rule "r" {
  for_each      = components()
  condition     = self.owner != null
  error_message = "${self.address}: ${length(outgoing(self))} ${self.name == "changed" ? self.owner.title : ""}"
}
`)
	r := rules["r"]
	changed := *m.Element("component.mail")
	changed.Name = "changed"
	s := arch.Subject{Element: &changed}
	other := arch.New(arch.Model{
		Elements: []*arch.Element{&changed, {Address: "component.zz", Type: "component", Name: "zz"}},
		Edges:    []*arch.Edge{{From: changed.Address, To: "component.zz"}},
	})
	_, err := r.Message.In(other).Text(s)
	require.EqualError(t, err, "the message fails for component.mail: this value is null, so it does not have any attributes")
	changed.Name = "mail"
	text, err := r.Message.In(arch.New(arch.Model{Elements: other.Elements, Edges: other.Edges})).Text(s)
	require.NoError(t, err)
	require.Equal(t, "component.mail: 1", text)
	text, err = r.Message.Text(s)
	require.NoError(t, err)
	require.Equal(t, "component.mail: 0", text)
}

// Kinds are what self.kind says, and of_kind takes them beside block types.
func TestKinds(t *testing.T) {
	m, rules := rulesOf(t, `
kind "service" {}
kind "table" { of = "datastore" }
component "s" {
  for_each = { a = kind.service, b = null }
  kind     = each.value
}
datastore "d" { kind = kind.table }
rule "service" { acyclic = of_kind(kind.service) }
rule "both" { acyclic = of_kind("datastore", "service") }
rule "by_self" { acyclic = filter(elements(), self.kind == kind.table || self.kind == "queue") }
rule "plain" { acyclic = filter(component.s, self.kind == "component") }
rule "type" { acyclic = filter(component.s, self.type == "component") }
`)
	require.Equal(t, "service", m.Element(`component.s["a"]`).Kind)
	for name, want := range map[string]string{
		"service": `component.s["a"]`,
		"both":    `component.s["a"] datastore.d datastore.db`,
		"by_self": `datastore.d`,
		"plain":   `component.s["b"]`,
		"type":    `component.s["a"] component.s["b"]`,
	} {
		require.Equal(t, want, strings.Join(rules[name].Members.Elements, " "), name)
	}
}

// Twenty conditions over two thousand elements, asked about each, fit what one run may cost.
func TestConditionsFitTheBudget(t *testing.T) {
	var b strings.Builder
	for i := range 5 {
		fmt.Fprintf(&b, `
rule "few_%[1]d" {
  for_each      = components()
  condition     = length(outgoing(self)) <= 8 + %[1]d
  error_message = "${self.address} uses ${length(outgoing(self))} others"
}
rule "used_%[1]d" {
  for_each  = components()
  condition = length(incoming(self)) <= 20
}
rule "titled_%[1]d" {
  for_each  = components()
  condition = self.title != "" && self.owner == null && !contains(self.tags, "gone") && length(self.description) > %[1]d
}
rule "in_a_system_%[1]d" {
  for_each  = components()
  condition = startswith(self.in, "system.s") && length(ancestors(self)) == 1
}
rule "edges_%[1]d" {
  for_each  = outgoing(component.c%[1]d)
  condition = source.in != null && target.type == "component"
}
`, i)
	}
	m, findings := Load(append(large(2000), File{"rules.arch.hcl", []byte(b.String())}), Options{})
	require.Empty(t, printFindings(findings))
	require.Len(t, m.Rules, 25)
	asked := 0
	for _, r := range m.Rules {
		for _, s := range r.ForEach {
			holds, err := r.Holds.Holds(s)
			require.NoError(t, err, "%s, after %d", r.Name, asked)
			require.True(t, holds, "%s", r.Name)
			asked++
		}
	}
	require.Equal(t, 4*5*2000+5*3, asked)
}
