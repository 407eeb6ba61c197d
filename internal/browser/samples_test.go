//go:build browser

package browser

import (
	"slices"
	"strings"

	"github.com/asbuilt/asbuilt/internal/palette"
	"github.com/asbuilt/asbuilt/pkg/diagram"
)

// samples are the pictures that are looked at.
func samples() []*diagram.Diagram {
	out := []*diagram.Diagram{shop("down"), shop("right"), drifted(), landscape(), long(), statuses(), loops(), busy(), nested(), spoken(), wide()}
	for _, theme := range palette.Themes() {
		out = append(out, types(theme))
	}
	return out
}

// draft builds a diagram by addresses, and sorts it as the view room does.
type draft struct {
	diagram.Diagram
	parents map[string]string // address of a group or node → address of its group
	ends    [][2]string
}

func (f *draft) group(address, parent, title, owner string) {
	f.Groups = append(f.Groups, diagram.Group{Address: address, Type: kindOf(address), Title: title, Owner: owner})
	f.place(address, parent)
}

func (f *draft) node(parent string, n diagram.Node) {
	n.Type = kindOf(n.Address)
	if n.Shape == "" {
		n.Shape = map[string]string{
			"person": "person", "system": "box", "component": "component", "api": "hexagon",
			"datastore": "cylinder", "queue": "queue", "external": "box",
		}[n.Type]
	}
	f.Nodes = append(f.Nodes, n)
	f.place(n.Address, parent)
}

func (f *draft) edge(from, to string, e diagram.Edge) {
	if e.Verdict == "" {
		e.Verdict = "declared"
	}
	f.Edges = append(f.Edges, e)
	f.ends = append(f.ends, [2]string{from, to})
}

func (f *draft) place(address, parent string) {
	if f.parents == nil {
		f.parents = map[string]string{}
	}
	f.parents[address] = parent
}

func kindOf(address string) string {
	kind, _, _ := strings.Cut(address, ".")
	if kind == "group" {
		return "set"
	}
	return kind
}

func (f *draft) diagram() *diagram.Diagram {
	d := &f.Diagram
	slices.SortFunc(d.Nodes, func(a, b diagram.Node) int { return strings.Compare(a.Address, b.Address) })
	groups, nodes := map[string]int{"": -1}, map[string]int{}
	for i, g := range d.Groups {
		groups[g.Address] = i
	}
	for i := range d.Groups {
		d.Groups[i].Parent = groups[f.parents[d.Groups[i].Address]]
	}
	for i, n := range d.Nodes {
		nodes[n.Address] = i
		d.Nodes[i].Group = groups[f.parents[n.Address]]
	}
	for i, e := range f.ends {
		d.Edges[i].From, d.Edges[i].To = nodes[e[0]], nodes[e[1]]
	}
	slices.SortFunc(d.Edges, func(a, b diagram.Edge) int { return (a.From-b.From)*1000 + a.To - b.To })
	return d
}

func shop(direction string) *diagram.Diagram { return shopDraft(direction).diagram() }

func shopDraft(direction string) *draft {
	f := &draft{Diagram: diagram.Diagram{
		Name: "shop-" + direction, Kind: "container", Title: "Inside the shop", Architecture: "Web shop", Version: "1.4.0",
		Description: "What runs when a customer buys something, and who looks after it.",
		Direction:   direction, Badges: []diagram.Badge{{Title: "PCI scope"}},
	}}
	f.group("system.shop", "", "Shop", "Commerce")
	f.group("system.payments", "system.shop", "Payments", "Payments")
	f.node("", diagram.Node{Address: "person.customer", Title: "Customer", Description: "Buys goods on the web or in the app"})
	f.node("", diagram.Node{Address: "person.support", Title: "Support agent"})
	f.node("system.shop", diagram.Node{Address: "component.storefront", Title: "Storefront", Technology: "TypeScript, Next.js", Description: "Catalogue, search and basket in the browser", Owner: "Web", Link: "https://example.com/storefront"})
	f.node("system.shop", diagram.Node{Address: "component.backoffice", Title: "Back office", Technology: "Go", Owner: "Commerce"})
	f.node("system.shop", diagram.Node{Address: "component.checkout", Title: "Checkout", Technology: "Go", Description: "Turns a cart into a paid order", Owner: "Commerce", Badges: []int{0}, Link: "../checkout.md"})
	f.node("system.shop", diagram.Node{Address: "api.orders_v1", Title: "Orders v1", Technology: "gRPC"})
	f.node("system.shop", diagram.Node{Address: "datastore.orders", Title: "Orders", Technology: "PostgreSQL 17", Owner: "Commerce", Badges: []int{0}})
	f.node("system.shop", diagram.Node{Address: "queue.order_events", Title: "Order events", Technology: "Kafka"})
	f.node("system.shop", diagram.Node{Address: "component.worker", Title: "Fulfilment worker", Technology: "Go · 3 replicas", Description: "Picks, packs and tells the carrier", Owner: "Logistics"})
	f.node("system.payments", diagram.Node{Address: "component.ledger", Title: "Ledger", Technology: "Go", Description: "Double-entry bookkeeping of every payment", Owner: "Payments", Badges: []int{0}})
	f.node("system.payments", diagram.Node{Address: "datastore.ledger", Title: "Ledger entries", Technology: "PostgreSQL 17", Badges: []int{0}})
	f.node("system.payments", diagram.Node{Address: "api.payments", Title: "Payments API", Technology: "HTTP", Owner: "Payments", Badges: []int{0}})
	f.node("", diagram.Node{Address: "external.stripe", Title: "Stripe", Description: "Card payments"})
	f.node("", diagram.Node{Address: "external.carrier", Title: "Parcel carrier"})
	f.node("", diagram.Node{Address: "system.warehouse", Title: "Warehouse", Description: "Stock levels and bins", Owner: "Logistics"})
	f.edge("person.customer", "component.storefront", diagram.Edge{Labels: []string{"browses and buys"}, Technology: "HTTPS"})
	f.edge("person.support", "component.backoffice", diagram.Edge{Labels: []string{"looks up orders"}})
	f.edge("component.storefront", "component.checkout", diagram.Edge{Labels: []string{"places orders"}, Technology: "HTTPS"})
	f.edge("component.backoffice", "api.orders_v1", diagram.Edge{Labels: []string{"reads"}, Technology: "gRPC"})
	f.edge("component.checkout", "api.payments", diagram.Edge{Labels: []string{"charges the card"}, Technology: "HTTPS"})
	f.edge("component.checkout", "datastore.orders", diagram.Edge{Labels: []string{"stores orders"}})
	f.edge("component.checkout", "queue.order_events", diagram.Edge{Labels: []string{"publishes OrderPlaced"}, Async: true})
	f.edge("api.orders_v1", "datastore.orders", diagram.Edge{})
	f.edge("queue.order_events", "component.worker", diagram.Edge{Labels: []string{"OrderPlaced"}, Async: true})
	f.edge("component.worker", "system.warehouse", diagram.Edge{Labels: []string{"reserves stock"}, Technology: "gRPC"})
	f.edge("component.worker", "external.carrier", diagram.Edge{Labels: []string{"books a parcel"}, Technology: "HTTPS"})
	f.edge("api.payments", "component.ledger", diagram.Edge{})
	f.edge("component.ledger", "datastore.ledger", diagram.Edge{Labels: []string{"appends"}})
	f.edge("component.ledger", "external.stripe", diagram.Edge{Labels: []string{"authorises and captures"}, Technology: "HTTPS"})
	return f
}

func drifted() *diagram.Diagram {
	f := shopDraft("down")
	f.Name, f.Title, f.Drift, f.Description = "shop-drift", "Drift of the shop", true, ""
	for i := range f.Edges {
		f.Edges[i].Verdict = "convergence"
	}
	f.Edges[1].Verdict, f.Edges[3].Verdict, f.Edges[12].Verdict = "unknown", "absence", "unknown"
	f.edge("component.checkout", "component.ledger", diagram.Edge{Verdict: "divergence", Count: 12, Evidence: []string{"checkout/pay → ledger/internal/book", "checkout/refund → ledger/internal/book"}})
	f.edge("component.backoffice", "datastore.orders", diagram.Edge{Verdict: "divergence", Count: 1, Evidence: []string{"backoffice/search → orders/db"}})
	f.edge("component.worker", "component.checkout", diagram.Edge{Verdict: "waived", Count: 3, Evidence: []string{"worker/retry → checkout/retry"}})
	return f.diagram()
}

func landscape() *diagram.Diagram {
	f := &draft{Diagram: diagram.Diagram{Name: "landscape", Kind: "landscape", Title: "Systems of Acme", Architecture: "Acme", Version: "2026.2", Direction: "down"}}
	f.node("", diagram.Node{Address: "person.customer", Title: "Customer"})
	f.node("", diagram.Node{Address: "system.shop", Title: "Shop", Description: "Sells goods on the web", Owner: "Commerce", Subject: true})
	f.node("", diagram.Node{Address: "system.crm", Title: "CRM", Description: "What we know about customers", Owner: "Sales"})
	f.node("", diagram.Node{Address: "external.stripe", Title: "Stripe"})
	f.edge("person.customer", "system.shop", diagram.Edge{Labels: []string{"buys"}})
	f.edge("system.shop", "system.crm", diagram.Edge{Labels: []string{"sends contacts"}, Async: true})
	f.edge("system.shop", "external.stripe", diagram.Edge{Labels: []string{"charges"}, Technology: "HTTPS"})
	return f.diagram()
}

// types shows every shape in every colour of a theme, and in two that can hardly be seen there.
func types(theme string) *diagram.Diagram {
	f := &draft{Diagram: diagram.Diagram{Name: "types_" + theme, Theme: theme, Kind: "component", Title: "Every shape", Architecture: "Samples", Direction: "right"}}
	f.Colors = []diagram.Color{{Name: "sun", Light: "#ffd800", Dark: "#ffd800"}, {Name: "night", Light: "#101030", Dark: "#101030"}}
	pale := 10
	colors := append(palette.Names(), "sun", "night")
	for i, shape := range []string{"box", "component", "person", "hexagon", "cylinder", "queue", "cloud", "", "browser", "mobile", "bucket", "document"} {
		n := diagram.Node{Address: "component.c" + string(rune('a'+i)), Title: "Shape " + shape, Technology: colors[i%len(colors)], Shape: shape, Look: diagram.Look{Color: colors[i%len(colors)], Line: []string{"", "dotted"}[i%2], Width: float64(i % 3)}, Description: "A description that needs more than one line of a card", Owner: "Team", Badges: []int{i % 2}}
		f.node("", n)
		if i > 0 {
			f.edge("component.ca", n.Address, diagram.Edge{Look: diagram.Look{Color: colors[i%len(colors)], Opacity: &pale}})
		}
	}
	for i, kind := range []string{"person", "system", "component", "api", "datastore", "queue", "external"} {
		f.node("", diagram.Node{Address: kind + ".plain", Title: "A " + kind})
		if i > 0 {
			f.edge("person.plain", kind+".plain", diagram.Edge{})
		}
	}
	f.Badges = []diagram.Badge{{Title: "PCI scope"}, {Title: "Customer data"}}
	return f.diagram()
}

func long() *diagram.Diagram {
	f := &draft{Diagram: diagram.Diagram{
		Name: "long", Kind: "component", Architecture: "A rather long name for an architecture of many words", Version: "2026.11.30-rc.1+build.20261130", Direction: "right",
		Title:       "A title of a view that goes on for so long that it must be broken into two lines, and then goes on for so long that it must be cut at the end of the second one, which is here",
		Description: "A description that says in many words what a reader could see, and goes on and on until the second line of it is full, at which point it is cut off too, because nobody reads this far anyway.",
	}}
	f.group("system.long", "", "A system with a title so long that nobody can say it in one breath, really", "A team with a long name")
	f.node("system.long", diagram.Node{Address: "component.a", Title: "OrderFulfillmentOrchestrationServiceController", Technology: "Go, gRPC, PostgreSQL, Kafka, Redis, OpenTelemetry", Description: "Orchestrates the fulfilment of orders over warehouses, carriers, customs offices and returns, with retries, compensation and a long tail of special cases nobody remembers.", Owner: "Fulfilment orchestration platform team", Badges: []int{0, 1, 2}, Status: "deprecated"})
	f.node("system.long", diagram.Node{Address: "datastore.b", Title: "Donaudampfschifffahrtsgesellschaftskapitän", Description: "Ein Wort"})
	f.node("", diagram.Node{Address: "queue.c", Title: "注文処理イベントキュー", Technology: "カフカ", Description: "注文が確定すると、在庫の引き当てと配送の手配を行うためのイベントがここに流れます。"})
	f.node("", diagram.Node{Address: "person.d", Title: "מנהל מערכת", Description: "Emoji 🚀🎉 and العربية and ไทย"})
	f.edge("component.a", "datastore.b", diagram.Edge{Labels: []string{"reads the whole table and writes it back again every night", "repairs it", "and 3 more"}, Technology: "a very long technology name over HTTPS", Status: "deprecated"})
	f.edge("queue.c", "component.a", diagram.Edge{Labels: []string{"注文が確定しました"}, Async: true})
	f.edge("person.d", "component.a", diagram.Edge{})
	f.Badges = []diagram.Badge{{Title: "PCI scope"}, {Title: "Customer data"}, {Title: "Things that wake somebody up at three in the night"}}
	return f.diagram()
}

func statuses() *diagram.Diagram {
	f := &draft{Diagram: diagram.Diagram{Name: "statuses", Kind: "container", Title: "Tomorrow", Architecture: "Web shop", Version: "1.5.0", Direction: "right"}}
	f.group("system.shop", "", "Shop", "")
	f.group("group.next", "system.shop", "Next quarter", "")
	f.Groups[1].Status = "planned"
	f.node("system.shop", diagram.Node{Address: "component.checkout", Title: "Checkout", Technology: "Go"})
	f.node("system.shop", diagram.Node{Address: "component.legacy", Title: "Legacy pricing", Technology: "Perl", Status: "deprecated", Description: "Prices, discounts and taxes"})
	f.node("group.next", diagram.Node{Address: "component.pricing", Title: "Pricing", Technology: "Go", Status: "planned", Description: "Prices, discounts and taxes"})
	f.node("group.next", diagram.Node{Address: "datastore.prices", Title: "Prices", Status: "planned"})
	f.edge("component.checkout", "component.legacy", diagram.Edge{Labels: []string{"asks for prices"}, Status: "deprecated"})
	f.edge("component.checkout", "component.pricing", diagram.Edge{Labels: []string{"asks for prices"}, Technology: "gRPC", Status: "planned"})
	f.edge("component.pricing", "datastore.prices", diagram.Edge{Status: "planned"})
	return f.diagram()
}

func loops() *diagram.Diagram {
	f := &draft{Diagram: diagram.Diagram{Name: "loops", Kind: "container", Title: "There and back", Architecture: "Samples", Direction: "down"}}
	f.node("", diagram.Node{Address: "component.a", Title: "A"})
	f.node("", diagram.Node{Address: "component.b", Title: "B"})
	f.edge("component.a", "component.b", diagram.Edge{Labels: []string{"asks"}})
	f.edge("component.b", "component.a", diagram.Edge{Labels: []string{"answers"}, Async: true})
	return f.diagram()
}

// busy is a dense view: 30 nodes in 6 groups, 60 labelled edges.
func busy() *diagram.Diagram {
	f := &draft{Diagram: diagram.Diagram{Name: "busy", Kind: "component", Title: "A busy view", Architecture: "Samples", Version: "3", Direction: "down"}}
	verbs := []string{"reads", "writes orders", "asks for prices", "publishes", "looks up customers", ""}
	name := func(i int) string { return "component.n" + string(rune('a'+i/10)) + string(rune('0'+i%10)) }
	for g := range 6 {
		address := "system.s" + string(rune('0'+g))
		parent := ""
		if g%3 == 2 {
			parent = "system.s" + string(rune('0'+g-1))
		}
		f.group(address, parent, "System "+string(rune('A'+g)), "Team "+string(rune('A'+g)))
	}
	for i := range 30 {
		f.node("system.s"+string(rune('0'+i/5)), diagram.Node{Address: name(i), Title: "Service " + string(rune('A'+i%26)), Technology: "Go", Description: strings.Repeat("does something ", i%4)})
	}
	for i := range 60 {
		from, to := i*7%30, (i*11+i/30*3+5)%30
		if from == to {
			to = (to + 1) % 30
		}
		f.edge(name(from), name(to), diagram.Edge{Labels: []string{verbs[i%len(verbs)]}[:min(1, len(verbs[i%len(verbs)]))], Async: i%7 == 0})
	}
	d := f.diagram()
	d.Edges = slices.CompactFunc(d.Edges, func(a, b diagram.Edge) bool { return a.From == b.From && a.To == b.To })
	return d
}
