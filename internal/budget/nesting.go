package budget

import "github.com/hashicorp/hcl/v2/hclsyntax"

// Depth is counted in units, so that a chain of binary operators, which costs one frame of
// evaluation each, weighs less than a bracket, which costs a dozen frames of the parser.
const (
	unit     = 5
	maxUnits = MaxDepth * unit
)

// nesting follows brackets, templates and operators, and knows at every token how deep the parser
// has recursed (base, prefix, conditionals) and how tall the tree will be that it builds
// (tallest, operators): parser and evaluation recurse over one or the other.
type nesting struct {
	levels []level
}

// level is what one bracket, template or file holds.
type level struct {
	closer hclsyntax.TokenType
	kind   levelKind
	open   token
	base   int // units of everything around
	tall   int // the tallest expression that is complete
	expr   expression
	// directives counts `%{ if` and `%{ for` that are open in a template.
	directives, maxDirectives int
	// fresh is true until the level's first token, assigned after `=` in a line of a body.
	fresh, assigned bool
}

type levelKind byte

const (
	body     levelKind = iota // arguments and blocks; a line end closes an expression
	object                    // items; a line end closes an expression
	bracket                   // line ends mean nothing
	inserted                  // a template's ${ or %{
	template                  // text between quotes or in a heredoc
)

// expression is one that is being read.
type expression struct {
	tall    int  // the tallest finished operand
	ops     int  // binary operators
	conds   int  // conditionals
	prefix  int  // signs and steps of the current operand
	term    int  // the height of the current operand
	operand bool // the last token ended an operand
}

func (e *expression) height() int { return max(e.tall, e.term) + e.ops + e.conds*unit }

// finishOperand begins the next operand.
func (e *expression) finishOperand() {
	e.tall = max(e.tall, e.term)
	e.term, e.prefix, e.operand = 0, 0, false
}

func newNesting() *nesting {
	return &nesting{levels: []level{{kind: body, closer: hclsyntax.TokenEOF}}}
}

func (n *nesting) top() *level { return &n.levels[len(n.levels)-1] }

// depth is how deep the deepest way through what is being read is, in units.
func (n *nesting) depth() int {
	l := n.top()
	return l.base + max(l.expr.height(), l.inside())
}

// inside is how much deeper than its base a level's next bracket stands.
func (l *level) inside() int { return l.expr.prefix + (l.expr.conds+l.directives)*unit }

// add follows one token. It returns false when a closing bracket does not match the open one.
func (n *nesting) add(t token, src []byte) bool {
	l := n.top()
	switch t.kind {
	case hclsyntax.TokenComment:
		if src[t.end-1] == '\n' {
			l.endLine()
		}
		return true
	case hclsyntax.TokenNewline:
		l.endLine()
		return true
	case hclsyntax.TokenOBrace, hclsyntax.TokenOBrack, hclsyntax.TokenOParen, hclsyntax.TokenOQuote, hclsyntax.TokenOHeredoc,
		hclsyntax.TokenTemplateInterp, hclsyntax.TokenTemplateControl:
		n.push(t)
		return true
	case hclsyntax.TokenCBrace, hclsyntax.TokenCBrack, hclsyntax.TokenCParen, hclsyntax.TokenCQuote, hclsyntax.TokenCHeredoc,
		hclsyntax.TokenTemplateSeqEnd:
		return n.pop(t)
	}
	if l.fresh && t.kind == hclsyntax.TokenIdent {
		n.firstWord(string(src[t.start:t.end]))
	}
	l.fresh = false
	l.read(t)
	return true
}

func (l *level) endLine() {
	if l.kind == body || l.kind == object {
		l.endExpression()
		l.assigned = false
	}
}

func (l *level) endExpression() {
	l.tall = max(l.tall, l.expr.height())
	l.expr = expression{}
}

// read follows a token that opens and closes nothing.
func (l *level) read(t token) {
	e := &l.expr
	switch t.kind {
	case hclsyntax.TokenIdent, hclsyntax.TokenNumberLit:
		if e.operand {
			e.finishOperand()
		}
		e.operand = true
	case hclsyntax.TokenComma:
		if l.kind != body {
			l.endExpression()
		}
	case hclsyntax.TokenDot, hclsyntax.TokenDoubleColon:
		e.term += unit
		e.prefix += unit
		e.operand = false
	case hclsyntax.TokenBang:
		e.sign()
	case hclsyntax.TokenMinus:
		if !e.operand {
			e.sign()
			return
		}
		e.finishOperand()
		e.ops++
	case hclsyntax.TokenQuestion:
		e.finishOperand()
		e.conds++
	case hclsyntax.TokenEqual:
		l.assigned = true
		e.finishOperand()
	case hclsyntax.TokenColon, hclsyntax.TokenFatArrow:
		e.finishOperand()
	case hclsyntax.TokenStringLit, hclsyntax.TokenQuotedLit, hclsyntax.TokenQuotedNewline, hclsyntax.TokenEllipsis, hclsyntax.TokenEOF:
	default:
		e.finishOperand()
		e.ops++
	}
}

func (e *expression) sign() {
	e.term += unit
	e.prefix += unit
	e.operand = false
}

func (n *nesting) push(t token) {
	l := n.top()
	l.fresh = false
	next := level{open: t, base: l.base + l.inside() + unit, kind: bracket, fresh: true}
	switch t.kind {
	case hclsyntax.TokenOParen:
		next.closer = hclsyntax.TokenCParen
	case hclsyntax.TokenOBrack:
		next.closer = hclsyntax.TokenCBrack
	case hclsyntax.TokenOQuote:
		next.closer, next.kind = hclsyntax.TokenCQuote, template
	case hclsyntax.TokenOHeredoc:
		next.closer, next.kind = hclsyntax.TokenCHeredoc, template
	case hclsyntax.TokenTemplateInterp, hclsyntax.TokenTemplateControl:
		next.closer, next.kind = hclsyntax.TokenTemplateSeqEnd, inserted
	default:
		next.closer, next.kind = hclsyntax.TokenCBrace, object
		if l.kind == body && !l.assigned {
			next.kind = body
		}
	}
	// A bracket after an operand is a step: what follows stands deeper still.
	if l.expr.operand {
		l.expr.prefix += unit
	}
	l.expr.operand = false
	n.levels = append(n.levels, next)
}

func (n *nesting) pop(t token) bool {
	l := *n.top()
	if len(n.levels) == 1 || l.closer != t.kind {
		return false
	}
	l.endExpression()
	n.levels = n.levels[:len(n.levels)-1]
	around := n.top()
	if around.kind == template {
		around.expr.tall = max(around.expr.tall, unit+l.tall)
		return true
	}
	around.expr.term += unit + l.tall + l.maxDirectives*unit
	around.expr.operand = true
	return true
}

// firstWord sees what a bracket begins with: `for` makes line ends meaningless in braces, and
// `%{ if` and `%{ for` nest in the template around them until their end.
func (n *nesting) firstWord(word string) {
	l := n.top()
	if l.kind == object && word == "for" {
		l.kind = bracket
	}
	if l.open.kind != hclsyntax.TokenTemplateControl {
		return
	}
	around := &n.levels[len(n.levels)-2]
	switch word {
	case "if", "for":
		around.directives++
		around.maxDirectives = max(around.maxDirectives, around.directives)
	case "endif", "endfor":
		around.directives = max(0, around.directives-1)
	}
}
