package layout

import (
	"bytes"
	"context"
	"embed"
	"errors"
	"fmt"

	"github.com/goccy/go-graphviz"

	_ "github.com/asbuilt/asbuilt/internal/enginehome" // whoever links the engine gives it its own folder
)

// geometryFormat is the engine's JSON without drawing operations.
const geometryFormat graphviz.Format = "json0"

// seal takes the file system away from the engine, which would have the machine's otherwise.
func seal() { graphviz.SetFileSystem(embed.FS{}) }

// draw runs dot on a text in its language. It must not run twice at once in a process; after an error the engine is not to
// be used again.
func draw(text string) (out []byte, err error) {
	defer func() {
		if fault := recover(); fault != nil {
			err = fmt.Errorf("the engine failed: %v", fault)
		}
	}()
	ctx := context.Background()
	engine, err := graphviz.New(ctx)
	if err != nil {
		return nil, err
	}
	graph, err := graphviz.ParseBytes([]byte(text))
	if err != nil {
		return nil, err
	}
	var b bytes.Buffer
	if err := engine.SetLayout(graphviz.DOT).Render(ctx, graph, geometryFormat, &b); err != nil {
		return nil, err
	}
	if b.Len() == 0 {
		return nil, errors.New("the engine wrote nothing")
	}
	return b.Bytes(), errors.Join(graph.Close(), engine.Close())
}
