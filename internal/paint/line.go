package paint

// Lines that are not plain: what is outside, not yet or no longer there, and what a style says.
const (
	dashedLine = "6 4"
	dottedLine = "0.1 4.5"
)

var dashes = map[string]string{
	"external":   dashedLine,
	"planned":    "2 3",
	"deprecated": "10 3 2 3",
}

// styleDashes are the lines of the language.
var styleDashes = map[string]string{"dashed": dashedLine, "dotted": dottedLine}

// dashOf is how a line is broken: what the status says is a fact and outranks a style, which outranks what is usual.
func dashOf(status, style, usual string) string {
	switch {
	case status != "":
		return dashes[status]
	case style != "":
		return styleDashes[style]
	}
	return usual
}

// dashed adds how a line is broken.
func dashed(attrs []attr, dash string) []attr {
	if dash == "" {
		return attrs
	}
	return append(attrs, att("stroke-dasharray", dash), att("stroke-linecap", dashCap(dash)))
}

// dashCap makes dashes of no length dots.
func dashCap(dash string) string {
	if dash[0] == '0' {
		return "round"
	}
	return "butt"
}
