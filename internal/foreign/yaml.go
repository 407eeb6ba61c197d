package foreign

import (
	"bytes"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"unicode/utf8"

	"go.yaml.in/yaml/v4"

	"github.com/asbuilt/asbuilt/pkg/source"
)

const (
	maxText  = 1 << 20 // bytes of a YAML file
	maxVisit = 400_000 // nodes looked at, those behind aliases counted each time
	maxDepth = 100     // of aliases and merges
)

// document is a YAML text, read as nodes so that every value keeps its place. A Node tree is linear in the
// text: aliases are followed here, and counted.
type document struct {
	*report
	text   []byte
	starts []int // offsets of the lines
	visits int
	last   struct{ line, column, offset int } // where at was asked last: the next question is often behind it
}

// value is one value of a document.
type value struct {
	doc  *document
	node *yaml.Node
	path string // where it stands: deps.api.mayDependOn
}

// entry is one key of a mapping with its value.
type entry struct {
	key   string
	name  value // the key itself
	value value
}

// parse reads a text of one document. The value is a mapping, or the report says why not.
func parse(r *report, text []byte) (value, bool) {
	d := &document{report: r, text: text, starts: []int{0}}
	if len(text) > maxText {
		r.add(ruleSyntax, source.Range{File: r.file}, "", fmt.Sprintf("the file is larger than %d MiB", maxText>>20), "split it, or remove what it does not need")
		return value{}, false
	}
	for i, c := range text {
		if c == '\n' {
			d.starts = append(d.starts, i+1)
		}
	}
	var root yaml.Node
	if err := yaml.Load(bytes.TrimPrefix(text, []byte("\ufeff")), &root); err != nil {
		d.syntax(err)
		return value{}, false
	}
	top := &root
	if top.Kind == yaml.DocumentNode && len(top.Content) == 1 {
		top = top.Content[0]
	}
	v := value{doc: d, node: top}
	if top.Kind != yaml.MappingNode {
		v.wrong("the file holds no mapping of settings", "see whether it is the file you meant")
		return value{}, false
	}
	return v, true
}

// wrong says that a value is not what it must be: the file is not translated.
func (v value) wrong(message, fix string) { v.doc.tell(ruleSyntax, v, v.path, message, fix) }

// syntax says what the parser says, at its place.
func (d *document) syntax(err error) {
	at := source.Range{File: d.file}
	message := err.Error()
	var place *yaml.LoadError
	if errors.As(err, &place) {
		at = d.at(place.Mark.Line, place.Mark.Column)
		if place.Message != "" {
			message = place.Message
		}
	}
	message = strings.TrimPrefix(strings.Join(strings.Fields(message), " "), "yaml: ")
	d.add(ruleSyntax, at, "", "the file is no YAML: "+message, "correct it; the tool that it is for cannot read it either")
}

// at is the place of a line and of a column that counts characters.
func (d *document) at(line, column int) source.Range {
	if line < 1 || line > len(d.starts) {
		return source.Range{File: d.file}
	}
	if d.last.line != line || d.last.column > column {
		d.last.line, d.last.column, d.last.offset = line, 1, d.starts[line-1]
	}
	l := &d.last
	for ; l.column < column && l.offset < len(d.text) && d.text[l.offset] != '\n'; l.column++ {
		_, size := utf8.DecodeRune(d.text[l.offset:])
		l.offset += size
	}
	pos := source.Pos{Line: line, Column: l.offset - d.starts[line-1] + 1}
	return source.Range{File: d.file, Start: pos, End: pos}
}

func (v value) at() source.Range { return v.doc.place(v.node) }

// place is a node's place; a plain scalar's end is known too.
func (d *document) place(n *yaml.Node) source.Range {
	r := d.at(n.Line, n.Column)
	if n.Kind == yaml.ScalarNode && r.Start.Column > 0 && !strings.Contains(n.Value, "\n") {
		r.End.Column += len(n.Value)
		if n.Style&(yaml.DoubleQuotedStyle|yaml.SingleQuotedStyle) != 0 {
			r.End.Column += 2
		}
	}
	return r
}

// visit counts a look at a node, and follows an alias.
func (v value) visit() (value, bool) {
	for hops := 0; ; hops++ {
		if v.doc.visits++; v.doc.visits > maxVisit || hops > maxDepth {
			v.wrong(fmt.Sprintf("the file holds more than %d values, those behind aliases counted each time", maxVisit), "write fewer aliases of aliases")
			return v, false
		}
		if v.node.Kind != yaml.AliasNode || v.node.Alias == nil {
			return v, true
		}
		v.node = v.node.Alias
	}
}

func (v value) child(n *yaml.Node, name string) value {
	if v.path != "" {
		name = v.path + "." + name
	}
	return value{v.doc, n, name}
}

func (v value) isNull() bool {
	return v.node == nil || v.node.Kind == yaml.ScalarNode && v.node.Tag == "!!null"
}

// mapping lists the keys of a mapping in their order; nothing for null.
func (v value) mapping() []entry { return v.entries(map[string]bool{}, 0) }

func (v value) entries(seen map[string]bool, depth int) []entry {
	v, ok := v.visit()
	if !ok || v.isNull() {
		return nil
	}
	if v.node.Kind != yaml.MappingNode || depth > maxDepth {
		v.wrong(v.what()+" must be a mapping", "")
		return nil
	}
	var out []entry
	var merged []value
	here := map[string]bool{}
	for i := 0; i+1 < len(v.node.Content); i += 2 {
		k, ok := v.child(v.node.Content[i], v.node.Content[i].Value).visit()
		if !ok {
			return out
		}
		name := k.node.Value
		if k.node.Kind != yaml.ScalarNode {
			k.wrong("a key must be a word", "")
			continue
		}
		if k.node.Tag == "!!merge" {
			merged = append(merged, value{v.doc, v.node.Content[i+1], v.path})
			continue
		}
		if here[name] {
			k.wrong(fmt.Sprintf("%q is set twice", name), "remove one of them")
			continue
		}
		here[name] = true
		if !seen[name] {
			seen[name] = true
			out = append(out, entry{name, k, v.child(v.node.Content[i+1], name)})
		}
	}
	for _, m := range merged {
		out = append(out, m.merge(seen, depth)...)
	}
	return out
}

// merge lists what `<<` brings: the keys of a mapping, or of several.
func (v value) merge(seen map[string]bool, depth int) []entry {
	v, ok := v.visit()
	if !ok {
		return nil
	}
	if v.node.Kind != yaml.SequenceNode {
		return v.entries(seen, depth+1)
	}
	var out []entry
	for _, n := range v.node.Content {
		out = append(out, value{v.doc, n, v.path}.entries(seen, depth+1)...)
	}
	return out
}

// list is a sequence's values; nothing for null.
func (v value) list() []value {
	v, ok := v.visit()
	if !ok || v.isNull() {
		return nil
	}
	if v.node.Kind != yaml.SequenceNode {
		v.wrong(v.what()+" must be a list", "")
		return nil
	}
	var out []value
	for i, n := range v.node.Content {
		item, ok := v.child(n, strconv.Itoa(i)).visit()
		if !ok {
			return out
		}
		out = append(out, item)
	}
	return out
}

// word is one text with its place.
type word struct {
	text string
	value
}

// scalar is a text, as written.
func (v value) scalar() (word, bool) {
	v, ok := v.visit()
	if !ok {
		return word{}, false
	}
	if v.node.Kind != yaml.ScalarNode || v.isNull() {
		v.wrong(v.what()+" must be a text", "")
		return word{}, false
	}
	return word{v.node.Value, v}, true
}

// texts is a list of texts.
func (v value) texts() []word {
	var out []word
	for _, item := range v.list() {
		if w, ok := item.scalar(); ok {
			out = append(out, w)
		}
	}
	return out
}

// oneOrMore is a text, or a list of texts.
func (v value) oneOrMore() []word {
	if r, ok := v.visit(); ok && r.node.Kind == yaml.ScalarNode && !r.isNull() {
		w, _ := r.scalar()
		return []word{w}
	}
	return v.texts()
}

// flag is true or false; null is false.
func (v value) flag() bool {
	v, ok := v.visit()
	if !ok || v.isNull() {
		return false
	}
	b, err := strconv.ParseBool(v.node.Value)
	if err != nil || v.node.Kind != yaml.ScalarNode {
		v.wrong(v.what()+" must be true or false", "")
	}
	return b
}

// number is a whole number.
func (v value) number() int {
	w, ok := v.scalar()
	if !ok {
		return 0
	}
	n, err := strconv.Atoi(w.text)
	if err != nil {
		v.wrong(v.what()+" must be a number", "")
	}
	return n
}

func (v value) what() string {
	if v.path == "" {
		return "the file"
	}
	return v.path
}

func (v value) isList() bool { return v.node.Kind == yaml.SequenceNode }
