package view_test

import (
	"errors"
	"strings"

	"github.com/asbuilt/asbuilt/pkg/arch"
	"github.com/asbuilt/asbuilt/pkg/source"
)

// tagged is a predicate for tests: it holds for elements with a tag, and fails for people.
type tagged struct {
	tag string
	at  source.Range
}

func (p tagged) Holds(s arch.Subject) (bool, error) {
	if s.Element.Type == arch.TypePerson && p.tag == "fails" {
		return false, errors.New("a person has no tags")
	}
	for _, t := range s.Element.Tags {
		if t == strings.TrimPrefix(p.tag, "!") {
			return !strings.HasPrefix(p.tag, "!"), nil
		}
	}
	return strings.HasPrefix(p.tag, "!"), nil
}

func (p tagged) String() string   { return "tagged " + p.tag }
func (p tagged) At() source.Range { return p.at }

func (p tagged) In(*arch.Model) arch.Predicate { return p }
func (p tagged) Reads() []string               { return []string{"self.tags"} }

// edgesWith is a predicate for tests: it holds for edges of a label or verdict, and fails for those to people.
type edgesWith struct {
	word string
	at   source.Range
}

func (p edgesWith) Holds(s arch.Subject) (bool, error) {
	if p.word == "fails" {
		return false, errors.New("there is no such label")
	}
	return s.Edge.Label == p.word || s.Verdict == p.word, nil
}

func (p edgesWith) String() string                { return "edges " + p.word }
func (p edgesWith) At() source.Range              { return p.at }
func (p edgesWith) In(*arch.Model) arch.Predicate { return p }
func (p edgesWith) Reads() []string               { return []string{"self.label"} }
