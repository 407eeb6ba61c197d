package view

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/asbuilt/asbuilt/internal/icon"
	"github.com/asbuilt/asbuilt/pkg/arch"
	"github.com/asbuilt/asbuilt/pkg/diagram"
)

// words writes what cards and frames say.
type words struct {
	model *arch.Model
	links func(string) string
}

func (w words) node(e *arch.Element, l look) diagram.Node {
	kindIcon := l.ofKind
	if kindIcon == cmp.Or(l.icon, icon.Of(e.Type)) {
		kindIcon = ""
	}
	return diagram.Node{
		Address: e.Address, Type: e.Type, Title: e.Label(),
		Technology: elementTechnology(e), Description: e.Description,
		Owner: w.owner(e), Tags: e.Tags, Status: string(elementStatus(w.model, e)),
		Kind: l.kind, KindIcon: kindIcon, Shape: l.shape, Icon: l.icon, Look: l.Look, Link: w.link(e),
	}
}

func (w words) group(e *arch.Element, l look) diagram.Group {
	g := diagram.Group{
		Address: e.Address, Type: e.Type, Kind: l.kind, Title: e.Label(), Owner: w.owner(e),
		Link: w.link(e), Status: string(elementStatus(w.model, e)), Look: l.Look,
	}
	g.Opacity = nil // it is of cards
	if e.Type == typeNode {
		g.Technology = e.Technology
	}
	return g
}

func (w words) owner(e *arch.Element) string {
	t := w.model.Team(e.Owner)
	switch {
	case t == nil:
		return ""
	case t.Title != "":
		return t.Title
	}
	return t.Name
}

func (w words) link(e *arch.Element) string {
	remote := strings.HasPrefix(e.Docs, "https://") || strings.HasPrefix(e.Docs, "http://")
	if e.Docs == "" || remote || w.links == nil {
		return e.Docs
	}
	return w.links(e.Docs)
}

// elementStatus is an element's own status, or that of the nearest element around it which has one.
func elementStatus(m *arch.Model, e *arch.Element) arch.Status {
	for ; e != nil; e = m.Parent(e) {
		if e.Status != arch.StatusCurrent {
			return e.Status
		}
	}
	return arch.StatusCurrent
}

// elementTechnology is what an element is made with, as far as its facts tell, and how many of it run.
func elementTechnology(e *arch.Element) string {
	t := e.Technology
	switch {
	case t != "":
	case slices.Contains(e.Bindings, "grpc"):
		t = "gRPC"
	case slices.Contains(e.Bindings, "openapi"), slices.Contains(e.Bindings, "http"):
		t = "HTTP"
	default:
		t, _ = fact(e, "engine").(string)
	}
	if n, _ := fact(e, replicas).(float64); n > 1 {
		t = strings.TrimPrefix(fmt.Sprintf("%s · %g replicas", t, n), " · ")
	}
	return t
}

// replicas is the fact that says how many of an element run.
const replicas = "capacity.replicas"

func fact(e *arch.Element, name string) any {
	for _, f := range e.Facts {
		if f.Name == name {
			return f.Value
		}
	}
	return nil
}
