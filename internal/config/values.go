package config

import (
	"maps"
	"slices"

	"github.com/zclconf/go-cty/cty"

	"github.com/asbuilt/asbuilt/pkg/arch"
)

// One type for all elements, whatever their block: sets of them mix freely. (HCL turns objects of
// different types in one list silently into maps.) A text is "" and a list is empty where an element has
// none; only `in` and `owner` can be null.

// teamType is the value of team.NAME and of an element's owner.
var teamType = cty.Object(map[string]cty.Type{
	"address": cty.String, "name": cty.String, "title": cty.String, "codeowners": cty.String,
})

var elementType = cty.Object(map[string]cty.Type{
	"address": cty.String, "type": cty.String, "kind": cty.String, "name": cty.String, "key": cty.String,
	"title": cty.String, "description": cty.String, "technology": cty.String, "docs": cty.String, "status": cty.String,
	"in": cty.String, "owner": teamType, "tags": cty.List(cty.String),
	"shared": cty.Bool, "root": cty.Bool,
	"engine": cty.String, "hosts": cty.List(cty.String), "topics": cty.List(cty.String), "metadata": cty.Map(cty.String),
})

var relationshipType = cty.Object(map[string]cty.Type{
	"source": elementType, "target": elementType, "kind": cty.String, "label": cty.String,
	"technology": cty.String, "async": cty.Bool, "tags": cty.List(cty.String), "status": cty.String, "metadata": cty.Map(cty.String),
})

// drawnType is a relationship in a picture: it has a verdict.
var drawnType = func() cty.Type {
	attrs := maps.Clone(relationshipType.AttributeTypes())
	attrs["verdict"] = cty.String
	return cty.Object(attrs)
}()

// objectShape is an object type taken apart: that of every value that is looked at is compared with it, and cty's own
// comparison takes several times as long.
type objectShape []attributeShape

type attributeShape struct {
	name   string
	t      cty.Type
	object objectShape // of an attribute that is an object
}

func shapeOf(t cty.Type) objectShape {
	var out objectShape
	for name, t := range t.AttributeTypes() {
		a := attributeShape{name: name, t: t}
		if t.IsObjectType() {
			a.object = shapeOf(t)
		}
		out = append(out, a)
	}
	return out
}

// fits reports whether a type is the one that was taken apart.
func (s objectShape) fits(t cty.Type) bool {
	if !t.IsObjectType() {
		return false
	}
	attrs := t.AttributeTypes()
	if len(attrs) != len(s) {
		return false
	}
	for _, a := range s {
		switch got, ok := attrs[a.name]; {
		case !ok, a.object == nil && got != a.t, a.object != nil && !a.object.fits(got):
			return false
		}
	}
	return true
}

var (
	elementShape      = shapeOf(elementType)
	teamShape         = shapeOf(teamType)
	relationshipShape = shapeOf(relationshipType)
	drawnShape        = shapeOf(drawnType)
)

// isElement reports whether values of a type are elements.
func isElement(t cty.Type) bool { return elementShape.fits(t) }

// isTeam reports whether values of a type are teams.
func isTeam(t cty.Type) bool { return teamShape.fits(t) }

// isRelationship reports whether values of a type are relationships.
func isRelationship(t cty.Type) bool { return relationshipShape.fits(t) || drawnShape.fits(t) }

// identity are the attributes of an element that are known before the model is finished.
var identity = []string{"address", "type", "name", "key"}

var (
	elementAttributes      = sortedKeys(elementType.AttributeTypes())
	teamAttributes         = sortedKeys(teamType.AttributeTypes())
	relationshipAttributes = sortedKeys(relationshipType.AttributeTypes())
)

// stub is what a reference to an instance gives while the model is being read: who it is, the rest unknown.
func stub(d *declared, i *instance) cty.Value {
	t := elementType
	if d.block.spec.Type == "team" {
		t = teamType
	}
	known := map[string]string{
		"address": i.address, "type": d.block.spec.Type, "name": d.block.labels[0], "key": i.key,
	}
	attrs := make(map[string]cty.Value, len(t.AttributeTypes()))
	for name, at := range t.AttributeTypes() {
		attrs[name] = cty.UnknownVal(at)
		if slices.Contains(identity, name) {
			attrs[name] = cty.StringVal(known[name])
		}
	}
	return cty.ObjectVal(attrs)
}

func teamValue(t *arch.Team) cty.Value {
	return cty.ObjectVal(map[string]cty.Value{
		"address": cty.StringVal(t.Address), "name": cty.StringVal(t.Name),
		"title": cty.StringVal(t.Title), "codeowners": cty.StringVal(t.Codeowners),
	})
}

// kindOf is an element's kind: the name of its kind block, else its block type.
func kindOf(e *arch.Element) string {
	if e.Kind != "" {
		return e.Kind
	}
	return e.Type
}

// elementValue is an element of the finished model. owner is its team's value, or null; attrs is empty.
func elementValue(e *arch.Element, owner cty.Value, attrs map[string]cty.Value) cty.Value {
	attrs["in"] = cty.NullVal(cty.String)
	if e.Parent != "" {
		attrs["in"] = cty.StringVal(e.Parent)
	}
	attrs["address"], attrs["type"], attrs["kind"] = cty.StringVal(e.Address), cty.StringVal(e.Type), cty.StringVal(kindOf(e))
	attrs["name"], attrs["key"], attrs["title"] = cty.StringVal(e.Name), cty.StringVal(e.Key), cty.StringVal(e.Title)
	attrs["description"], attrs["technology"] = cty.StringVal(e.Description), cty.StringVal(e.Technology)
	attrs["docs"], attrs["status"] = cty.StringVal(e.Docs), cty.StringVal(string(e.Status))
	attrs["owner"], attrs["tags"] = owner, textList(e.Tags)
	attrs["shared"], attrs["root"] = cty.BoolVal(e.Shared), cty.BoolVal(e.Root)
	attrs["engine"], attrs["hosts"] = cty.StringVal(factText(e, "engine")), textList(factTexts(e, "hosts"))
	attrs["topics"], attrs["metadata"] = textList(factTexts(e, "topics")), metadataValue(fact(e, "metadata"))
	return cty.ObjectVal(attrs)
}

func textList(s []string) cty.Value {
	if len(s) == 0 {
		return cty.ListValEmpty(cty.String)
	}
	out := make([]cty.Value, len(s))
	for i, x := range s {
		out[i] = cty.StringVal(x)
	}
	return cty.ListVal(out)
}

func fact(e *arch.Element, name string) any {
	for _, f := range e.Facts {
		if f.Name == name {
			return f.Value
		}
	}
	return nil
}

func factText(e *arch.Element, name string) string {
	s, _ := fact(e, name).(string)
	return s
}

func factTexts(e *arch.Element, name string) []string {
	list, _ := fact(e, name).([]any)
	out := make([]string, 0, len(list))
	for _, x := range list {
		if s, ok := x.(string); ok {
			out = append(out, s)
		}
	}
	return out
}

// metadataValue is the metadata with every value as a text, so that all elements and relationships keep one type; what is
// not a simple value is its JSON.
func metadataValue(given any) cty.Value {
	data, _ := given.(map[string]any)
	if len(data) == 0 {
		return cty.MapValEmpty(cty.String)
	}
	out := make(map[string]cty.Value, len(data))
	for k, v := range data {
		out[k] = cty.StringVal(plainText(v))
	}
	return cty.MapVal(out)
}
