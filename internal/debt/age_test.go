package debt_test

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/asbuilt/asbuilt/internal/debt"
	"github.com/asbuilt/asbuilt/internal/git"
	"github.com/asbuilt/asbuilt/internal/git/gittest"
)

// history is a repository with one commit a day of January 2026, each with the words of a file; "" is no file.
func history(t *testing.T, days ...string) string {
	t.Helper()
	dir := t.TempDir()
	gittest.Init(t, dir)
	for i, words := range days {
		name := filepath.Join(dir, "words")
		require.NoError(t, os.RemoveAll(name))
		if words != "" {
			require.NoError(t, os.WriteFile(name, []byte(words), 0o644))
		}
		gittest.CommitOn(t, dir, fmt.Sprintf("2026-01-%02dT12:00:00Z", i+1))
	}
	return dir
}

// ages asks for the words "a", "b" and "c"; reads counts the texts that were looked at.
func ages(t *testing.T, dir string, most int) (got map[string]string, reads int) {
	t.Helper()
	repo, err := git.Open(context.Background(), dir)
	require.NoError(t, err)
	defer repo.Close()
	head, err := repo.Commit("HEAD")
	require.NoError(t, err)
	all, _, err := debt.Ages(repo, head, most, []debt.Place{{
		Name: "words", Limit: 100, Want: []string{"a", "b", "c"},
		Files: func(*git.Tree) ([]string, error) { return []string{"words"}, nil },
		Words: func(data []byte) []string { reads++; return strings.Fields(string(data)) },
	}})
	require.NoError(t, err)
	got = map[string]string{}
	for k, age := range all {
		require.Equal(t, "words", k.Place)
		got[k.Word] = age.Since
		if age.Before {
			got[k.Word] = "before " + age.Since
		}
	}
	return got, reads
}

func TestAWordStandsSinceItsLastInterruption(t *testing.T) {
	long := strings.Repeat("x ", 100)
	for name, c := range map[string]struct {
		days []string
		want map[string]string
	}{
		"each since its day":           {[]string{"a", "a b", "a b c"}, map[string]string{"a": "2026-01-01", "b": "2026-01-02", "c": "2026-01-03"}},
		"taken out and back":           {[]string{"a", "b", "a b"}, map[string]string{"a": "2026-01-03", "b": "2026-01-02"}},
		"the file was away":            {[]string{"a", "", "a"}, map[string]string{"a": "2026-01-03"}},
		"other words come and go":      {[]string{"a x", "y a", "a"}, map[string]string{"a": "2026-01-01"}},
		"gone now":                     {[]string{"a", "b"}, map[string]string{"b": "2026-01-02"}},
		"no file now":                  {[]string{"a", ""}, map[string]string{}},
		"a text too large to be read":  {[]string{"a", long + "a", "a", "a b"}, map[string]string{"a": "before 2026-01-03", "b": "2026-01-04"}},
		"a text too large to be known": {[]string{"a", long + "a"}, map[string]string{}},
	} {
		t.Run(name, func(t *testing.T) {
			got, _ := ages(t, history(t, c.days...), 100)
			require.Equal(t, c.want, got)
		})
	}
}

func TestASameTextIsReadOnce(t *testing.T) {
	got, reads := ages(t, history(t, "a", "a", "a b", "a b", "a b"), 100)
	require.Equal(t, map[string]string{"a": "2026-01-01", "b": "2026-01-03"}, got)
	require.Equal(t, 2, reads)
}

func TestTheWayBackHasAnEnd(t *testing.T) {
	dir := history(t, "a", "a", "a b", "a b c")
	got, _ := ages(t, dir, 2)
	require.Equal(t, map[string]string{"a": "before 2026-01-03", "b": "before 2026-01-03", "c": "2026-01-04"}, got)
	clone := filepath.Join(t.TempDir(), "clone")
	gittest.Run(t, dir, "clone", "--quiet", "--depth=2", "file://"+dir, clone)
	shallow, _ := ages(t, clone, 100)
	require.Equal(t, got, shallow)
}
