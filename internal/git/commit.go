package git

import (
	"errors"
	"fmt"
	"strconv"
	"strings"

	"github.com/asbuilt/asbuilt/internal/process"
)

// Commit finds the commit that a name means, and gives its hash. The error says what to do about a name
// that means none, or more than one.
func (r *Repository) Commit(ref string) (string, error) {
	if problem := refProblem(ref); problem != "" {
		return "", errors.New(problem)
	}
	o, err := r.ask(ref+"^{commit}", objectLimit)
	if errors.Is(err, errMissing) {
		return "", r.missing(ref)
	}
	if err != nil {
		return "", err
	}
	return o.hash, r.ambiguous(ref)
}

// maxRef is how long a name may be.
const maxRef = 1000

// refProblem says why a text is never handed to git, or "".
func refProblem(ref string) string {
	const next = "; name a branch, a tag or a commit, such as origin/main"
	switch {
	case ref == "":
		return "an empty name" + next
	case len(ref) > maxRef:
		return "a name of more than " + strconv.Itoa(maxRef) + " bytes" + next
	case strings.HasPrefix(ref, "-"):
		return "it looks like an option" + next
	case strings.HasPrefix(ref, ":"):
		return "it names a place in the index, or a search" + next
	case strings.Contains(ref, ".."):
		return "it names a range of commits" + next
	}
	for _, c := range ref {
		if c < ' ' || c == 0x7f {
			return "it holds a control character" + next
		}
	}
	return ""
}

// namespaces are where git looks for a short name, in this order.
var namespaces = [...]string{"refs/tags/", "refs/heads/", "refs/remotes/"}

// ambiguous refuses a short name that means different commits in several namespaces: whoever may push a tag
// would choose the commit.
func (r *Repository) ambiguous(ref string) error {
	short, _ := base(ref)
	if short == "" {
		return nil
	}
	var names, hashes []string
	for _, space := range namespaces {
		switch o, err := r.ask(space+short+"^{commit}", objectLimit); {
		case err == nil:
			names, hashes = append(names, space+short), append(hashes, o.hash)
		case !errors.Is(err, errMissing):
			return err
		}
	}
	for _, h := range hashes[min(1, len(hashes)):] {
		if h != hashes[0] {
			return fmt.Errorf("it means different commits: %s; write the whole name", strings.Join(names, ", "))
		}
	}
	return nil
}

// base is a name without what leads on from it (~2, ^1, @{upstream}), and that rest.
func base(ref string) (name, rest string) {
	if i := strings.IndexAny(ref, "~^@"); i >= 0 {
		return ref[:i], ref[i:]
	}
	return ref, ""
}

// missing says why a name means no commit here, and what brings it.
func (r *Repository) missing(ref string) error {
	if r.broken != nil {
		return r.broken
	}
	if depth, shallow := r.shallow(); shallow {
		return fmt.Errorf("no such commit in this clone, which is shallow (%s); fetch the one that is needed: %s",
			depth, fetch(ref))
	}
	for _, remote := range []string{"origin/", "upstream/"} {
		if _, err := r.ask("refs/remotes/"+remote+ref+"^{commit}", objectLimit); err == nil {
			return fmt.Errorf("no such commit in this repository; did you mean %s%s?", remote, ref)
		}
	}
	return errors.New("no such commit in this repository; `git branch -a` and `git tag` list names, `git fetch` brings new ones")
}

// fetch is the command that brings a commit into a shallow clone. One commit is enough: only its files are read.
func fetch(ref string) string {
	name, rest := base(ref)
	if rest != "" || name == "HEAD" {
		return "git fetch --deepen=" + strconv.Itoa(1+steps(rest))
	}
	if branch, ok := strings.CutPrefix(name, "origin/"); ok {
		return "git fetch --depth=1 origin " + quote("+refs/heads/"+branch+":refs/remotes/origin/"+branch)
	}
	return "git fetch --depth=1 origin " + quote(name)
}

// steps is how many commits back a rest such as ~3 or ^1 leads, at least one.
func steps(rest string) int {
	n := 0
	for i, c := range rest {
		if c != '~' && c != '^' {
			continue
		}
		step := 1
		if c == '~' {
			digits := rest[i+1:]
			if j := strings.IndexFunc(digits, func(r rune) bool { return r < '0' || r > '9' }); j >= 0 {
				digits = digits[:j]
			}
			if given, err := strconv.Atoi(digits); err == nil {
				step = given
			}
		}
		n += step
	}
	return max(n, 1) - 1
}

// quote makes a text one word of a shell, where it is not one already.
func quote(s string) string {
	plain := strings.IndexFunc(s, func(r rune) bool {
		return !strings.ContainsRune("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789/._-:+", r)
	}) < 0
	if plain {
		return s
	}
	return "'" + strings.ReplaceAll(s, "'", `'\''`) + "'"
}

// shallow reports whether history was cut off, and how much of it there is, in words.
func (r *Repository) shallow() (depth string, shallow bool) {
	out, err := process.Run(r.ctx, r.command("rev-parse", "--is-shallow-repository"))
	if err != nil || strings.TrimSpace(string(out.Stdout)) != "true" {
		return "", false
	}
	depth = "of unknown depth"
	if out, err := process.Run(r.ctx, r.command("rev-list", "--count", "--first-parent", "HEAD")); err == nil {
		if n, err := strconv.Atoi(strings.TrimSpace(string(out.Stdout))); err == nil {
			depth = fmt.Sprintf("%d deep", n)
		}
	}
	return depth, true
}
