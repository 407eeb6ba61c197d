package workspace_test

import (
	"flag"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/asbuilt/asbuilt/internal/lock"
	"github.com/asbuilt/asbuilt/internal/workspace"
)

var pairs = flag.Int("pairs", 6, "how many pairs of concurrent changes are merged")

// part is a component of a drawn architecture.
type part struct {
	name, title, in string
	uses            []string
}

// branch is a state of an architecture: its components in the order of the text, and the renames.
type branch struct {
	parts []part
	moved [][2]string
	fresh int // for names that no other branch draws
	side  string
}

// base draws an architecture: components in one to three systems, of which one may stand in another.
func base(rng *rand.Rand) branch {
	var b branch
	systems := 1 + rng.IntN(3)
	for i := range 6 + rng.IntN(16) {
		p := part{name: fmt.Sprintf("c%02d", i), title: fmt.Sprintf("Component %d", i), in: fmt.Sprintf("s%d", rng.IntN(systems))}
		if i < systems {
			p.in = fmt.Sprintf("s%d", i)
		}
		for range rng.IntN(3) {
			if i > 0 {
				p.uses = append(p.uses, b.parts[rng.IntN(i)].name)
			}
		}
		slices.Sort(p.uses)
		p.uses = slices.Compact(p.uses)
		b.parts = append(b.parts, p)
	}
	return b
}

// text is the architecture's files.
func (b branch) text() map[string]string {
	var all strings.Builder
	for _, p := range b.parts {
		fmt.Fprintf(&all, "component %q {\n  title = %q\n  in    = system.%s\n\n", p.name, p.title, p.in)
		for _, to := range p.uses {
			fmt.Fprintf(&all, "  uses {\n    to    = component.%s\n    label = \"asks %s\"\n  }\n\n", to, to)
		}
		fmt.Fprintf(&all, "} # %s\n\n", p.name)
	}
	var moves strings.Builder
	for _, m := range b.moved {
		fmt.Fprintf(&moves, "moved {\n  from = component.%s\n  to   = component.%s\n}\n\n", m[0], m[1])
	}
	return map[string]string{
		"parts.arch.hcl":   all.String(),
		"moves.arch.hcl":   moves.String(),
		"systems.arch.hcl": "system \"s0\" {}\nsystem \"s1\" { in = system.s0 }\nsystem \"s2\" {}\nview \"landscape\" \"all\" { include = of_kind(\"component\") }\n",
	}
}

// change does one to three things: adds a component, renames one, with its address or without, removes one.
func (b branch) change(rng *rand.Rand) branch {
	c := branch{moved: slices.Clone(b.moved), fresh: b.fresh, side: b.side}
	for _, p := range b.parts {
		p.uses = slices.Clone(p.uses)
		c.parts = append(c.parts, p)
	}
	for range 1 + rng.IntN(3) {
		at := rng.IntN(len(c.parts))
		switch rng.IntN(6) {
		case 0, 1, 2:
			c.fresh++
			n := part{name: fmt.Sprintf("%s%d", c.side, c.fresh), title: fmt.Sprintf("New %s %d", c.side, c.fresh), in: c.parts[at].in, uses: []string{c.parts[at].name}}
			if rng.IntN(2) == 0 {
				n.name = fmt.Sprintf("c%02d%s%d", rng.IntN(20), c.side, c.fresh) // between the others
			}
			c.parts = slices.Insert(c.parts, rng.IntN(len(c.parts)+1), n)
		case 3:
			c.parts[at].title += " with a much longer title than it had before, of several lines"
		case 4:
			old := c.parts[at].name
			if strings.HasPrefix(old, "r") || slices.ContainsFunc(c.moved, func(m [2]string) bool { return m[1] == old }) {
				continue
			}
			c.fresh++
			now := fmt.Sprintf("r%s%d", c.side, c.fresh)
			c.moved = append(c.moved, [2]string{old, now})
			c.parts[at].name = now
			for i := range c.parts {
				for j, to := range c.parts[i].uses {
					if to == old {
						c.parts[i].uses[j] = now
					}
				}
			}
		default:
			gone := c.parts[at]
			if slices.ContainsFunc(c.moved, func(m [2]string) bool { return m[1] == gone.name }) {
				continue
			}
			if alone := !slices.ContainsFunc(c.parts, func(p part) bool { return p.in == gone.in && p.name != gone.name }); alone {
				continue
			}
			c.parts = slices.Delete(c.parts, at, at+1)
			for i := range c.parts {
				c.parts[i].uses = slices.DeleteFunc(c.parts[i].uses, func(to string) bool { return to == gone.name })
			}
		}
	}
	return c
}

// draw renders a folder's architecture and returns the places; ok is false when it is not sound.
func draw(t *testing.T, dir string) (v lock.View, notes []string, ok bool) {
	t.Helper()
	w, err := workspace.Open(workspace.Env{Dir: dir, Worker: worker})
	require.NoError(t, err)
	defer w.Close()
	s := w.Snapshot(t.Context())
	if _, told, err := s.Model(); err != nil || workspace.Broken(told) {
		require.NoError(t, err)
		return v, nil, false
	}
	drawn, told, err := s.Render(workspace.Drawing{Formats: []string{"svg"}})
	require.NoError(t, err)
	require.Empty(t, told)
	require.Len(t, drawn.Products, 1)
	_, err = s.WriteLock(drawn)
	require.NoError(t, err)
	data, err := os.ReadFile(filepath.Join(dir, lock.File))
	require.NoError(t, err)
	l, problems := lock.Parse(lock.File, data)
	require.Empty(t, problems)
	v, ok = l.View("all")
	return v, drawn.Notes, ok
}

func put(t *testing.T, dir string, files map[string]string) {
	t.Helper()
	require.NoError(t, os.MkdirAll(dir, 0o755))
	for name, text := range files {
		require.NoError(t, os.WriteFile(filepath.Join(dir, name), []byte(text), 0o644))
	}
}

// merge merges one file of three folders into a fourth, as git does; clean is false when markers stand in it.
func merge(t *testing.T, dirs [3]string, into, name string) (clean bool) {
	t.Helper()
	cmd := exec.Command("git", "merge-file", "-p", "-q", filepath.Join(dirs[1], name), filepath.Join(dirs[0], name), filepath.Join(dirs[2], name))
	out, err := cmd.Output()
	require.NoError(t, os.WriteFile(filepath.Join(into, name), out, 0o644))
	return err == nil
}

// Concurrent changes of two branches: what git can merge in the architecture, it merges in the lock too, or the next
// render mends that and says so. What stood before stands where it was.
func TestConcurrentChangesKeepPictures(t *testing.T) {
	var drawn, torn, unsound, marked, stood, shifted, gaveWay, added int
	for seed := uint64(0); drawn < *pairs; seed++ {
		require.Less(t, seed, uint64(20*(*pairs)+20), "most pairs can be merged")
		rng := rand.New(rand.NewPCG(seed, 3))
		root := t.TempDir()
		dirs, merged := [3]string{filepath.Join(root, "base"), filepath.Join(root, "ours"), filepath.Join(root, "theirs")}, filepath.Join(root, "merged")
		states := [3]branch{base(rng)}
		for i, side := range []string{"a", "b"} {
			states[0].side = side
			states[i+1] = states[0].change(rng)
		}
		put(t, merged, nil)
		clean := true
		for i, s := range states {
			put(t, dirs[i], s.text())
		}
		for name := range states[0].text() {
			clean = merge(t, dirs, merged, name) && clean
		}
		if !clean {
			torn++
			continue
		}
		before, _, ok := draw(t, dirs[0])
		require.True(t, ok)
		var views [3]lock.View
		views[0] = before
		for i := 1; i < 3; i++ {
			data, err := os.ReadFile(filepath.Join(dirs[0], lock.File))
			require.NoError(t, err)
			put(t, dirs[i], map[string]string{lock.File: string(data)})
			views[i], _, ok = draw(t, dirs[i])
			require.True(t, ok)
		}
		clean = merge(t, dirs, merged, lock.File)
		after, notes, ok := draw(t, merged)
		if !ok { // such as a new edge to what the other side removed
			unsound++
			continue
		}
		drawn++
		if !clean {
			marked++
			require.Condition(t, func() bool {
				return slices.ContainsFunc(notes, func(n string) bool { return strings.Contains(n, "both sides are kept") })
			}, "seed %d: %v", seed, notes)
		}
		again, notes, _ := draw(t, merged)
		require.Equal(t, after, again, "seed %d: drawn again", seed)
		require.Empty(t, notes)

		now := map[string]string{} // renames of both sides
		for _, s := range states {
			for _, m := range s.moved {
				now["component."+m[0]] = "component." + m[1]
			}
		}
		place := func(v lock.View, address string) (string, bool) {
			n, ok := v.Node(address)
			if !ok && now[address] != "" {
				n, ok = v.Node(now[address])
			}
			return fmt.Sprint(n.X, " ", n.Y), ok
		}
		for _, n := range before.Nodes {
			old, _ := place(before, n.Address)
			ours, inOurs := place(views[1], n.Address)
			theirs, inTheirs := place(views[2], n.Address)
			here, still := place(after, n.Address)
			if !inOurs || !inTheirs || !still || !shown(states, n.Address, now) {
				continue
			}
			stood++
			if ours != old || theirs != old { // a branch made room
				shifted++
				require.Contains(t, []string{ours, theirs}, here, "seed %d: %s", seed, n.Address)
				continue
			}
			require.Equal(t, old, here, "seed %d: %s moved", seed, n.Address)
		}
		for _, v := range views[1:] {
			for _, n := range v.Nodes {
				if _, old := before.Node(n.Address); old || n.Turn == 0 {
					continue
				}
				was, _ := place(v, n.Address)
				if is, ok := place(after, n.Address); ok {
					added++
					if is != was {
						gaveWay++
					}
				}
			}
		}
		for i, a := range after.Nodes {
			for _, b := range after.Nodes[:i] {
				if a.X < b.X+b.W && b.X < a.X+a.W && a.Y < b.Y+b.H && b.Y < a.Y+a.H {
					t.Errorf("seed %d: %s stands on %s", seed, a.Address, b.Address)
				}
			}
		}
	}
	t.Logf("%d pairs merged in the HCL (%d more could not be, %d gave no sound architecture): in %d git left markers in the lock; "+
		"of %d cards that stood none moved, but %d for which a branch had made room; of %d new ones %d gave way to the other branch's",
		drawn, torn, unsound, marked, stood, shifted, added, gaveWay)
}

// shown reports whether a card of the base is still there in both branches.
func shown(states [3]branch, address string, now map[string]string) bool {
	for _, s := range states {
		if !slices.ContainsFunc(s.parts, func(p part) bool {
			return "component."+p.name == address || "component."+p.name == now[address]
		}) {
			return false
		}
	}
	return true
}
