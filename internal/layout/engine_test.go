package layout

import (
	"encoding/json"
	"image"
	"image/png"
	"os"
	"testing"

	"github.com/goccy/go-graphviz"
	"github.com/stretchr/testify/require"
)

// The engine reads the pictures that a node names, to know their size. Without files it cannot.
func TestEngineSeesNoFiles(t *testing.T) {
	t.Chdir(t.TempDir())
	f, err := os.Create("wide.png")
	require.NoError(t, err)
	require.NoError(t, png.Encode(f, image.NewGray(image.Rect(0, 0, 960, 10))))
	require.NoError(t, f.Close())
	width := func() string {
		out, err := draw(`digraph { a [shape=none,label="",image="wide.png"] }`)
		require.NoError(t, err)
		var answer struct {
			Objects []struct{ Width string }
		}
		require.NoError(t, json.Unmarshal(out, &answer))
		return answer.Objects[0].Width
	}
	seal()
	sealed := width()
	graphviz.SetFileSystem(os.DirFS("."))
	defer seal()
	require.NotEqual(t, sealed, width(), "with files it is wider")
}

func TestEngineErrors(t *testing.T) {
	seal()
	for _, text := range []string{"", "digraph {", "digraph { a -> }"} {
		_, err := draw(text)
		require.Error(t, err, "%q", text)
	}
}
