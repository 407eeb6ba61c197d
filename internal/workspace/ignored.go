package workspace

import (
	"context"
	"path"
	"slices"
	"strings"

	"github.com/asbuilt/asbuilt/internal/process"
	"github.com/asbuilt/asbuilt/pkg/evidence"
)

// ignored lists, as package patterns, the packages of a graph that git ignores: those below a folder that it ignores,
// and those all of whose files it ignores. asked is false where there is no work tree, or git does not answer.
//
// What an observer reads must not depend on a file that a change can edit to hide code: init proposes by it, and watch
// asks which folders it need not look into.
func ignored(ctx context.Context, dir string, g evidence.Graph) (patterns []string, asked bool) {
	names, asked := ignoredIn(ctx, dir)
	if !asked {
		return nil, false
	}
	var folders []string
	files := map[string]int{} // by folder
	for _, name := range names {
		switch folder, isFolder := strings.CutSuffix(name, "/"); {
		case isFolder:
			folders = append(folders, folder)
		case path.Ext(name) == ".go":
			files[path.Dir(name)]++
		}
	}
	for _, n := range g.Nodes {
		if n.Kind != evidence.Package || n.Dir == "" {
			continue
		}
		in := slices.IndexFunc(folders, func(f string) bool { return n.Dir == f || strings.HasPrefix(n.Dir, f+"/") })
		switch {
		case in >= 0:
			patterns = append(patterns, "./"+folders[in]+"/...")
		case n.Files > 0 && files[n.Dir] >= n.Files && n.Dir != ".":
			patterns = append(patterns, "./"+n.Dir)
		}
	}
	slices.Sort(patterns)
	return slices.Compact(patterns), true
}

// ignoredIn lists what git ignores below a folder, or below some of those in it: files, and folders, which end in a
// slash, in place of all that is in them. asked is false where there is no work tree, or git does not answer.
func ignoredIn(ctx context.Context, dir string, below ...string) (names []string, asked bool) {
	if workTree(dir) == "" {
		return nil, false
	}
	if len(below) == 0 {
		below = []string{"."}
	}
	out, err := process.Run(ctx, process.Command{
		Path: "git", Dir: dir, Env: []string{"GIT_OPTIONAL_LOCKS=0", "GIT_TERMINAL_PROMPT=0", "GIT_LITERAL_PATHSPECS=1"},
		Args: append([]string{
			"-c", "core.fsmonitor=false", "-c", "core.hooksPath=",
			"ls-files", "--others", "--ignored", "--exclude-standard", "--directory", "-z", "--",
		}, below...),
	})
	if err != nil {
		return nil, false
	}
	for name := range strings.SplitSeq(string(out.Stdout), "\x00") {
		if name != "" && name != "./" {
			names = append(names, name)
		}
	}
	return names, true
}
