package check

import (
	"cmp"
	"fmt"
	"path"
	"strings"

	"github.com/asbuilt/asbuilt/pkg/arch"
	"github.com/asbuilt/asbuilt/pkg/evidence"
	"github.com/asbuilt/asbuilt/pkg/finding"
	"github.com/asbuilt/asbuilt/pkg/reflexion"
)

// mapping says where packages and elements do not meet.
func mapping(in Input) []finding.Finding {
	var out []finding.Finding
	for _, u := range in.Result.Unassigned {
		out = append(out, unassigned(in, u))
	}
	for _, e := range in.Result.Empty {
		out = append(out, empty(e))
	}
	for _, a := range in.Result.Ambiguous {
		out = append(out, ambiguous(a))
	}
	return append(out, built(in)...)
}

// built says which planned elements are there already, with the first of what they own.
func built(in Input) []finding.Finding {
	var out []finding.Finding
	told := map[*arch.Element]bool{}
	for i := range in.Graph.Nodes {
		n := &in.Graph.Nodes[i]
		if n.Kind != evidence.Package && n.Kind != evidence.Service {
			continue
		}
		for e := in.Model.Element(in.Result.Owners[n.ID]); e != nil; e = in.Model.Parent(e) {
			if e.Status != arch.StatusPlanned || told[e] {
				continue
			}
			told[e] = true
			f := finding.Finding{
				Rule: "code/planned", At: e.At, Subject: finding.Subject{Element: e.Address},
				Message: fmt.Sprintf("%s is there already, and is declared as planned", e.Address),
				Fix:     &finding.Fix{Message: asBuilt},
			}
			if n.Kind == evidence.Package {
				f.Related = []finding.Related{{Message: "package " + evidence.Name(n.ID), At: at(in.Name(n.Dir))}}
			}
			out = append(out, f)
		}
	}
	return out
}

// asBuilt is what to do about what is planned and there.
const asBuilt = `take status = "planned" away`

func unassigned(in Input, u reflexion.Unassigned) finding.Finding {
	if u.World != "" {
		return unassignedNodes(u)
	}
	pattern := "./..."
	if u.Dir != "." {
		pattern = "./" + u.Dir + "/..."
	}
	message := fmt.Sprintf("package %s belongs to no element", evidence.Name(u.Packages[0]))
	if n := len(u.Packages); n > 1 {
		message = fmt.Sprintf("%d packages in %s belong to no element: %s", n, in.Name(u.Dir), firstNames(u.Packages, 3))
	}
	return finding.Finding{
		Rule:    "map/unassigned",
		At:      at(in.Name(u.Dir)),
		Subject: finding.Subject{Path: u.Dir},
		Message: message,
		Fix:     &finding.Fix{Message: toOwn(u), Patch: fmt.Sprintf("code { go = [%q] }", pattern)},
	}
}

// toOwn is what to do about packages or nodes without an owner.
func toOwn(u reflexion.Unassigned) string {
	if len(u.Packages) == 1 {
		return "give it to an element, or add a component that owns it"
	}
	return "give them to an element, or add a component that owns them"
}

// unassignedNodes is about nodes that have no folder: those of other observers' worlds.
func unassignedNodes(u reflexion.Unassigned) finding.Finding {
	message := u.Packages[0] + " belongs to no element"
	if n := len(u.Packages); n > 1 {
		message = fmt.Sprintf("%d nodes of %s belong to no element: %s", n, strings.TrimSuffix(u.World+":"+u.Dir, ":."), firstNames(u.Packages, 3))
	}
	return finding.Finding{
		Rule:    "map/unassigned",
		At:      u.At,
		Subject: finding.Subject{Path: u.World + ":" + u.Dir},
		Message: message,
		Fix:     &finding.Fix{Message: toOwn(u), Patch: claiming(u)},
	}
}

// claiming is the HCL that binds an element to nodes.
func claiming(u reflexion.Unassigned) string {
	switch u.World {
	case "compose":
		return fmt.Sprintf("runtime { compose = %q }", evidence.Name(u.Packages[0]))
	case "otel":
		return fmt.Sprintf("runtime { otel = %q }", evidence.Name(u.Packages[0]))
	case "kube":
		if parts := strings.Split(evidence.Name(u.Packages[0]), "/"); len(parts) == 3 {
			return fmt.Sprintf("runtime { kubernetes = %q }", path.Join(parts[1], parts[0], parts[2]))
		}
	case "go":
		if u.Dir == "." { // "..." would be a folder
			return fmt.Sprintf("code { go = [%q] }", evidence.Name(u.Packages[0]))
		}
		return fmt.Sprintf("code { go = [%q] }", path.Join(u.Dir, "..."))
	}
	return fmt.Sprintf("code { nodes = [%q] }", u.World+":"+path.Join(u.Dir, "..."))
}

func firstNames(ids []string, most int) string {
	var names []string
	for i, id := range ids {
		if i == most {
			return strings.Join(names, ", ") + fmt.Sprintf(" and %d more", len(ids)-most)
		}
		names = append(names, evidence.Name(id))
	}
	return strings.Join(names, ", ")
}

func empty(e reflexion.Empty) finding.Finding {
	f := finding.Finding{
		Rule:    "map/empty",
		At:      e.Pattern.At,
		Subject: finding.Subject{Element: e.Element, Path: e.Pattern.Text},
		Message: fmt.Sprintf("%s claims %q, which matches no %s", e.Element, e.Pattern.Text, nodeNoun(e.World)),
		Fix:     &finding.Fix{Message: "correct the pattern, or remove it"},
	}
	if e.Nearest != "" {
		f.Fix.Message = fmt.Sprintf("did you mean %q?", e.Nearest)
	}
	return f
}

// nodeNoun is what the nodes of a world are called.
func nodeNoun(world string) string {
	if world == "go" {
		return "package"
	}
	return "node"
}

func ambiguous(a reflexion.Ambiguous) finding.Finding {
	f := finding.Finding{
		Rule:    "map/ambiguous",
		At:      a.Claims[0].Pattern.At,
		Subject: finding.Subject{Path: evidence.Name(a.Package)},
		Fix:     &finding.Fix{Message: "make one of the patterns longer, or remove it: the longest match owns a package"},
	}
	var names []string
	for i, c := range a.Claims {
		names = append(names, c.Element)
		if i > 0 {
			f.Related = append(f.Related, finding.Related{Message: fmt.Sprintf("%s claims %q", c.Element, c.Pattern.Text), At: c.Pattern.At})
		}
	}
	world, _ := evidence.Split(a.Package)
	f.Message = fmt.Sprintf("%s %s is claimed equally by %s", nodeNoun(world), evidence.Name(a.Package), strings.Join(names, " and "))
	return f
}

// gate says what was not read, and what of the gate's own settings does nothing.
func gate(in Input) []finding.Finding {
	var out []finding.Finding
	for _, g := range in.Result.Gaps {
		out = append(out, finding.Finding{
			Rule: "gate/blind", At: g.At, Message: g.Reason,
			Subject: finding.Subject{Path: cmp.Or(g.At.File, ".")},
			Fix:     &finding.Fix{Message: cmp.Or(g.Fix, "let what observes it read it, or leave it out of what is observed")},
		})
	}
	for _, p := range in.Unmatched {
		out = append(out, finding.Finding{
			Rule: "gate/vacuous", At: p.At,
			Subject: finding.Subject{Path: path.Clean(p.Text)},
			Message: fmt.Sprintf("files %q matches no file", p.Text),
			Fix:     &finding.Fix{Message: "correct the pattern, or remove it"},
		})
	}
	if in.Result.Blind {
		return out
	}
	return append(out, vacuousExcludes(in)...)
}

func vacuousExcludes(in Input) []finding.Finding {
	matched := map[string]int{}
	for _, c := range in.Coverage {
		for _, x := range c.Excluded {
			matched[x.Pattern] += x.Packages
		}
	}
	var out []finding.Finding
	for _, o := range in.Model.Observers {
		for _, p := range o.Exclude {
			if matched[p.Text] > 0 {
				continue
			}
			out = append(out, finding.Finding{
				Rule: "gate/vacuous", At: p.At,
				Subject: finding.Subject{Path: path.Clean(p.Text)},
				Message: fmt.Sprintf("exclude %q matches no package", p.Text),
				Fix:     &finding.Fix{Message: "correct the pattern, or remove it"},
			})
		}
	}
	return out
}
