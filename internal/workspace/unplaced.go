package workspace

import (
	"errors"
	"fmt"

	"github.com/asbuilt/asbuilt/internal/layout"
	"github.com/asbuilt/asbuilt/pkg/arch"
	"github.com/asbuilt/asbuilt/pkg/finding"
)

// unplaced says at a view's place why it could not be laid out; false where an error is no matter of the view.
func unplaced(v *arch.View, err error) (finding.Finding, bool) {
	f := finding.Finding{Rule: "language/budget", Severity: finding.Error, At: v.At, Subject: finding.Subject{Element: "view." + v.Name}}
	var large *layout.TooLargeError
	var late *layout.DeadlineError
	var failed *layout.EngineError
	has := func(nodes, edges int) string {
		return fmt.Sprintf("the view %q (cards: %d, arrows: %d)", v.Name, nodes, edges)
	}
	switch {
	case errors.As(err, &large):
		f.Message = fmt.Sprintf("%s is more than a picture can show (at most %d and %d)", has(large.Nodes, large.Edges), large.MaxNodes, large.MaxEdges)
		f.Fix = &finding.Fix{Message: "narrow the view with include, exclude or where"}
	case errors.As(err, &late):
		f.Message = fmt.Sprintf("%s took longer to lay out than %s", has(late.Nodes, late.Edges), late.Deadline)
		f.Fix = &finding.Fix{Message: "narrow the view with include, exclude or where, or give it longer with --timeout"}
	case errors.As(err, &failed):
		f.Message = fmt.Sprintf("%s could not be laid out: %v", has(failed.Nodes, failed.Edges), failed.Err)
		f.Fix = &finding.Fix{Message: "change the direction of the view, or narrow it with include, exclude or where"}
	default:
		return f, false
	}
	return f, true
}
