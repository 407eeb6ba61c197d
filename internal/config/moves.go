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
}

func (f *frame) movedAddress(name string) (string, bool) {
	a := f.block.attrs[name]
	if a == nil {
		return "", false
	}
	a.bad = true // resolved here: it is no expression
	t, ok := a.hcl.Expr.(*hclsyntax.ScopeTraversalExpr)
	if ok {
		if address, ok := addressOf(t.Traversal); ok {
			return address, true
		}
	}
	f.wrong(ruleType, a.hcl.Expr.Range(), name+" is an address", `write it as a reference, such as component.cart or component.worker["eu"]`)
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
		if at, ok := l.declaredAt(m.from); ok {
			f.add(note{
				rule: ruleValue, at: f.at("from"), message: m.from + " is still declared",
				fix: "remove it, or this moved block", related: []related{{"declared here", at}},
			})
			continue
		}
		to, _ := l.renamed(m.from)
		if l.names.moves[to] != nil {
			f.wrong(ruleCycle, f.at("to"), "a rename that leads back: "+strings.Join([]string{m.from, m.to, "…", m.from}, " → "), "remove one of the moved blocks")
			continue
		}
		if _, ok := l.declaredAt(to); !ok {
			f.wrong(ruleUnknown, f.at("to"), "there is no "+clip(to), didYouMean(to, l.names.addresses()))
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
	if d.block.forEach && isInstance && d.state == ready {
		for _, i := range d.instances {
			if i.address == address {
				return d.block.header(), true
			}
		}
		return hcl.Range{}, false
	}
	return d.block.header(), isInstance == d.block.forEach || !isInstance
}

func (s *symbols) addresses() []string { return sortedKeys(s.declared) }
