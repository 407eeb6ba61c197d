package report

import (
	"cmp"
	"fmt"
	"strings"

	"github.com/asbuilt/asbuilt/internal/console"
	"github.com/asbuilt/asbuilt/pkg/finding"
)

// gitlabIssue is one entry of GitLab's code quality report.
type gitlabIssue struct {
	Description string         `json:"description"`
	CheckName   string         `json:"check_name"`
	Fingerprint string         `json:"fingerprint"`
	Severity    string         `json:"severity"`
	Location    gitlabLocation `json:"location"`
}

type gitlabLocation struct {
	Path  string      `json:"path"`
	Lines gitlabLines `json:"lines"`
}

type gitlabLines struct {
	Begin int `json:"begin"`
}

// GitLab writes the findings that count as a code quality report. The format has no word for an accepted
// finding, and GitLab would show it as new.
func GitLab(p *console.Printer, findings []finding.Finding, o Options) {
	issues := []gitlabIssue{}
	seen := map[string]int{}
	if o.Failure != "" {
		issues = append(issues, gitlabIssue{
			Description: console.Clean("no verdict: " + o.Failure), CheckName: "asbuilt", Severity: "blocker",
			Fingerprint: finding.Fingerprint("asbuilt", "", finding.Subject{}), Location: gitlabLocation{o.home(), gitlabLines{1}},
		})
	}
	for i := range findings {
		f := &findings[i]
		if !f.Active() {
			continue
		}
		at, _ := spot(f)
		issues = append(issues, gitlabIssue{
			Description: strings.Join(said(f), "\n"), CheckName: f.Rule, Severity: gitlabSeverity(f.Severity),
			Fingerprint: single(seen, f.Fingerprint, "-"),
			Location:    gitlabLocation{cmp.Or(at.File, o.home()), gitlabLines{max(1, at.Start.Line)}},
		})
	}
	p.JSON(issues)
}

func gitlabSeverity(s finding.Severity) string {
	switch s {
	case finding.Error:
		return "major"
	case finding.Warning:
		return "minor"
	}
	return "info"
}

// home is a place for what has none.
func (o Options) home() string { return cmp.Or(o.Home, ".") }

// single makes a name the only one of its kind by counting those before it.
func single(seen map[string]int, name, separator string) string {
	seen[name]++
	if n := seen[name]; n > 1 {
		return fmt.Sprintf("%s%s%d", name, separator, n)
	}
	return name
}
