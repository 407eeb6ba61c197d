package workspace

import (
	"bytes"
	"context"
	"slices"

	"github.com/asbuilt/asbuilt/internal/config"
	"github.com/asbuilt/asbuilt/pkg/arch"
)

// next is the project after a change. It shares with the snapshot before, on which nothing runs any more, what the
// change does not touch.
func (s *Snapshot) next(ctx context.Context, given *texts, code bool) *Snapshot {
	n := &Snapshot{w: s.w, ctx: ctx, given: given}
	if n.given.equal(s.given) && s.loadErr == nil && s.hasGo == s.w.hasGo() {
		n.load.Do(func() { n.model, n.told, n.hasGo = s.model, s.told, s.hasGo })
	}
	model, _, err := n.Model()
	if err != nil || model == nil || s.model == nil || code || !s.observed || s.observeErr != nil || !s.sees(model.Observers) {
		return n
	}
	n.observe.Do(func() { n.sight, n.observed = s.sight, true })
	if n.model == s.model && s.result != nil {
		n.compare.Do(func() { n.result = s.result })
	}
	return n
}

// sees reports whether other observers would see what these saw: they differ in their places at most, of which
// nothing was said.
func (s *Snapshot) sees(others []*arch.Observer) bool {
	placed := len(s.graph.Gaps) > 0 || len(s.unmatched) > 0
	return slices.EqualFunc(s.model.Observers, others, func(a, b *arch.Observer) bool {
		return a.Kind == b.Kind && a.Tests == b.Tests && a.Exact == b.Exact && (a.At == b.At || !placed) &&
			slices.Equal(written(a.Roots), written(b.Roots)) && slices.Equal(written(a.Files), written(b.Files)) &&
			slices.Equal(written(a.Exclude), written(b.Exclude))
	})
}

func (t *texts) equal(other *texts) bool {
	return other != nil && len(t.blind) == 0 && len(other.blind) == 0 &&
		slices.EqualFunc(t.files, other.files, func(a, b config.File) bool {
			return a.Name == b.Name && bytes.Equal(a.Data, b.Data)
		})
}
