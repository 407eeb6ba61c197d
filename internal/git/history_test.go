package git_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/asbuilt/asbuilt/internal/git"
	"github.com/asbuilt/asbuilt/internal/git/gittest"
)

// days are those of the commits on the way back from main, with the hash of one file in each.
func days(t *testing.T, dir string, most int) (out []string, end git.End) {
	t.Helper()
	r := open(t, dir)
	head, err := r.Commit("HEAD")
	require.NoError(t, err)
	end, err = r.Back(head, most, func(m git.Moment) (bool, error) {
		hash, err := m.Tree.Hash("a/b/file")
		if err != nil {
			hash = "none"
		}
		out = append(out, m.Day+" "+hash[:4])
		return true, nil
	})
	require.NoError(t, err)
	return out, end
}

func TestTheWayBackFollowsFirstParents(t *testing.T) {
	for _, format := range []string{"sha1", "sha256"} {
		t.Run(format, func(t *testing.T) {
			dir := t.TempDir()
			gittest.Init(t, dir, "--object-format="+format)
			gittest.CommitOn(t, dir, "2026-01-01T23:30:00-02:00") // already the next day
			write(t, dir, "a/b/file", "one")
			gittest.CommitOn(t, dir, "2026-01-03T00:00:00Z")
			gittest.Run(t, dir, "switch", "--quiet", "--create", "side")
			write(t, dir, "a/b/file", "two")
			gittest.CommitOn(t, dir, "2026-01-04T00:00:00Z")
			gittest.Run(t, dir, "switch", "--quiet", "main")
			write(t, dir, "other", "")
			gittest.CommitOn(t, dir, "2026-01-05T00:00:00Z")
			gittest.RunOn(t, dir, "2026-01-06T00:00:00Z", "merge", "--quiet", "--no-ff", "--message=a merge", "side")

			got, end := days(t, dir, 100)
			require.Equal(t, git.Seen, end)
			require.Len(t, got, 4, "not the branch")
			for i, day := range []string{"2026-01-06 ", "2026-01-05 ", "2026-01-03 ", "2026-01-02 none"} {
				require.True(t, strings.HasPrefix(got[i], day), "%s is of %s", got[i], day)
			}
			require.NotEqual(t, got[0][11:], got[1][11:])
			require.Equal(t, got[1][11:], got[2][11:], "the same content has the same hash")

			for most, want := range map[int]git.End{3: git.Far, 4: git.Seen} {
				got, end := days(t, dir, most)
				require.Len(t, got, most)
				require.Equal(t, want, end, "%d of 4", most)
			}

			shallow, end := days(t, clone(t, dir, "--depth=2"), 100)
			require.Equal(t, git.Absent, end)
			require.Equal(t, got[:2], shallow)
		})
	}
}
