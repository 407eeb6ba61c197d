package golang

import (
	"context"
	"errors"

	"github.com/asbuilt/asbuilt/internal/files"
	"github.com/asbuilt/asbuilt/pkg/evidence"
)

func observeExact(ctx context.Context, tree *files.Tree, o Options) (evidence.Graph, error) {
	return evidence.Graph{}, errors.New("exact mode is not built yet")
}
