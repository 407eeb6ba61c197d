package sheet

import (
	"math"
	"strings"

	"github.com/asbuilt/asbuilt/internal/font"
	"github.com/asbuilt/asbuilt/internal/geometry"
	"github.com/asbuilt/asbuilt/pkg/diagram"
)

// Entry is one line of the legend: a sample and what it means.
type Entry struct {
	Sample Sample
	Line   Line // relative to the entry's top left corner
	Size   geometry.Size
}

// Sample is what the legend shows of an entry.
type Sample struct {
	Kind SampleKind
	Name string // the type, status, verdict or letter
	Icon string // of a type or kind
	diagram.Look
}

// SampleKind is what a sample is a sample of.
type SampleKind uint8

// The kinds of sample.
const (
	TypeSample    SampleKind = iota // a type of node
	StatusSample                    // a status of nodes and edges
	EdgeSample                      // a kind of edge: "uses" or "async"
	VerdictSample                   // a verdict on edges
	BadgeSample                     // a set
	NumberSample                    // an edge's label that found no room in the drawing
	LookSample                      // what a style makes of nodes
	LineSample                      // what a style makes of edges
)

// The names of the samples of a sequence's messages.
const (
	SignalSample = "signal"
	ReplySample  = "reply"
)

// ReachSample is the name of the sample of a denied way over others.
const ReachSample = "reach"

// Measures of the legend.
const (
	SampleWidth  = 28.0 // of an edge's sample
	SwatchWidth  = 20.0 // of a style's
	IconSize     = 16.0 // of a type's
	TileSize     = 22.0 // of the field around an icon on a card
	MarkSize     = 18.0 // of a set's letter and of a number
	EntryHeight  = 20.0
	EntrySpacing = 20.0 // between entries of a row

	entryGap  = 8.0   // between a sample and its words
	entryText = 240.0 // width at which the words are cut
	labelText = 480.0 // those of a number, which stand nowhere else
)

// NewEntry sets an entry: a sample and what it means.
func NewEntry(sample Sample, text string) Entry {
	x := sample.width() + entryGap
	s := Note.Setting()
	most := entryText
	if sample.Kind == NumberSample {
		most = labelText
	}
	words, _ := font.Wrap(s.Font, text, most, 1)
	line := Line{Text: strings.Join(words, ""), Role: Note, At: geometry.Point{X: x, Y: (EntryHeight-s.Height)/2 + s.Baseline()}}
	line.Width, line.Fit = font.Width(s.Font, line.Text), !font.Native(line.Text)
	return Entry{Sample: sample, Line: line, Size: geometry.Size{W: math.Ceil(x + line.Width), H: EntryHeight}}
}

func (s Sample) width() float64 {
	switch s.Kind {
	case TypeSample:
		return IconSize
	case LookSample:
		return SwatchWidth
	case BadgeSample, NumberSample:
		return MarkSize
	}
	return SampleWidth
}
