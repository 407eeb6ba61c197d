//go:build browser

package browser

import (
	"fmt"

	"github.com/asbuilt/asbuilt/pkg/diagram"
)

// play builds a sequence, message by message.
type play struct{ diagram.Diagram }

func newPlay(name, title string, lifelines ...diagram.Node) *play {
	p := &play{diagram.Diagram{Name: name, Kind: diagram.KindSequence, Title: title, Architecture: "Samples", Version: "2", Direction: "down"}}
	for _, n := range lifelines {
		n.Type, n.Group = kindOf(n.Address), -1
		p.Nodes = append(p.Nodes, n)
	}
	return p
}

func (p *play) says(from, to int, label string, e diagram.Edge) diagram.Step {
	e.From, e.To = from, to
	if label != "" {
		e.Labels = []string{label}
	}
	if e.Verdict == "" {
		e.Verdict = "declared"
	}
	p.Edges = append(p.Edges, e)
	return diagram.Step{Kind: diagram.StepMessage, Edge: len(p.Edges) - 1}
}

func part(kind diagram.StepKind, text string, steps ...diagram.Step) diagram.Step {
	return diagram.Step{Kind: kind, Edge: -1, Text: text, Steps: steps}
}

func note(text string, nodes ...int) diagram.Step {
	return diagram.Step{Kind: diagram.StepNote, Edge: -1, Text: text, Nodes: nodes}
}

// nested is fragments in fragments, replies, and a step that nothing declares.
func nested() *diagram.Diagram {
	p := newPlay("nested", "Everything inside of everything",
		diagram.Node{Address: "person.customer", Title: "Customer"},
		diagram.Node{Address: "component.checkout", Title: "Checkout", Link: "checkout.md"},
		diagram.Node{Address: "datastore.orders", Title: "Orders"},
		diagram.Node{Address: "external.bank", Title: "A bank with a name of some length", Status: "planned"})
	ask, answer, signal := diagram.Edge{}, diagram.Edge{Reply: true}, diagram.Edge{Async: true}
	p.Steps = []diagram.Step{
		p.says(0, 1, "places the order", ask),
		part(diagram.StepLoop, "until it is paid, or the customer has had enough of it",
			p.says(1, 1, "counts the attempt", ask),
			part(diagram.StepAlt, "the card is accepted",
				p.says(1, 3, "charges the card", ask),
				part(diagram.StepOpt, "on workdays", p.says(3, 1, "", answer), note("Money moves at night.", 3)),
				part(diagram.StepElse, "it is declined", p.says(1, 0, "asks for another one", answer)),
				part(diagram.StepElse, "", p.says(3, 0, "writes a letter", diagram.Edge{Verdict: "divergence"}))),
		),
		part(diagram.StepPar, "",
			part(diagram.StepBranch, "", p.says(1, 2, "writes it down", signal)),
			part(diagram.StepBranch, "later", p.says(3, 3, "books", ask), note("Both sides of the ledger agree before the day ends, or somebody is called.", 1, 3))),
	}
	return &p.Diagram
}

// spoken is long words, and the scripts of the world.
func spoken() *diagram.Diagram {
	p := newPlay("spoken", "Rindfleischetikettierungsüberwachungsaufgabenübertragungsgesetz",
		diagram.Node{Address: "component.a", Title: "Rindfleischetikettierungsüberwachung"},
		diagram.Node{Address: "queue.b", Title: "注文処理イベントキュー"},
		diagram.Node{Address: "api.c", Title: "מנהל מערכת"},
		diagram.Node{Address: "system.d", Title: "S"})
	p.Steps = []diagram.Step{
		p.says(0, 1, "注文が確定すると、在庫の引き当てと配送の手配を行うためのイベントがここに流れます。", diagram.Edge{Async: true}),
		p.says(1, 2, "a sentence that goes on and on, says what was said already, and then says it once more so that it has to be broken", diagram.Edge{}),
		p.says(0, 3, "Rindfleischetikettierungsüberwachungsaufgabenübertragungsgesetz", diagram.Edge{}),
		p.says(3, 3, "🚀🎉 and العربية and ไทย", diagram.Edge{}),
		note("注文が確定すると、在庫の引き当てと配送の手配を行うためのイベントがここに流れます。", 2),
		part(diagram.StepOpt, "注文が確定しました, and a title that is far too long for the small frame under it", p.says(2, 2, "x", diagram.Edge{})),
	}
	return &p.Diagram
}

// wide is 20 lifelines and 100 messages.
func wide() *diagram.Diagram {
	var lifelines []diagram.Node
	for i := range 20 {
		lifelines = append(lifelines, diagram.Node{Address: fmt.Sprintf("component.n%02d", i), Title: fmt.Sprintf("Service %c", 'A'+i)})
	}
	p := newPlay("wide", "Who talks to whom, all day", lifelines...)
	labels := []string{"reads", "writes orders", "asks for prices", "publishes what happened in the last hour", "looks up customers"}
	for i := range 20 {
		var five []diagram.Step
		for k := range 5 {
			n := i*5 + k
			five = append(five, p.says(n*7%20, (n*11+k)%20, labels[n%5], diagram.Edge{Async: n%7 == 0, Reply: n%7 == 3}))
		}
		if i%2 == 0 {
			p.Steps = append(p.Steps, five...)
		} else {
			p.Steps = append(p.Steps, part(diagram.StepLoop, "every minute", five...))
		}
	}
	return &p.Diagram
}
