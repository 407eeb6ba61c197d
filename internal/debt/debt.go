// Package debt makes the register of what is accepted for a while: waivers, comments and baseline, by impact.
package debt

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"github.com/asbuilt/asbuilt/internal/baseline"
	"github.com/asbuilt/asbuilt/internal/digraph"
	"github.com/asbuilt/asbuilt/pkg/arch"
	"github.com/asbuilt/asbuilt/pkg/evidence"
	"github.com/asbuilt/asbuilt/pkg/finding"
	"github.com/asbuilt/asbuilt/pkg/reflexion"
)

// Input is what there is to take stock of.
type Input struct {
	Model    *arch.Model
	Result   *reflexion.Result
	Graph    evidence.Graph
	Baseline *baseline.File    // nil when none is declared
	Findings []finding.Finding // as if no waiver had expired
	Ages     map[Key]Age       // what is missing is not known
	Today    time.Time
}

// Register lists all debt: what most elements reach through first, then what most files witness, then what has stood
// longest.
func Register(in Input) []finding.Debt {
	r := &register{in: in, impact: newImpact(in)}
	for _, w := range in.Model.Waivers {
		r.waiver(w)
	}
	for i := range in.Graph.Waivers {
		if w := &in.Graph.Waivers[i]; w.Written == "" {
			r.comment(w)
		}
	}
	if in.Baseline != nil {
		r.baseline()
	}
	slices.SortStableFunc(r.out, func(a, b finding.Debt) int {
		return cmp.Or(cmp.Compare(b.Reach, a.Reach), cmp.Compare(b.Files, a.Files), compareAges(a, b), cmp.Compare(b.Findings, a.Findings),
			cmp.Compare(a.Kind, b.Kind), cmp.Compare(a.By, b.By), cmp.Compare(a.Rule, b.Rule), comparePairs(a.Between, b.Between))
	})
	return r.out
}

// compareAges puts what has stood longer first, and what is not known last.
func compareAges(a, b finding.Debt) int {
	switch {
	case a.Since == nil && b.Since == nil:
		return 0
	case a.Since == nil:
		return 1
	case b.Since == nil:
		return -1
	}
	return cmp.Or(cmp.Compare(*a.Since, *b.Since), -cmp.Compare(order(a.Before), order(b.Before)))
}

func order(b bool) int {
	if b {
		return 1
	}
	return 0
}

func comparePairs(a, b *finding.Pair) int {
	if a == nil || b == nil {
		return 0
	}
	return cmp.Or(cmp.Compare(a.From, b.From), cmp.Compare(a.To, b.To))
}

type register struct {
	in     Input
	impact *impact
	out    []finding.Debt
}

// add counts what a debt accepts and takes it in. It has stood since the first of its keys has.
func (r *register) add(d finding.Debt, accepted []*finding.Finding, keys ...Key) {
	d.Findings = len(accepted)
	d.Reach, d.Files = r.impact.of(accepted)
	for i, f := range accepted {
		switch {
		case i == 0:
			d.Between, d.Subject = f.Between, f.Subject
		case d.Between != nil && (f.Between == nil || *f.Between != *d.Between):
			d.Between = nil
		}
	}
	for _, k := range keys {
		if age, ok := r.in.Ages[k]; ok && (d.Since == nil || age.Since < *d.Since || age.Since == *d.Since && age.Before) {
			days := daysBetween(age.Since, r.in.Today)
			d.Since, d.Days, d.Before = &age.Since, &days, age.Before
		}
	}
	d.Expired = d.Expires != "" && d.Expires < r.in.Today.UTC().Format(time.DateOnly)
	r.out = append(r.out, d)
}

// daysBetween counts the days from one to another; none when a clock went wrong.
func daysBetween(since string, today time.Time) int {
	from, err := time.Parse(time.DateOnly, since)
	if err != nil {
		return 0
	}
	to, _ := time.Parse(time.DateOnly, today.UTC().Format(time.DateOnly))
	return max(0, int(to.Sub(from).Hours()/24))
}

// accepted lists the findings for which a condition holds.
func (r *register) accepted(holds func(*finding.Finding) bool) []*finding.Finding {
	var out []*finding.Finding
	for i := range r.in.Findings {
		if f := &r.in.Findings[i]; holds(f) {
			out = append(out, f)
		}
	}
	return out
}

func (r *register) waiver(w *arch.Waiver) {
	by := "waiver." + w.Name
	r.add(finding.Debt{
		Kind: finding.DebtWaiver, By: by, Rule: w.Rule, Owner: w.Owner, Ticket: w.Ticket, Reason: w.Reason, Expires: w.Expires, At: w.At,
	}, r.accepted(func(f *finding.Finding) bool { return f.Waived != nil && f.Waived.By == by }), WaiverKey(w))
}

func (r *register) comment(w *evidence.Waiver) {
	r.add(finding.Debt{
		Kind: finding.DebtComment, By: w.At.File, Rule: w.Rule, Owner: r.owner(r.in.Result.Owners[w.Node]), Reason: w.Reason, Expires: w.Until, At: w.At,
	}, r.accepted(func(f *finding.Finding) bool {
		covers := w.Line == 0 || slices.ContainsFunc(f.Related, func(p finding.Related) bool {
			return p.At.File == w.At.File && p.At.Start.Line == w.Line
		})
		return f.Waived != nil && covers && (f.Rule == w.Rule || f.By != "" && f.By == w.Rule) && r.touches(f, w.At.File)
	}), CommentKey(w.At.File, w))
}

// touches reports whether a file witnesses a finding that comments waive.
func (r *register) touches(f *finding.Finding, file string) bool {
	return !strings.HasPrefix(f.Waived.By, "waiver.") && slices.ContainsFunc(f.Related, func(p finding.Related) bool { return p.At.File == file })
}

func (r *register) owner(element string) string { return r.in.Model.OwnerOf(element) }

// baseline takes in what the baseline holds, by rule and edge.
func (r *register) baseline() {
	at := map[string]baseline.Entry{}
	for _, e := range r.in.Baseline.Entries {
		if _, ok := at[e.Fingerprint()]; !ok {
			at[e.Fingerprint()] = e
		}
	}
	type key struct {
		rule    string
		pair    finding.Pair
		subject finding.Subject
	}
	groups := map[key][]*finding.Finding{}
	var order []key
	for i := range r.in.Findings {
		f := &r.in.Findings[i]
		if !f.Baselined {
			continue
		}
		k := key{rule: cmp.Or(f.By, f.Rule)}
		if f.Between != nil {
			k.pair = *f.Between
		} else {
			k.subject = f.Subject
		}
		if groups[k] == nil {
			order = append(order, k)
		}
		groups[k] = append(groups[k], f)
	}
	for _, k := range order {
		first := groups[k][0]
		r.add(finding.Debt{
			Kind: finding.DebtBaseline, By: r.in.Baseline.Name, Rule: k.rule, Owner: r.owner(cmp.Or(k.pair.From, k.subject.Element)),
			At: at[baseline.Of(first).Fingerprint()].At,
		}, groups[k], r.lines(groups[k])...)
	}
}

// lines are the keys of the lines of the baseline that accept findings.
func (r *register) lines(findings []*finding.Finding) []Key {
	var out []Key
	for _, f := range findings {
		out = append(out, Key{r.in.Baseline.Name, baseline.Of(f).Fingerprint()})
	}
	return out
}

// impact knows who uses what, declared or observed.
type impact struct {
	index map[string]int
	users *digraph.Graph
	files map[string]bool // that witness anything
}

func newImpact(in Input) *impact {
	i := &impact{index: map[string]int{}, files: map[string]bool{}}
	for n, e := range in.Model.Elements {
		i.index[e.Address] = n
	}
	var edges []digraph.Edge
	for _, a := range in.Result.Arrows {
		edges = append(edges, digraph.Edge{From: i.index[a.To], To: i.index[a.From]})
	}
	i.users = digraph.New(len(in.Model.Elements), edges)
	for _, e := range in.Graph.Edges {
		for _, w := range e.Witnesses {
			i.files[w.File] = true
		}
	}
	return i
}

// of counts the elements that reach through what findings are about, and the files that witness it.
func (i *impact) of(findings []*finding.Finding) (reach, files int) {
	var starts []int
	seen := map[string]bool{}
	for _, f := range findings {
		from := f.Subject.Element
		if f.Between != nil {
			from = f.Between.From
		}
		if n, ok := i.index[from]; ok {
			starts = append(starts, n)
		}
		for _, p := range f.Related {
			if i.files[p.At.File] {
				seen[p.At.File] = true
			}
		}
	}
	if len(starts) > 0 {
		for _, reached := range i.users.Reachable(starts...) {
			if reached {
				reach++
			}
		}
	}
	return reach, len(seen)
}
