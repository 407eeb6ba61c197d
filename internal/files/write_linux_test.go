package files

import (
	"testing"

	"github.com/stretchr/testify/require"
)

// Nobody can make a file in /proc, whoever runs the tests.
func TestWriteNamesTheFileThatItCannotMake(t *testing.T) {
	tree, err := Open("/proc", "")
	require.NoError(t, err)
	defer tree.Close()
	require.EqualError(t, tree.Write("a.txt", []byte("text")), "write a.txt: no such file or directory")
}
