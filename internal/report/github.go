package report

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/asbuilt/asbuilt/internal/console"
	"github.com/asbuilt/asbuilt/internal/phrase"
	"github.com/asbuilt/asbuilt/pkg/finding"
)

// githubShown is how many annotations of one kind GitHub shows for a step. The rest stay in the log.
const githubShown = 10

// GitHub writes a workflow command for each finding that counts, the heaviest first, and a line that says
// what stands in the log alone. A runner turns the commands into annotations.
func GitHub(p *console.Printer, findings []finding.Finding, o Options) {
	frames := newFrames(o)
	var hidden []string
	if o.Failure != "" {
		p.Command("error", []console.Property{{Name: "title", Value: "asbuilt"}}, "no verdict: "+o.Failure)
	}
	for _, kind := range []struct {
		severity finding.Severity
		command  string
	}{{finding.Error, "error"}, {finding.Warning, "warning"}, {finding.Note, "notice"}} {
		n := 0
		for i := range findings {
			if f := &findings[i]; f.Active() && f.Severity == kind.severity {
				p.Command(kind.command, annotation(f, frames), said(f)...)
				n++
			}
		}
		if n > githubShown {
			hidden = append(hidden, phrase.Count(n-githubShown, kind.command))
		}
	}
	p.Printf("%s\n", totals(findings, true, o.Failure))
	if len(hidden) > 0 {
		p.Printf("GitHub shows %d annotations of a kind for a step: %s more stand in this log alone\n", githubShown, strings.Join(hidden, ", "))
	}
}

// annotation is where a finding stands and what it is called.
func annotation(f *finding.Finding, frames *frames) []console.Property {
	at, _ := spot(f)
	r := frames.region(at)
	out := []console.Property{{Name: "file", Value: at.File}}
	for _, n := range []struct {
		name  string
		value int
	}{{"line", r.line}, {"col", r.column}, {"endLine", r.endLine}, {"endColumn", r.endColumn}} {
		if n.value > 0 {
			out = append(out, console.Property{Name: n.name, Value: strconv.Itoa(n.value)})
		}
	}
	return append(out, console.Property{Name: "title", Value: fmt.Sprintf("%s[%s]", f.Severity, f.Rule)})
}
