package config

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/asbuilt/asbuilt/pkg/arch"
)

// The policy of older files sees the elements of the newer model: those that came in, those that were
// renamed; what is gone is in no set.
func TestLoadPolicy(t *testing.T) {
	old := `
architecture "shop" { strict = true }
team "pay" {}
kind "service" {}
locals { pci = tagged("pci") }
component "cart" { tags = ["pci"] }
component "gone" { tags = ["pci"] }
component "worker" { for_each = { eu = 1, us = 2 } }
component "single" {}
component "plural" { for_each = { a = 1 } }
external "stripe" {}
baseline { file = "accepted" }
observe "go" { exclude = ["./x/..."] }
rule "pci" {
  deny {
    from   = local.pci
    to     = externals()
    except = [external.stripe, component.gone]
  }
}
rule "apart" { independent = [component.cart, component.gone, component.worker, component.worker["us"], component.single, component.plural] }
rule "named" { independent = filter([component.cart, component.gone, component.worker["eu"], component.worker["us"]], self.name != component.gone.name) }
rule "owned" {
  for_each      = length(children(component.gone)) == 0 ? components() : []
  condition     = self.owner == team.pay
  error_message = "${self.address} is not owned by ${team.pay.title}"
}
rule "edges" {
  for_each  = relationships()
  condition = source.title != ""
}
waiver "cart" {
  rule = rule.pci
  from = component.cart
}
waiver "gone" {
  rule = rule.pci
  from = component.gone
}
waiver "worker" {
  rule = rule.pci
  from = component.worker
}
`
	now := `
architecture "shop" { strict = false }
team "pay" { title = "Payments" }
component "till" {
  tags       = ["pci"]
  owner      = team.pay
  depends_on = [component.new]
}
component "new" { tags = ["pci"] }
component "runner" { for_each = { eu = 1, asia = 2 } }
component "single" { for_each = { x = 1 } }
component "plural" {}
external "stripe" {}
external "bank" {}
moved {
  from = component.cart
  to   = component.basket
}
moved {
  from = component.basket
  to   = component.till
}
moved {
  from = component.worker
  to   = component.runner
}
rule "other" { acyclic = components() }
`
	over, findings := Load([]File{{"a.arch.hcl", []byte(now)}}, Options{})
	require.Empty(t, printFindings(findings))
	m, findings := LoadPolicy([]File{{"a.arch.hcl", []byte(old)}}, Options{}, over)
	require.Empty(t, printFindings(findings))

	require.True(t, m.Architecture.Strict)
	require.Equal(t, "accepted", m.Baseline.File)
	require.Equal(t, "./x/...", m.Observers[0].Exclude[0].Text)
	require.Len(t, m.Kinds, 1)
	require.Equal(t, over.Elements, m.Elements)
	require.Equal(t, over.Edges, m.Edges)
	require.Equal(t, "Payments", m.Team("team.pay").Title)

	rules := map[string]*arch.Rule{}
	for _, r := range m.Rules {
		rules[r.Name] = r
	}
	require.Len(t, rules, 5)
	members := func(s *arch.Set) string { return strings.Join(s.Elements, " ") }
	pci := rules["pci"].Denials[0]
	require.Equal(t, "component.new component.till", members(pci.From))
	require.Equal(t, "external.bank external.stripe", members(pci.To))
	require.Equal(t, "external.stripe", members(pci.Except))
	require.Equal(t, `component.plural component.runner["asia"] component.runner["eu"] component.single["x"] component.till`, members(rules["apart"].Members))
	require.Equal(t, `component.runner["eu"] component.till`, members(rules["named"].Members))

	owned := rules["owned"]
	require.Len(t, owned.ForEach, 6)
	for _, s := range owned.ForEach {
		holds, err := owned.Holds.Holds(s)
		require.NoError(t, err)
		require.Equal(t, s.Element.Address == "component.till", holds)
	}
	text, err := owned.Message.Text(arch.Subject{Element: over.Element("component.new")})
	require.NoError(t, err)
	require.Equal(t, "component.new is not owned by Payments", text)
	require.Len(t, rules["edges"].ForEach, 1)
	require.Equal(t, "component.till", rules["edges"].ForEach[0].Edge.From)

	from := map[string]string{}
	for _, w := range m.Waivers {
		from[w.Name] = w.From
	}
	require.Equal(t, map[string]string{"cart": "component.till", "gone": "component.gone", "worker": "component.runner"}, from)
}

// A model is its own successor: the policy of the same files is what they say.
func TestLoadPolicyOfItself(t *testing.T) {
	files := []File{{"a.arch.hcl", []byte(wholeExample(t))}}
	want, findings := Load(files, Options{})
	require.Empty(t, findings)
	got, findings := LoadPolicy(files, Options{}, want)
	require.Empty(t, findings)
	require.Equal(t, printModel(t, want), printModel(t, got))
}

func TestTheNamesOfWaiversAreReadFromAnyText(t *testing.T) {
	require.Equal(t, []string{"one", "two", "four"}, WaiverNames([]byte(`
waiver "one" { reason = "waiver \"none\" {" }
# waiver "none" {}
waiver two {
  a = <<X
waiver "none" {
X
  waiver "none" {}
}
<<<<<<< torn
component "waiver" { waiver = 1 }
waiver "none"
waiver "x" "none" {}
waiver "${none}" {}
waiver "four" {
`)))
}
