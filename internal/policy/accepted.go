package policy

import (
	"fmt"
	"path"
	"slices"
	"strings"

	"github.com/asbuilt/asbuilt/internal/baseline"
	"github.com/asbuilt/asbuilt/pkg/arch"
	"github.com/asbuilt/asbuilt/pkg/finding"
)

// waivers says which waivers accept what the old ones did not, or for longer.
func (c *comparison) waivers() {
	var before []*arch.Waiver
	for _, w := range c.Old.Waivers {
		before = append(before, c.names.waiver(w))
	}
	for _, w := range c.New.Waivers {
		var wider, same *arch.Waiver // one that accepted all that w accepts; the one of its name
		lasting := false
		for _, b := range before {
			if b.Name == w.Name {
				same = b
			}
			if c.accepts(b, w) && !lasting {
				wider, lasting = b, !lasts(b, w)
			}
		}
		l := loosening{subject: element("waiver."+w.Name, ""), at: w.At, owner: w.Owner}
		switch {
		case lasting:
			continue
		case wider != nil:
			l.subject.Path, l.was, l.at = "expires", wider.At, orElse(w.ExpiresAt, w.At)
			l.old = "it held " + until(wider)
			l.message = fmt.Sprintf("waiver.%s holds longer: %s instead of %s", w.Name, until(w), until(wider))
		case same != nil:
			l.subject.Path, l.was, l.old = "scope", same.At, "it accepted "+scope(same)
			l.message = fmt.Sprintf("waiver.%s accepts more: %s", w.Name, scope(w))
		default:
			l.old = "there was no such waiver"
			l.message = fmt.Sprintf("waiver.%s is added: it accepts %s", w.Name, scope(w))
		}
		c.say(l)
	}
}

// waiver is an old waiver in today's names.
func (n names) waiver(w *arch.Waiver) *arch.Waiver {
	now := *w
	for _, address := range []*string{&now.From, &now.To, &now.Element} {
		if *address == "" || n.new.Element(*address) != nil {
			continue
		}
		if heirs := n.next[*address]; len(heirs) == 1 && n.prev[heirs[0]] == *address {
			*address = heirs[0]
			continue
		}
		*address = Renamed(n.new.Moves, *address)
	}
	return &now
}

// accepts reports whether a waiver accepted all that another accepts.
func (c *comparison) accepts(was, is *arch.Waiver) bool {
	inside := func(outer, inner string) bool {
		return outer == "" || inner != "" && (outer == inner || c.New.Within(inner, outer))
	}
	p := path.Clean(was.Path)
	return was.Rule == is.Rule && inside(was.From, is.From) && inside(was.To, is.To) && inside(was.Element, is.Element) &&
		(was.Path == "" || is.Path != "" && (path.Clean(is.Path) == p || strings.HasPrefix(path.Clean(is.Path), p+"/")))
}

// lasts reports whether a waiver holds longer than it did. Dates are written YYYY-MM-DD.
func lasts(was, is *arch.Waiver) bool {
	return was.Expires != "" && (is.Expires == "" || is.Expires > was.Expires)
}

func until(w *arch.Waiver) string {
	if w.Expires == "" {
		return "for ever"
	}
	return "until " + w.Expires
}

// scope says what a waiver accepts.
func scope(w *arch.Waiver) string {
	s := w.Rule
	for _, part := range []struct{ word, value string }{
		{" from ", w.From}, {" to ", w.To}, {" of ", w.Element}, {" in ", w.Path},
	} {
		if part.value != "" {
			s += part.word + part.value
		}
	}
	return s
}

// comments are the waivers in code that are new.
func (c *comparison) comments() {
	for _, w := range c.Comments {
		c.say(loosening{
			subject: finding.Subject{Element: "waiver", Path: w.At.File + " " + w.Rule}, at: w.At,
			old:     "the file had no such comment",
			message: fmt.Sprintf("a comment is added that waives %s", w.Rule),
		})
	}
}

// baseline says which findings are accepted now that were not.
func (c *comparison) baseline() {
	delta := baseline.Diff(c.Accepted.Old, c.Accepted.New)
	is := c.New.Baseline
	if is == nil || len(delta.Added) == 0 && c.Old.Baseline != nil {
		return
	}
	l := loosening{
		subject: element("baseline", ""), at: is.At, old: "there was no baseline",
		message: fmt.Sprintf("a baseline is added, which accepts %d of the findings", len(delta.Added)),
	}
	if was := c.Old.Baseline; was != nil {
		l.was, l.old = was.At, fmt.Sprintf("the baseline held %d", len(c.Accepted.Old))
		l.message = fmt.Sprintf("the baseline accepts %d more than it held", len(delta.Added))
	}
	c.say(l)
	for _, e := range delta.Added {
		f := c.finding("baseline/grown", loosening{
			subject: finding.Subject{Path: e.At.File + "#" + e.Fingerprint()}, at: e.At,
			message: "the baseline accepts one finding more: " + e.Words(), old: "it was not in there",
		})
		c.out = append(c.out, f)
	}
}

// kept are the old waivers in today's names, for the judge.
func (n names) kept() []*arch.Waiver {
	var out []*arch.Waiver
	for _, w := range n.old.Waivers {
		out = append(out, n.waiver(w))
	}
	return slices.Clip(out)
}
