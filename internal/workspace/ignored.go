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
// Only init asks: what an observer reads must not depend on a file that a change can edit to hide code.
func ignored(ctx context.Context, dir string, g evidence.Graph) (patterns []string, asked bool) {
	if workTree(dir) == "" {
		return nil, false
	}
	out, err := process.Run(ctx, process.Command{
		Path: "git", Dir: dir, Env: []string{"GIT_OPTIONAL_LOCKS=0", "GIT_TERMINAL_PROMPT=0"},
		Args: []string{
			"-c", "core.fsmonitor=false", "-c", "core.hooksPath=",
			"ls-files", "--others", "--ignored", "--exclude-standard", "--directory", "-z", "--", ".",
		},
	})
	if err != nil {
		return nil, false
	}
	var folders []string
	files := map[string]int{} // by folder
	for name := range strings.SplitSeq(string(out.Stdout), "\x00") {
		switch folder, isFolder := strings.CutSuffix(name, "/"); {
		case isFolder && folder != ".":
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
