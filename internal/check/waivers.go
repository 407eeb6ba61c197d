package check

import (
	"fmt"
	"strings"
	"time"

	"github.com/asbuilt/asbuilt/internal/catalog"
	"github.com/asbuilt/asbuilt/pkg/arch"
	"github.com/asbuilt/asbuilt/pkg/finding"
)

// dateLayout is how `expires` is written.
const dateLayout = "2006-01-02"

// waive marks the findings that a waiver accepts, and says what is wrong with the waivers themselves.
func waive(in Input, findings []finding.Finding) []finding.Finding {
	var out []finding.Finding
	say := func(w *arch.Waiver, rule, message, fix string) {
		out = append(out, finding.Finding{
			Rule: rule, Severity: severity(in.Model, rule), At: w.At, Message: message,
			Subject: finding.Subject{Element: "waiver." + w.Name},
			Fix:     &finding.Fix{Message: fix},
		})
	}
	for _, w := range in.Model.Waivers {
		if missing := missingFrom(w); len(missing) > 0 {
			say(w, "waiver/incomplete", fmt.Sprintf("waiver.%s has no %s", w.Name, strings.Join(missing, ", no ")),
				"say why, who pays the debt, and until when")
		}
		matched := 0
		for i := range findings {
			if matches(in.Model, w, &findings[i]) {
				matched++
			}
		}
		switch {
		case matched == 0:
			say(w, "waiver/stale", fmt.Sprintf("waiver.%s matches no finding any more", w.Name), "remove the waiver")
		case past(w.Expires, in.Today):
			say(w, "waiver/expired", fmt.Sprintf("waiver.%s held until %s, and what it accepts is still there", w.Name, w.Expires),
				"pay the debt, or agree on a new date with the owner")
		default:
			mark(in.Model, w, findings)
		}
	}
	return append(out, waiveInCode(in, findings)...)
}

// mark marks what a waiver is about.
func mark(m *arch.Model, w *arch.Waiver, findings []finding.Finding) {
	for i := range findings {
		if f := &findings[i]; f.Waived == nil && matches(m, w, f) {
			f.Waived = &finding.Waived{By: "waiver." + w.Name, Expires: w.Expires, Reason: w.Reason}
		}
	}
}

func missingFrom(w *arch.Waiver) []string {
	return absentFields(field{"reason", w.Reason}, field{"owner", w.Owner}, field{"expires", w.Expires})
}

// field is what a waiver must have.
type field struct{ name, value string }

// absentFields names those without a value.
func absentFields(fields ...field) []string {
	var out []string
	for _, f := range fields {
		if strings.TrimSpace(f.value) == "" {
			out = append(out, f.name)
		}
	}
	return out
}

// named reports whether a waiver of a rule is about a finding: the rule is a built-in one, or the declared one that
// was broken.
func named(rule string, f *finding.Finding) bool { return rule == f.Rule || f.By != "" && rule == f.By }

// matches reports whether a waiver is about a finding. What was not read or not understood cannot be waived.
func matches(m *arch.Model, w *arch.Waiver, f *finding.Finding) bool {
	if !named(w.Rule, f) { // asked of every waiver and finding: the cheap question first
		return false
	}
	if rule, _ := catalog.Lookup(f.Rule); rule.Fatal {
		return false
	}
	if w.From != "" && (f.Between == nil || !m.Within(f.Between.From, w.From)) {
		return false
	}
	if w.To != "" && (f.Between == nil || !m.Within(f.Between.To, w.To)) {
		return false
	}
	if w.Element != "" && !m.Within(f.Subject.Element, w.Element) {
		return false
	}
	return w.Path == "" || f.Subject.Path == w.Path || strings.HasPrefix(f.Subject.Path, strings.TrimSuffix(w.Path, "/")+"/")
}

// past reports whether a last day lies before today, both in UTC.
func past(day string, today time.Time) bool {
	last, err := time.Parse(dateLayout, day)
	return err == nil && today.UTC().Truncate(24*time.Hour).After(last)
}
