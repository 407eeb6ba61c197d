//go:build unix

package enginehome

import (
	"os"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestOwned(t *testing.T) {
	mine := t.TempDir()
	info, err := os.Lstat(mine)
	require.NoError(t, err)
	require.True(t, owned(info))

	theirs := "/" // whoever cannot give a folder away does not own the root
	if dir := t.TempDir(); os.Chown(dir, os.Geteuid()+1, -1) == nil {
		theirs = dir
	}
	info, err = os.Lstat(theirs)
	require.NoError(t, err)
	require.False(t, owned(info))
	require.False(t, own(theirs, 0))
}
