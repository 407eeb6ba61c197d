package config

import (
	"strings"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"

	"github.com/asbuilt/asbuilt/pkg/arch"
)

// moves reads the moved blocks. Their addresses are read, never evaluated: the old one is gone.
func (l *loader) moves() {
	for _, b := range l.moved {
		f := l.frame(b, early)
		from, okFrom := f.movedAddress("from")
		to, okTo := f.movedAddress("to")
		if !okFrom || !okTo {
			continue
		}
		if first := l.names.moves[from]; first != nil {
			l.duplicate("the rename of "+from, f.at("from"), first.at)
			continue
		}
		l.names.moves[from] = &move{from: from, to: to, at: b.header(), block: b}
	}
	for _, from := range sortedKeys(l.names.moves) {
		l.follow(l.names.moves[from])
	}
}

// follow finds where renames of renames end; a circle ends nowhere, "".
func (l *loader) follow(m *move) {
	var path []*move
	for m != nil && m.state == untouched {
		m.state = underway
		path = append(path, m)
		m = l.names.moves[m.to]
	}
	end := ""
	switch {
	case m == nil:
		end = path[len(path)-1].to
	case m.state == ready:
		end = m.end
	}
	for _, p := range path {
		p.state, p.end = ready, end
	}
}

func (f *frame) movedAddress(name string) (string, bool) {
	a := f.block.attrs[name]
	if a == nil {
		return "", false
	}
	t, ok := a.hcl.Expr.(*hclsyntax.ScopeTraversalExpr)
	if ok {
		if address, ok := addressOf(t.Traversal); ok {
			return address, true
		}
	}
	f.wrong(ruleType, a.hcl.Expr.Range(), name+" takes an address", `write it as a reference, such as component.cart or component.worker["eu"]`)
	return "", false
}

// movesOf lists the renames for the model.
func (l *loader) movesOf() []*arch.Move {
	var out []*arch.Move
	for _, from := range sortedKeys(l.names.moves) {
		m := l.names.moves[from]
		out = append(out, &arch.Move{From: m.from, To: m.to, At: l.report.place(m.at)})
	}
	return out
}

// checkMoves checks that what moved is gone, and that it is where it moved to.
func (l *loader) checkMoves() {
	for _, from := range sortedKeys(l.names.moves) {
		m := l.names.moves[from]
		f := l.frame(m.block, late)
		at, still := l.declaredAt(m.from)
		_, there := l.declaredAt(m.end)
		switch {
		case still:
			f.add(note{
				rule: ruleValue, at: f.at("from"), message: m.from + " is still declared",
				fix: "remove it, or this moved block", related: []related{{"declared here", at}},
			})
		case m.end == "":
			f.wrong(ruleCycle, f.at("to"), "a rename that leads back: "+arrows([]string{m.from, m.to, "…", m.from}), "remove one of the moved blocks")
		case !there && !l.names.lost[m.end]:
			f.wrong(ruleUnknown, f.at("to"), "there is no "+clip(m.end), among(&l.suggest, "", m.end, l.names.declared))
		}
	}
}

// declaredAt finds a declared block or instance.
func (l *loader) declaredAt(address string) (hcl.Range, bool) {
	base, _, isInstance := strings.Cut(address, "[")
	d := l.names.declared[base]
	if d == nil {
		return hcl.Range{}, false
	}
	if !isInstance || d.state != ready { // a block without instances had a finding
		return d.block.header(), true
	}
	for _, i := range d.instances {
		if i.address == address {
			return d.block.header(), true
		}
	}
	return hcl.Range{}, false
}
