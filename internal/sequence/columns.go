package sequence

import (
	"math"

	"github.com/asbuilt/asbuilt/internal/sheet"
	"github.com/asbuilt/asbuilt/pkg/diagram"
)

// columns are the places of the lifelines from the left: each as near to those before as what stands between them
// allows.
func columns(s *sheet.Sheet) []float64 {
	n := len(s.Cards)
	apart := make([][]float64, n) // apart[j][i]: how far j stands from i, at least
	for j := range apart {
		apart[j] = make([]float64, j)
	}
	need := func(i, j int, width float64) {
		if i >= 0 && i < j && j < n {
			apart[j][i] = max(apart[j][i], width)
		}
	}
	for j := 1; j < n; j++ {
		need(j-1, j, (s.Cards[j-1].Size.W+s.Cards[j].Size.W)/2+headGap)
	}
	for _, l := range s.Labels {
		if l.From == l.To {
			need(l.From, l.From+1, loopWidth+loopGap+l.Size.W+numberHalf)
			continue
		}
		need(min(l.From, l.To), max(l.From, l.To), l.Size.W+2*arrowRoom)
	}
	for _, step := range s.Steps {
		if step.Kind != diagram.StepNote || len(step.Nodes) == 0 {
			continue
		}
		first, last := step.Nodes[0], step.Nodes[len(step.Nodes)-1]
		if first == last {
			need(first-1, first, step.Size.W/2+numberHalf)
			need(first, first+1, step.Size.W/2+numberHalf)
			continue
		}
		need(first, last, step.Size.W-2*noteOver)
	}
	x := make([]float64, n)
	for j := range x {
		for i, width := range apart[j] {
			if width > 0 {
				x[j] = max(x[j], x[i]+math.Ceil(width))
			}
		}
	}
	return x
}

// span is how far something reaches from left to right.
type span struct {
	from, to float64
	some     bool
}

func newSpan(from, to float64) span { return span{from, to, true} }

func (s *span) add(from, to float64) { s.join(newSpan(from, to)) }

func (s *span) join(other span) {
	switch {
	case !other.some:
	case !s.some:
		*s = other
	default:
		s.from, s.to = min(s.from, other.from), max(s.to, other.to)
	}
}

func floor(v float64) float64 { return math.Floor(v) }
