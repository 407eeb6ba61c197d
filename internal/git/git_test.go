package git_test

import (
	"context"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/asbuilt/asbuilt/internal/git"
	"github.com/asbuilt/asbuilt/internal/git/gittest"
)

func write(t *testing.T, dir, name, text string) {
	t.Helper()
	name = filepath.Join(dir, filepath.FromSlash(name))
	require.NoError(t, os.MkdirAll(filepath.Dir(name), 0o755))
	require.NoError(t, os.WriteFile(name, []byte(text), 0o644))
}

func open(t *testing.T, dir string) *git.Repository {
	t.Helper()
	r, err := git.Open(context.Background(), dir)
	require.NoError(t, err)
	t.Cleanup(r.Close)
	return r
}

// commitOf asks a repository for one name.
func commitOf(t *testing.T, dir, ref string) (string, error) {
	t.Helper()
	return open(t, dir).Commit(ref)
}

func TestACommitIsReadAsItWasCommitted(t *testing.T) {
	for _, format := range []string{"sha1", "sha256"} {
		t.Run(format, func(t *testing.T) {
			dir := t.TempDir()
			gittest.Init(t, dir, "--object-format="+format)
			write(t, dir, "a b/c.txt", "one\r\ntwo\n")
			write(t, dir, "a b/.gitattributes", "* text eol=lf filter=evil export-ignore\n")
			write(t, dir, "top", "")
			hash := gittest.Commit(t, dir)
			write(t, dir, "a b/c.txt", "changed since")

			r := open(t, dir)
			found, err := r.Commit("main")
			require.NoError(t, err)
			require.Equal(t, hash, found)
			tree, err := r.Tree(hash, ".")
			require.NoError(t, err)
			names, err := tree.Entries("a b")
			require.NoError(t, err)
			require.Equal(t, []string{".gitattributes", "c.txt"}, names)

			tree, err = r.Tree(hash, "a b")
			require.NoError(t, err)
			require.Equal(t, "a b/c.txt", tree.Name("./c.txt"))
			require.Equal(t, "a b", tree.Name("."))
			data, err := tree.Read("c.txt", 100)
			require.NoError(t, err)
			require.Contains(t, string(data), "two\n")
			require.NotContains(t, string(data), "changed")
			require.True(t, tree.IsFile("c.txt"))
			require.False(t, tree.IsFile("top"), "outside this folder")

			_, err = tree.Read("c.txt", 3)
			require.ErrorIs(t, err, git.ErrTooLarge)
			_, err = tree.Read("c.txt", 100)
			require.NoError(t, err, "what was too large does not disturb the next question")
			_, err = tree.Read("nothing", 100)
			require.ErrorIs(t, err, fs.ErrNotExist)
			_, err = r.Tree(hash, "a b/c.txt")
			require.ErrorIs(t, err, fs.ErrNotExist)
			_, err = r.Tree(hash, "nothing")
			require.ErrorIs(t, err, fs.ErrNotExist)

			var folders []string
			whole, err := r.Tree(hash, ".")
			require.NoError(t, err)
			require.NoError(t, whole.Walk(func(folder string, _ []string) { folders = append(folders, folder) }))
			require.Equal(t, []string{".", "a b"}, folders)
		})
	}
}

func TestLinksStayInside(t *testing.T) {
	dir := t.TempDir()
	gittest.Init(t, dir)
	write(t, dir, "project/real/file", "here")
	write(t, dir, "secret", "outside the project")
	for link, target := range map[string]string{
		"file": "real/file", "folder": "real", "deep": "folder/../real/./file", "out": "../secret",
		"absolute": "/etc/hosts", "round": "round", "gone": "nowhere", "ladder": "real/../../secret",
	} {
		require.NoError(t, os.Symlink(target, filepath.Join(dir, "project", link)))
	}
	hash := gittest.Commit(t, dir)
	tree, err := open(t, dir).Tree(hash, "project")
	require.NoError(t, err)
	for _, name := range []string{"file", "folder/file", "deep", "folder/../file", "real/file/"} {
		data, err := tree.Read(name, 100)
		require.NoError(t, err, name)
		require.Equal(t, "here", string(data), name)
	}
	for _, name := range []string{"out", "absolute", "ladder", "../secret", "folder/../../secret"} {
		_, err := tree.Read(name, 100)
		require.ErrorIs(t, err, git.ErrOutside, name)
	}
	_, err = tree.Read("round", 100)
	require.ErrorContains(t, err, "in circles")
	_, err = tree.Read("gone", 100)
	require.ErrorIs(t, err, fs.ErrNotExist)
	_, err = tree.Read("folder", 100)
	require.ErrorIs(t, err, git.ErrNotRegular)
}

func TestNamesThatAreNeverAsked(t *testing.T) {
	dir := t.TempDir()
	gittest.Init(t, dir)
	gittest.Commit(t, dir)
	for ref, says := range map[string]string{
		"": "empty", "--upload-pack=touch pwned": "option", "-n": "option", "--": "option", "main\nHEAD": "control",
		"\x00": "control", ":/a state": "index", ":top": "index", "main..HEAD": "range", "main...HEAD": "range",
		strings.Repeat("a", 2000): "bytes", "nothing": "git fetch", "main:top": "no such commit", "^main": "no such commit",
		"$(touch pwned)": "no such commit", "main --output=pwned": "no such commit",
	} {
		_, err := commitOf(t, dir, ref)
		require.ErrorContains(t, err, says, "%q", ref)
	}
	entries, err := os.ReadDir(dir)
	require.NoError(t, err)
	require.Len(t, entries, 1, "nothing was written")
	for _, ref := range []string{"main", "HEAD", "@", "HEAD^{commit}", "refs/heads/main", "HEAD~0"} {
		_, err := commitOf(t, dir, ref)
		require.NoError(t, err, ref)
	}
}

// TestAnAmbiguousNameIsRefused: a tag of a branch's name would choose the policy.
func TestAnAmbiguousNameIsRefused(t *testing.T) {
	dir := t.TempDir()
	gittest.Init(t, dir)
	first := gittest.Commit(t, dir)
	gittest.Run(t, dir, "update-ref", "refs/remotes/origin/main", first)
	gittest.Run(t, dir, "tag", "origin/main")
	_, err := commitOf(t, dir, "origin/main")
	require.NoError(t, err, "both mean one commit")

	write(t, dir, "file", "weaker")
	second := gittest.Commit(t, dir)
	gittest.Run(t, dir, "tag", "--force", "origin/main")
	for _, ref := range []string{"origin/main", "origin/main^{}", "origin/main~0"} {
		_, err = commitOf(t, dir, ref)
		require.ErrorContains(t, err, "refs/tags/origin/main, refs/remotes/origin/main", ref)
	}
	hash, err := commitOf(t, dir, "refs/remotes/origin/main")
	require.NoError(t, err)
	require.Equal(t, first, hash)
	require.NotEqual(t, first, second)
}

func TestABranchOfTheRemoteIsSuggested(t *testing.T) {
	dir := t.TempDir()
	gittest.Init(t, dir)
	gittest.Run(t, dir, "update-ref", "refs/remotes/origin/release", gittest.Commit(t, dir))
	_, err := commitOf(t, dir, "release")
	require.ErrorContains(t, err, "did you mean origin/release?")
}

// clone makes a clone over the protocol that honours depth and filters.
func clone(t *testing.T, of string, args ...string) string {
	t.Helper()
	to := filepath.Join(t.TempDir(), "clone")
	gittest.Run(t, of, append(append([]string{"clone", "--quiet"}, args...), "file://"+of, to)...)
	return to
}

func TestAShallowCloneSaysWhatToFetch(t *testing.T) {
	origin := t.TempDir()
	gittest.Init(t, origin)
	first := gittest.Commit(t, origin)
	gittest.Run(t, origin, "branch", "release/1.x")
	write(t, origin, "file", "")
	gittest.Commit(t, origin)
	dir := clone(t, origin, "--depth=1")
	for ref, says := range map[string]string{
		"HEAD~1":             "git fetch --deepen=1",
		"HEAD~3^":            "git fetch --deepen=4",
		"origin/release/1.x": "git fetch --depth=1 origin +refs/heads/release/1.x:refs/remotes/origin/release/1.x",
		first:                "git fetch --depth=1 origin " + first,
		"it's":               `git fetch --depth=1 origin 'it'\''s'`,
	} {
		_, err := commitOf(t, dir, ref)
		require.ErrorContains(t, err, "shallow (1 deep)", ref)
		require.ErrorContains(t, err, says, ref)
	}
	gittest.Run(t, dir, "fetch", "--quiet", "--depth=1", "origin", "+refs/heads/release/1.x:refs/remotes/origin/release/1.x")
	hash, err := commitOf(t, dir, "origin/release/1.x")
	require.NoError(t, err)
	require.Equal(t, first, hash)
}

// TestAPartialCloneFetchesNothing: what is not there is an error, not a reason to call the remote.
func TestAPartialCloneFetchesNothing(t *testing.T) {
	origin := t.TempDir()
	gittest.Init(t, origin)
	gittest.Run(t, origin, "config", "uploadpack.allowFilter", "true")
	write(t, origin, "file", "far away")
	hash := gittest.Commit(t, origin)
	dir := clone(t, origin, "--no-checkout", "--filter=blob:none")
	for _, allowed := range []string{"", "always"} { // a configuration may not allow it either
		if allowed != "" {
			gittest.Run(t, dir, "config", "protocol.file.allow", allowed)
		}
		r := open(t, dir)
		tree, err := r.Tree(hash, ".")
		require.NoError(t, err)
		_, err = tree.Read("file", 100)
		require.Error(t, err)
		_, err = tree.Read("file", 100)
		require.Error(t, err, "again, though git may have ended")
	}
	require.Contains(t, gittest.Run(t, dir, "rev-list", "--objects", "--missing=print", "HEAD"), "?", "still not here")
}

// TestNothingOfTheRepositoryRuns: hooks, a file system monitor, filters and an alias would leave a file.
func TestNothingOfTheRepositoryRuns(t *testing.T) {
	dir := t.TempDir()
	gittest.Init(t, dir)
	write(t, dir, "file", "text")
	write(t, dir, ".gitattributes", "* filter=evil diff=evil\n")
	hash := gittest.Commit(t, dir)
	run := "touch " + filepath.Join(dir, "pwned")
	for key, value := range map[string]string{
		"core.fsmonitor": run, "core.pager": run, "core.editor": run, "core.sshCommand": run, "core.askPass": run,
		"filter.evil.smudge": run, "filter.evil.process": run, "diff.evil.textconv": run, "alias.cat-file": "!" + run,
		"credential.helper": "!" + run, "core.gitProxy": run,
	} {
		gittest.Run(t, dir, "config", key, value)
	}
	hooks := filepath.Join(dir, ".git", "hooks")
	for _, hook := range []string{"post-index-change", "reference-transaction", "post-checkout", "fsmonitor-watchman"} {
		require.NoError(t, os.MkdirAll(hooks, 0o755))
		require.NoError(t, os.WriteFile(filepath.Join(hooks, hook), []byte("#!/bin/sh\n"+run+"\n"), 0o755))
	}
	tree, err := open(t, dir).Tree(hash, ".")
	require.NoError(t, err)
	data, err := tree.Read("file", 100)
	require.NoError(t, err)
	require.Equal(t, "text", string(data))
	_, err = commitOf(t, dir, "nothing")
	require.Error(t, err)
	require.NoFileExists(t, filepath.Join(dir, "pwned"))
}

// TestAReplacedObjectIsNotRead: refs/replace puts one object in the place of another.
func TestAReplacedObjectIsNotRead(t *testing.T) {
	dir := t.TempDir()
	gittest.Init(t, dir)
	write(t, dir, "file", "strict")
	strict := gittest.Commit(t, dir)
	write(t, dir, "file", "loose")
	loose := gittest.Commit(t, dir)
	gittest.Run(t, dir, "replace", strict, loose)
	tree, err := open(t, dir).Tree(strict, ".")
	require.NoError(t, err)
	data, err := tree.Read("file", 100)
	require.NoError(t, err)
	require.Equal(t, "strict", string(data))
}

func TestWorktreesAndSubmodules(t *testing.T) {
	inner, outer := t.TempDir(), t.TempDir()
	gittest.Init(t, inner)
	write(t, inner, "file", "inner")
	hash := gittest.Commit(t, inner)
	linked := filepath.Join(t.TempDir(), "linked")
	gittest.Run(t, inner, "worktree", "add", "--quiet", "--detach", linked)
	found, err := commitOf(t, linked, "main")
	require.NoError(t, err)
	require.Equal(t, hash, found)

	gittest.Init(t, outer)
	gittest.Run(t, outer, "-c", "protocol.file.allow=always", "submodule", "--quiet", "add", inner, "sub")
	whole := gittest.Commit(t, outer)
	found, err = commitOf(t, filepath.Join(outer, "sub"), "HEAD")
	require.NoError(t, err, "a submodule is a repository of its own")
	require.Equal(t, hash, found)
	tree, err := open(t, outer).Tree(whole, ".")
	require.NoError(t, err)
	_, err = tree.Read("sub/file", 100)
	require.ErrorIs(t, err, git.ErrSubmodule)
	require.NoError(t, tree.Walk(func(string, []string) {}))
}

// TestOnlyTheRepositoryItself: neither one further up, nor a bare one that was committed as files.
func TestOnlyTheRepositoryItself(t *testing.T) {
	dir := t.TempDir()
	gittest.Init(t, dir)
	gittest.Commit(t, dir)
	sub := filepath.Join(dir, "sub")
	require.NoError(t, os.MkdirAll(filepath.Join(sub, ".git"), 0o755))
	_, err := commitOf(t, sub, "main")
	require.ErrorContains(t, err, "not a git repository")

	bare := filepath.Join(dir, "bare")
	require.NoError(t, os.MkdirAll(bare, 0o755))
	gittest.Run(t, bare, "init", "--quiet", "--bare", ".")
	_, err = commitOf(t, bare, "main")
	require.ErrorContains(t, err, "git cannot read the repository")
}

func TestGitItselfIsLookedAt(t *testing.T) {
	dir := t.TempDir()
	t.Setenv("PATH", dir)
	_, err := git.Open(context.Background(), dir)
	require.ErrorIs(t, err, git.ErrNoGit)

	write(t, dir, "bin/git", "#!/bin/sh\ntouch "+filepath.Join(dir, "pwned")+"\n")
	require.NoError(t, os.Chmod(filepath.Join(dir, "bin", "git"), 0o755))
	t.Setenv("PATH", filepath.Join(dir, "bin"))
	_, err = git.Open(context.Background(), dir)
	require.ErrorContains(t, err, "inside the repository")
	require.NoFileExists(t, filepath.Join(dir, "pwned"))
}

func TestACancelledRunEnds(t *testing.T) {
	dir := t.TempDir()
	gittest.Init(t, dir)
	gittest.Commit(t, dir)
	ctx, cancel := context.WithCancel(context.Background())
	r, err := git.Open(ctx, dir)
	require.NoError(t, err)
	t.Cleanup(r.Close)
	cancel()
	require.Eventually(t, func() bool {
		_, err := r.Commit("main")
		return err != nil
	}, 10*time.Second, time.Millisecond)
}
