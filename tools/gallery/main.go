// Gallery compares pictures: every one that is committed at a commit beside the one that the working tree draws now. It
// writes one page, what changed first, and says what that is.
//
//	gallery [-ref HEAD] [-out gallery/index.html] -asbuilt bin/asbuilt DIR...
package main

import (
	"bytes"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"path"
	"path/filepath"
	"strings"
)

func main() {
	ref := flag.String("ref", "HEAD", "the `commit` to compare with")
	out := flag.String("out", "gallery/index.html", "the `file` to write")
	program := flag.String("asbuilt", "bin/asbuilt", "the `program` that draws")
	flag.Parse()
	if err := run(*program, *ref, *out, flag.Args()); err != nil {
		fmt.Fprintln(os.Stderr, "gallery:", err)
		os.Exit(1)
	}
}

func run(program, ref, out string, projects []string) error {
	var all []pair
	for _, dir := range projects {
		before, err := committed(ref, dir)
		if err != nil {
			return err
		}
		drawn, err := output(exec.Command(program, "-C", dir, "-q", "render", "--out", "-"))
		if err != nil {
			return err
		}
		all = append(all, pairs(dir, before, pictures(drawn))...)
	}
	sortPairs(all)
	for _, p := range all {
		if p.State() != same {
			fmt.Printf("%s: %s\n", p.State(), p.Name())
		}
	}
	page, err := page(ref, all)
	if err != nil {
		return err
	}
	if err := os.MkdirAll(filepath.Dir(out), 0o755); err != nil {
		return err
	}
	fmt.Println(out)
	return os.WriteFile(out, page, 0o644)
}

// committed are the pictures below a folder at a commit, by view. What lies in a project inside is not its own.
func committed(ref, dir string) (map[string][]byte, error) {
	names, err := output(exec.Command("git", "ls-tree", "-r", "-z", "--name-only", ref, "--", path.Join(dir, "docs")+"/"))
	if err != nil {
		return nil, err
	}
	found := map[string][]byte{}
	for name := range strings.SplitSeq(string(names), "\x00") {
		if !strings.HasSuffix(name, ".svg") || strings.HasSuffix(name, ".inline.svg") {
			continue
		}
		picture, err := output(exec.Command("git", "show", ref+":"+name))
		if err != nil {
			return nil, err
		}
		if view, ok := viewOf(picture); ok {
			found[view] = picture
		}
	}
	return found, nil
}

// pictures takes apart what `render --out -` writes, by view.
func pictures(drawn []byte) map[string][]byte {
	found := map[string][]byte{}
	for picture := range bytes.SplitAfterSeq(drawn, []byte("</svg>\n")) {
		if view, ok := viewOf(picture); ok {
			found[view] = picture
		}
	}
	return found
}

// viewOf is the view that a picture says it shows.
func viewOf(picture []byte) (string, bool) {
	_, rest, ok := bytes.Cut(picture, []byte(` data-view="`))
	view, _, closed := bytes.Cut(rest, []byte(`"`))
	return string(view), ok && closed && bytes.HasPrefix(picture, []byte("<svg "))
}

func output(c *exec.Cmd) ([]byte, error) {
	var said bytes.Buffer
	c.Stderr = &said
	out, err := c.Output()
	if err != nil {
		return nil, fmt.Errorf("%s: %w\n%s", c, err, said.Bytes())
	}
	return out, nil
}
