package foreign

import (
	"bytes"
	"cmp"
	"errors"
	"fmt"
	"maps"
	"path"
	"regexp"
	"slices"
	"strings"

	"github.com/hmarr/codeowners"

	"github.com/asbuilt/asbuilt/internal/hcltext"
	"github.com/asbuilt/asbuilt/internal/phrase"
	"github.com/asbuilt/asbuilt/pkg/arch"
	"github.com/asbuilt/asbuilt/pkg/finding"
	"github.com/asbuilt/asbuilt/pkg/source"
)

// Owned is what the ownership of files is laid upon.
type Owned struct {
	Model   *arch.Model         // nil when there is no architecture
	Dirs    map[string][]string // element address → folders of its packages, as in Files
	Written string              // printed name of the file that the translation is for
}

// owners is a CODEOWNERS file.
type owners struct {
	*report
	lines []ownerLine
	names hcltext.Names
	teams map[string]string // owner in small letters → name, the architecture's teams too
	fresh []string          // owners that are no team yet, in the order in which they come up
}

// ownerLine is one rule.
type ownerLine struct {
	at      source.Range
	pattern string
	section string
	rule    codeowners.Rule
	owners  []string // @acme/payments
}

const (
	maxOwners = 3 << 20 // bytes of a file
	maxLines  = 10_000  // of it that say something
)

// mostMatches bounds how many files are compared with how many patterns.
const mostMatches = 20_000_000

// Codeowners translates a CODEOWNERS file of GitHub or GitLab into teams.
func Codeowners(in Input) Output {
	o := &owners{report: newReport(in.Name), names: hcltext.Names{}, teams: map[string]string{}}
	if len(in.Text) > maxOwners {
		o.add(ruleSyntax, source.Range{File: in.Name}, "", fmt.Sprintf("the file is larger than %d MiB", maxOwners>>20), "GitHub does not read it either")
		return o.done(nil)
	}
	o.read(in.Text)
	if len(o.lines) == 0 && !o.broken() {
		o.add(ruleSyntax, source.Range{File: in.Name}, "", "the file gives nothing to anybody", "see whether it is the file you meant")
		return o.done(nil)
	}
	o.nameTeams(in.Model, in.Written)
	o.sayDead(in.Files)
	o.sayElements(in)
	return o.done(o.write(in))
}

// section is a heading of GitLab: [Name], ^[Optional], [Name][2] @default-owner.
var section = regexp.MustCompile(`^\^?\[([^\]]+)\](\[\d+\])?\s*(.*)$`)

func (o *owners) read(text []byte) {
	heading, defaults := "", []string(nil)
	lines := 0
	for i, raw := range bytes.Split(text, []byte("\n")) {
		line := strings.TrimSpace(strings.TrimPrefix(string(raw), "\ufeff"))
		if line == "" || line[0] == '#' {
			continue
		}
		if lines++; lines > maxLines {
			o.add(ruleSyntax, source.At(o.file, i+1), "", fmt.Sprintf("the file has more than %d lines of owners", maxLines), "give folders to owners, not files")
			return
		}
		column := bytes.Index(raw, []byte(line[:1])) + 1
		at := source.Range{File: o.file, Start: source.Pos{Line: i + 1, Column: column}, End: source.Pos{Line: i + 1, Column: column + len(line)}}
		if m := section.FindStringSubmatch(line); m != nil {
			heading, defaults = strings.ToLower(m[1]), strings.Fields(cutComment(m[3]))
			continue
		}
		l, err := parseOwners(line)
		if err != nil {
			o.add(ruleUnknown, at, line, "the line is not understood: "+err.Error(), "GitHub and GitLab skip such a line without a word: correct it")
			continue
		}
		l.at, l.section = at, heading
		if len(l.owners) == 0 {
			l.owners = defaults
		}
		o.lines = append(o.lines, l)
	}
}

func cutComment(s string) string {
	before, _, _ := strings.Cut(s, "#")
	return before
}

// group is a group of GitLab, which may nest: @acme/shop/payments.
var (
	group = regexp.MustCompile(`^@[a-zA-Z0-9_.\-]+(/[a-zA-Z0-9_.\-]+)*$`)
	mail  = regexp.MustCompile(`^[a-zA-Z0-9._%+\-]+@[a-zA-Z0-9.\-]+$`)
)

func parseOwners(line string) (ownerLine, error) {
	anyGroup := codeowners.OwnerMatchFunc(func(s string) (codeowners.Owner, error) {
		if !group.MatchString(s) {
			return codeowners.Owner{}, codeowners.ErrNoMatch
		}
		return codeowners.Owner{Value: s[1:], Type: codeowners.TeamOwner}, nil
	})
	anyMail := codeowners.OwnerMatchFunc(func(s string) (codeowners.Owner, error) {
		if !mail.MatchString(s) {
			return codeowners.Owner{}, codeowners.ErrNoMatch
		}
		return codeowners.Owner{Value: s, Type: codeowners.EmailOwner}, nil
	})
	rules, err := codeowners.ParseFile(strings.NewReader(line), codeowners.WithOwnerMatchers([]codeowners.OwnerMatcher{anyMail, anyGroup}))
	if err != nil {
		if inner := errors.Unwrap(err); inner != nil {
			err = inner
		}
		return ownerLine{}, err
	}
	if len(rules) != 1 {
		return ownerLine{}, errors.New("it is too long")
	}
	l := ownerLine{rule: rules[0], pattern: rules[0].RawPattern()}
	for _, w := range rules[0].Owners {
		l.owners = append(l.owners, w.String())
	}
	return l, nil
}

// nameTeams finds the team of each owner. What an earlier import wrote is written again.
func (o *owners) nameTeams(m *arch.Model, written string) {
	if m != nil {
		for _, t := range m.Teams {
			if t.At.File == written {
				continue
			}
			o.names.Claim(t.Name)
			if t.Codeowners != "" {
				o.teams[strings.ToLower(t.Codeowners)] = t.Name
			}
		}
	}
	for _, l := range o.lines {
		for _, owner := range l.owners {
			if o.teams[strings.ToLower(owner)] != "" {
				continue
			}
			word := path.Base(strings.TrimPrefix(owner, "@"))
			if before, _, mail := strings.Cut(word, "@"); mail {
				word = before
			}
			o.teams[strings.ToLower(owner)] = o.names.Claim(hcltext.Identifier(word, "team"))
			o.fresh = append(o.fresh, owner)
		}
	}
}

// ownersOf are the owners of a file: those of the last line that matches, of each section.
func (o *owners) ownersOf(file string, hit map[int]bool) []string {
	last := map[string]int{}
	for i := len(o.lines) - 1; i >= 0; i-- {
		l := &o.lines[i]
		if _, found := last[l.section]; found {
			continue
		}
		if ok, err := l.rule.Match(file); ok && err == nil {
			last[l.section] = i
			hit[i] = true
		}
	}
	var out []string
	for _, i := range slices.Sorted(maps.Values(last)) {
		out = append(out, o.lines[i].owners...)
	}
	return out
}

// sayDead says which lines own no file, and which of them only because later ones own all of theirs.
func (o *owners) sayDead(files []string) {
	if len(files)*len(o.lines) > mostMatches {
		o.add(ruleNotCarried, source.Range{File: o.file}, "size", "the file and the tree are too large to look for patterns that match nothing", "divide the file, or run it in a part of the tree")
		return
	}
	hit := map[int]bool{}
	for _, f := range files {
		o.ownersOf(f, hit)
	}
	for i, l := range o.lines {
		if hit[i] {
			continue
		}
		matches := func(f string) bool { ok, err := l.rule.Match(f); return ok && err == nil }
		message, fix := fmt.Sprintf("%q matches no file", l.pattern), "correct the pattern, or remove the line"
		if slices.ContainsFunc(files, matches) {
			message, fix = fmt.Sprintf("%q owns nothing: a later line matches each of its files, and the last one wins", l.pattern), "move the line down, or remove it"
		}
		o.add(ruleVacuous, l.at, l.section+" "+l.pattern, message, fix)
	}
}

// sayElements says who would own the elements of the architecture.
func (o *owners) sayElements(in Input) {
	if in.Model == nil {
		return
	}
	byDir := map[string][]string{}
	for _, f := range in.Files {
		byDir[path.Dir(f)] = append(byDir[path.Dir(f)], f)
	}
	for _, e := range in.Model.Elements {
		count, files := map[string]int{}, 0
		for _, dir := range in.Dirs[e.Address] {
			for _, f := range byDir[dir] {
				if path.Ext(f) != ".go" {
					continue
				}
				files++
				if all := o.ownersOf(f, map[int]bool{}); len(all) > 0 {
					count[strings.ToLower(all[0])]++
				}
			}
		}
		o.sayElement(e, count, files)
	}
}

func (o *owners) sayElement(e *arch.Element, count map[string]int, files int) {
	first := slices.SortedFunc(maps.Keys(count), func(a, b string) int {
		return cmp.Or(cmp.Compare(count[b], count[a]), strings.Compare(a, b))
	})
	if len(first) == 0 {
		return
	}
	owner := first[0]
	team := "team." + o.teams[strings.ToLower(owner)]
	if e.Owner == team {
		return
	}
	place := e.At
	message := fmt.Sprintf("%s would belong to %s: %s owns %d of its %s", e.Address, team, owner, count[owner], phrase.Count(files, "file"))
	if e.Owner != "" {
		message = fmt.Sprintf("%s belongs to %s in HCL; here %s owns %d of its %s", e.Address, e.Owner, owner, count[owner], phrase.Count(files, "file"))
	}
	before := len(o.told)
	o.add(ruleOwner, e.At, e.Address, message, "")
	if len(o.told) == before {
		return
	}
	o.told[before].Fix = &finding.Fix{Message: "add the line to " + e.Address, Patch: "owner = " + team, Place: &place}
}

func (o *owners) write(in Input) []byte {
	w := &writer{}
	w.Comments("Written by asbuilt import codeowners from " + path.Base(in.Name) + ": who owns files there is a team here.")
	for _, owner := range o.fresh {
		w.Line("")
		w.Open("team %q", o.teams[strings.ToLower(owner)])
		w.Attrs(hcltext.Attr{"codeowners", hcltext.Quote(owner)})
		w.Close()
	}
	return w.Bytes()
}
