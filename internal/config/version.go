package config

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"
	"github.com/zclconf/go-cty/cty"
	"golang.org/x/mod/semver"
)

// versionFits holds required_version against this program before anything else is said: files written for
// a newer version may hold what this one does not know.
func (l *loader) versionFits(bodies []*hclsyntax.Body) bool {
	for _, body := range bodies {
		for _, b := range body.Blocks {
			a := b.Body.Attributes["required_version"]
			if b.Type != "architecture" || a == nil {
				continue
			}
			if !l.versionFit(a.Expr) {
				return false
			}
		}
	}
	return true
}

func (l *loader) versionFit(e hclsyntax.Expression) bool {
	v, diags := e.Value(nil)
	if diags.HasErrors() || v.Type() != cty.String || v.IsNull() {
		return true // decoding says what is wrong
	}
	constraint := v.AsString()
	fits, err := satisfies(l.ToolVersion, constraint)
	if err != nil {
		l.report.add(note{rule: ruleValue, at: e.Range(), message: err.Error(), fix: `such as ">= 0.1, < 2"`})
		return true
	}
	if !fits {
		l.wrongVersion(e.Range(), constraint)
	}
	return fits
}

func (l *loader) wrongVersion(at hcl.Range, constraint string) {
	l.report.add(note{
		rule: ruleVersion, at: at,
		message: fmt.Sprintf("the architecture asks for asbuilt %s; this is %s", constraint, l.ToolVersion),
		fix:     "install a version that fits, or change required_version",
	})
}

var constraintPattern = regexp.MustCompile(`^(=|!=|>=|<=|~>|>|<)?\s*v?([0-9]{1,9}(?:\.[0-9]{1,9}){0,2})(-[0-9A-Za-z.-]+)?$`)

// satisfies holds a version against constraints: comma-separated, each with = != > >= < <= or ~> (the last
// given part may grow). A development build satisfies all.
func satisfies(version, constraints string) (bool, error) {
	all := true
	for _, c := range strings.Split(constraints, ",") {
		m := constraintPattern.FindStringSubmatch(strings.TrimSpace(c))
		if m == nil {
			return false, fmt.Errorf("%q is no version constraint", clip(strings.TrimSpace(c)))
		}
		all = holdsVersion(version, m[1], m[2], m[3]) && all
	}
	return all || IsDevelopment(version), nil
}

// IsDevelopment reports whether a version is no release: built from a checkout, where Go gives a
// pseudo-version or none.
func IsDevelopment(version string) bool {
	release, _, _ := strings.Cut(version, "+")
	return version == "" || version == "(devel)" || pseudoVersion.MatchString(release)
}

// pseudoVersion matches v0.0.0-20261123104333-69f94dc3a1d4 and its forms after a release or pre-release
// (Go modules reference, "Pseudo-versions").
var pseudoVersion = regexp.MustCompile(`[-.][0-9]{14}-[0-9a-f]{12}$`)

func holdsVersion(version, operator, number, pre string) bool {
	d := semver.Compare(semverOf(version), semverOf(number+pre))
	switch operator {
	case "!=":
		return d != 0
	case ">":
		return d > 0
	case ">=":
		return d >= 0
	case "<":
		return d < 0
	case "<=":
		return d <= 0
	case "~>":
		return d >= 0 && semver.Compare(semverOf(version), semverOf(nextAfter(number))) < 0
	}
	return d == 0
}

// semverOf writes a version as the semver package wants it. An unreadable one is smaller than all.
func semverOf(s string) string { return "v" + strings.TrimPrefix(s, "v") }

// nextAfter is the first version that ~> excludes: 1.3 after 1.2.3, 2 after 1.2.
func nextAfter(number string) string {
	parts := strings.Split(number, ".")
	if len(parts) > 1 {
		parts = parts[:len(parts)-1]
	}
	last, _ := strconv.Atoi(parts[len(parts)-1])
	parts[len(parts)-1] = strconv.Itoa(last + 1)
	return strings.Join(parts, ".")
}
