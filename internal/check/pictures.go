package check

import (
	"fmt"
	"time"

	"github.com/asbuilt/asbuilt/pkg/arch"
	"github.com/asbuilt/asbuilt/pkg/finding"
	"github.com/asbuilt/asbuilt/pkg/source"
)

// Picture is a rendered file as it stands in the output folder, and what it should show.
type Picture struct {
	File   string // printed name
	View   string // the view that the file says it shows
	Shows  Shown  // what the file says it shows
	Intact bool   // nobody changed the file since it was written
	Torn   bool   // a merge left its markers in it
	Want   Shown  // what it should show now; nothing when there is no such view
	Remedy string // the command that writes it

	Undrawn []finding.Finding // why the view cannot be drawn

	Missing bool         // the view has no such file
	At      source.Range // of the view, when the file is missing
}

// Shown is digests of what a picture shows.
type Shown struct {
	Digest string // of the diagram
	Places string // of where its cards stand; "" where nothing is locked, or the format has no places
}

// Pictures judges rendered files alone. A waiver that accepts one of the findings holds until it expires; what is
// wrong with the waivers themselves is for Findings, which sees all that they may be about.
func Pictures(m *arch.Model, all []Picture, today time.Time) []finding.Finding {
	out := weigh(m, pictures(all))
	for _, w := range m.Waivers {
		if !past(w.Expires, today) {
			mark(m, w, out)
		}
	}
	finding.Sort(out)
	return out
}

// pictures says which rendered files no longer show the architecture.
func pictures(all []Picture) []finding.Finding {
	var out []finding.Finding
	undrawn := map[string]bool{}
	for _, p := range all {
		if len(p.Undrawn) > 0 { // nobody knows what its files should show
			if !undrawn[p.View] {
				out = append(out, p.Undrawn...)
			}
			undrawn[p.View] = true
			continue
		}
		f := finding.Finding{At: at(p.File), Subject: finding.Subject{Path: p.File}}
		switch {
		case p.Missing:
			f.At = p.At
			f.Rule, f.Message = "docs/stale", p.missing()
			f.Fix = &finding.Fix{Message: "run: " + p.Remedy}
		case p.Want.Digest == "":
			f.Rule, f.Message = "docs/stale", fmt.Sprintf("%s shows view %q, which is not declared any more", p.File, p.View)
			f.Fix = &finding.Fix{Message: "remove the file, or declare the view"}
		case p.Torn:
			f.Rule, f.Message = "docs/stale", "a merge left its markers in "+p.File
			f.Fix = &finding.Fix{Message: "run: " + p.Remedy}
		case !p.Intact:
			f.Rule, f.Message = "docs/edited", fmt.Sprintf("%s was changed by hand after it was rendered", p.File)
			f.Fix = &finding.Fix{Message: "change the architecture instead, then run: " + p.Remedy + " --force"}
		case p.Shows.Digest != p.Want.Digest:
			f.Rule, f.Message = "docs/stale", fmt.Sprintf("%s is older than the architecture it shows", p.File)
			f.Fix = &finding.Fix{Message: "run: " + p.Remedy}
		case p.Want.Places != "" && p.Shows.Places != p.Want.Places:
			f.Rule, f.Message = "docs/stale", fmt.Sprintf("%s does not have its cards where the lock has them", p.File)
			f.Fix = &finding.Fix{Message: "run: " + p.Remedy}
		default:
			continue
		}
		out = append(out, f)
	}
	return out
}

// missing says what is not there; a page is of no view.
func (p Picture) missing() string {
	if p.View == "" {
		return "there is no " + p.File
	}
	return fmt.Sprintf("view %q has no %s", p.View, p.File)
}
