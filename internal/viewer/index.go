package viewer

import (
	"bytes"
	"cmp"
	"slices"
	"strings"

	"github.com/asbuilt/asbuilt/internal/console"
	"github.com/asbuilt/asbuilt/pkg/arch"
	"github.com/asbuilt/asbuilt/pkg/diagram"
)

// Index is what the page knows beside the pictures.
type Index struct {
	Title    string    `json:"title"`
	Version  string    `json:"version,omitempty"`
	Views    []View    `json:"views"`
	Elements []Element `json:"elements"`
	Trouble  []Trouble `json:"trouble"` // why the pictures are not of the newest state

	Evidence map[string][]string `json:"evidence,omitempty"` // by "FROM TO", as pictures name the ends of an edge: lines to show of it
}

// View is a picture.
type View struct {
	Name        string `json:"name"`
	Kind        string `json:"kind"`
	Title       string `json:"title"`
	Description string `json:"description,omitempty"`
	Of          string `json:"of,omitempty"`   // the element that it shows the inside of
	Picture     string `json:"picture"`        // its file, relative to the page
	Style       string `json:"style"`          // that of its style sheet; see Split
	Sum         string `json:"sum"`            // another for every other picture
	Auto        bool   `json:"auto,omitempty"` // nobody declared it: the menu names it only while it is shown
}

// Element is what is searched for.
type Element struct {
	Address     string   `json:"address"`
	Title       string   `json:"title"`
	Type        string   `json:"type"` // what its kind is called, where it has one
	Parent      string   `json:"parent,omitempty"`
	Owner       string   `json:"owner,omitempty"` // the team's title
	Technology  string   `json:"technology,omitempty"`
	Description string   `json:"description,omitempty"`
	Tags        []string `json:"tags,omitempty"`
	Docs        string   `json:"docs,omitempty"`
	Status      string   `json:"status,omitempty"`
	Views       []string `json:"views,omitempty"` // that draw it
}

// Trouble is a reason why the newest state is not shown.
type Trouble struct {
	Place   string `json:"place,omitempty"` // file:line:column
	Message string `json:"message"`
	Fix     string `json:"fix,omitempty"`
}

// PictureFile is the file of a view's picture, relative to the page.
func PictureFile(view string) string { return "views/" + view + ".svg" }

// Empty is the index of nothing that could be drawn.
func Empty(title string) *Index {
	return &Index{Title: clean(title), Views: []View{}, Elements: []Element{}, Trouble: []Trouble{}}
}

// StyleFile is the file of a view's style sheet.
func StyleFile(view string) string { return "views/" + view + ".css" }

// Split takes the style sheet out of a picture: a strict policy forbids a picture to bring one along.
func Split(picture []byte) (svg, style []byte) {
	before, rest, ok := bytes.Cut(picture, []byte("<style>\n"))
	if !ok {
		return picture, nil
	}
	style, after, _ := bytes.Cut(rest, []byte("</style>\n"))
	return slices.Concat(before, after), style
}

// NewIndex says what there is of a model: its elements, and in which diagrams they are. Views are added by AddView.
func NewIndex(m *arch.Model, drawn []*diagram.Diagram) *Index {
	a := m.Architecture
	x := Empty(cmp.Or(a.Title, a.Name, "asbuilt"))
	x.Version = clean(a.Version)
	views := map[string][]string{}
	for _, d := range drawn {
		for _, g := range d.Groups {
			views[g.Address] = append(views[g.Address], d.Name)
		}
		for _, n := range d.Nodes {
			views[n.Address] = append(views[n.Address], d.Name)
		}
	}
	kinds := map[string]string{} // what cards call them, by name
	for _, k := range m.Kinds {
		kinds[k.Name] = k.Label()
	}
	for _, e := range m.Elements {
		owner := ""
		if t := m.Team(e.Owner); t != nil {
			owner = cmp.Or(t.Title, t.Name)
		}
		x.Elements = append(x.Elements, Element{
			Address: clean(e.Address), Title: clean(e.Label()), Type: clean(cmp.Or(kinds[e.Kind], e.Type)), Parent: clean(e.Parent), Owner: clean(owner),
			Technology: clean(e.Technology), Description: clean(e.Description), Tags: e.Tags, Docs: clean(e.Docs), Status: string(e.Status),
			Views: views[e.Address],
		})
	}
	return x
}

// AddView adds a view of a diagram: v says what it is of, the sum of its picture, and whether anybody declared it.
func (x *Index) AddView(d *diagram.Diagram, v View) {
	v.Name, v.Kind, v.Title, v.Description, v.Of = d.Name, d.Kind, clean(d.Title), clean(d.Description), clean(v.Of)
	v.Picture, v.Style = PictureFile(d.Name), StyleFile(d.Name)
	x.Views = append(x.Views, v)
}

// AddEvidence adds lines that show why there is an edge.
func (x *Index) AddEvidence(from, to string, lines []string) {
	if x.Evidence == nil {
		x.Evidence = map[string][]string{}
	}
	key := clean(from) + " " + clean(to)
	for _, line := range lines {
		x.Evidence[key] = append(x.Evidence[key], clean(line))
	}
}

// AddTrouble adds a reason why the newest state is not shown.
func (x *Index) AddTrouble(place, message, fix string) {
	x.Trouble = append(x.Trouble, Trouble{clean(place), clean(message), clean(fix)})
}

// clean makes a text one line that shows whatever is hidden in it, as pictures do: addresses must be the same in both.
func clean(text string) string { return console.Clean(strings.Join(strings.Fields(text), " ")) }
