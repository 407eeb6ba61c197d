package check

import (
	"slices"
	"strings"

	"github.com/asbuilt/asbuilt/internal/catalog"
	"github.com/asbuilt/asbuilt/pkg/evidence"
	"github.com/asbuilt/asbuilt/pkg/finding"
	"github.com/asbuilt/asbuilt/pkg/source"
)

// Partial keeps the findings of a part and counts the others. Everything was judged before, so that no waiver is stale
// because of it. What means that something was not judged, or that a change loosens the policy, is kept: it concerns
// every part.
func Partial(in Input, findings []finding.Finding, part *finding.Part) []finding.Finding {
	s := newShare(in, part)
	var kept, left []finding.Finding
	for i := range findings {
		rule, _ := catalog.Lookup(findings[i].Rule)
		if rule.Fatal || rule.ID == "gate/weakened" || s.holds(&findings[i]) {
			kept = append(kept, findings[i])
		} else {
			left = append(left, findings[i])
		}
	}
	part.LeftOut = finding.Summarize(left)
	return kept
}

// share knows what belongs to a part.
type share struct {
	in       Input
	part     *finding.Part
	owners   map[string]string       // node → element
	dirs     map[string]string       // node → the printed name of its folder
	below    map[string]bool         // elements with code below the part's path
	waivers  map[string]string       // waiver.NAME → its owner
	comments map[source.Range]string // a waiver in code → the node that holds it
}

func newShare(in Input, part *finding.Part) *share {
	s := &share{
		in: in, part: part, dirs: map[string]string{}, below: map[string]bool{}, waivers: map[string]string{},
		comments: map[source.Range]string{},
	}
	if in.Result != nil {
		s.owners = in.Result.Owners
	}
	for _, n := range in.Graph.Nodes {
		if n.Dir == "" {
			continue
		}
		s.dirs[n.ID] = in.Name(n.Dir)
		if owner := s.owners[n.ID]; owner != "" && s.isBelow(s.dirs[n.ID]) {
			s.below[owner] = true
		}
	}
	for _, w := range in.Model.Waivers {
		s.waivers["waiver."+w.Name] = w.Owner
	}
	for _, w := range in.Graph.Waivers {
		s.comments[w.At] = w.Node
	}
	return s
}

func (s *share) holds(f *finding.Finding) bool {
	elements := s.elements(f)
	if s.part.Owner != "" && s.waivers[f.Subject.Element] != s.part.Owner &&
		!slices.ContainsFunc(elements, func(e string) bool { return s.in.Model.OwnerOf(e) == s.part.Owner }) {
		return false
	}
	if s.part.Element != "" &&
		!slices.ContainsFunc(elements, func(e string) bool { return s.in.Model.Within(e, s.part.Element) }) {
		return false
	}
	return s.part.Path == "" || s.stands(f, elements)
}

// elements are those that a finding is about: both ends of an edge, every member of a cycle, the element that holds a
// package or a comment.
func (s *share) elements(f *finding.Finding) []string {
	names := append(strings.Fields(f.Subject.Path), f.Subject.Element, f.Subject.From, f.Subject.To, s.comments[f.At])
	if f.Between != nil {
		names = append(names, f.Between.From, f.Between.To)
	}
	var out []string
	for _, name := range names {
		if s.in.Model.Element(name) != nil {
			out = append(out, name)
		} else if owner := s.owners[name]; owner != "" {
			out = append(out, owner)
		}
	}
	return out
}

// stands reports whether a finding shows a place below the part's path. One about packages is about their folders,
// too; another one about elements is about all of their code.
func (s *share) stands(f *finding.Finding, elements []string) bool {
	if s.isBelow(f.At.File) || slices.ContainsFunc(f.Related, func(r finding.Related) bool { return s.isBelow(r.At.File) }) {
		return true
	}
	if aboutNodes(f.Subject) {
		return s.isBelow(s.dirs[f.Subject.From]) || s.isBelow(s.dirs[f.Subject.To])
	}
	return slices.ContainsFunc(elements, func(e string) bool { return s.below[e] })
}

// aboutNodes reports whether a subject names nodes of the evidence, not elements.
func aboutNodes(s finding.Subject) bool {
	world, _ := evidence.Split(s.From)
	return world != s.From
}

func (s *share) isBelow(name string) bool {
	return s.part.Path != "" && name != "" && (s.part.Path == "." || name == s.part.Path || strings.HasPrefix(name, s.part.Path+"/"))
}
