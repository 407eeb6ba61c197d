//go:build drawers && linux

package main

import (
	"encoding/base64"
	"encoding/json"
	"flag"
	"math"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

var sideBySide = flag.String("side-by-side", "", "folder to keep the pictures of docs/comparison.md in")

// places are where nodes stand.
type places map[string][2]float64

// moved counts the nodes that stand elsewhere afterwards, when the picture is laid over the old one as it fits best.
func (before places) moved(t *testing.T, after places) int {
	t.Helper()
	require.Greater(t, len(before), 15)
	require.Greater(t, len(after), len(before))
	ways, most := map[[2]float64]int{}, 0
	for name, from := range before {
		require.Contains(t, after, name)
		to := after[name]
		way := [2]float64{math.Round(to[0] - from[0]), math.Round(to[1] - from[1])}
		ways[way]++
		most = max(most, ways[way])
	}
	return len(before) - most
}

// The shop's container view in three tools, and what becomes of it when one component is added: what docs/comparison.md
// says in numbers. With -side-by-side the pictures are kept for the eye.
func TestSideBySide(t *testing.T) {
	dir := *sideBySide
	if dir == "" {
		dir = t.TempDir()
	}
	dir, err := filepath.Abs(dir)
	require.NoError(t, err)
	require.NoError(t, os.RemoveAll(dir))
	require.NoError(t, os.CopyFS(filepath.Join(dir, "shop"), os.DirFS("../../examples/shop")))
	program := built(t)

	ours := func() places {
		runTool(t, filepath.Join(dir, "shop"), program, "render", "shop", "--format", "svg,png,pdf", "--force", "-q")
		return foundIn(t, filepath.Join(dir, "shop/docs/architecture/shop.svg"), regexp.MustCompile(`data-address="([^"]+)"[^>]*transform="([^"]*)"`))
	}
	before := ours()
	writeFile(t, filepath.Join(dir, "shop/gifts.arch.hcl"), giftsHCL)
	require.Zero(t, before.moved(t, ours()), "asbuilt")
	t.Logf("asbuilt: 0 of %d nodes moved", len(before))

	for _, engine := range []string{"dagre", "elk"} {
		before := d2Places(t, dir, engine, "")
		moved := before.moved(t, d2Places(t, dir, engine, giftsD2))
		t.Logf("d2 with %s: %d of %d nodes and frames moved", engine, moved, len(before))
		require.Positive(t, moved)
	}
	before = likeC4Places(t, dir, "")
	moved := before.moved(t, likeC4Places(t, dir, giftsC4))
	t.Logf("likec4: %d of %d nodes moved", moved, len(before))
	require.Positive(t, moved)
}

func d2Places(t *testing.T, dir, engine, more string) places {
	t.Helper()
	source := added(t, "shop.d2", "  orders: |md\n", more)
	in, out := filepath.Join(dir, "shop.d2"), filepath.Join(dir, "d2-"+engine+".svg")
	writeFile(t, in, source)
	runTool(t, dir, absolute(t, d2Program), "--layout", engine, in, out)
	found := places{}
	// Shapes have classes that are their names in base64, and a rectangle or a path.
	for name, at := range foundIn(t, out, regexp.MustCompile(`<g class="([A-Za-z0-9+/=]+)(?: [^"]*)?"><g class="shape" ?><(?:rect x="([-\d.]+" y="[-\d.]+)"|path d="(M [-\d.]+ [-\d.]+))`)) {
		readable, err := base64.StdEncoding.DecodeString(name)
		require.NoError(t, err)
		found[string(readable)] = at
	}
	return found
}

func likeC4Places(t *testing.T, dir, more string) places {
	t.Helper()
	folder := filepath.Join(dir, "likec4")
	writeFile(t, filepath.Join(folder, "shop.c4"), added(t, "shop.c4", "    orders = store 'Orders'", more))
	runTool(t, folder, absolute(t, likeC4), "export", "json", "--no-use-dot", "-o", "out.json", ".")
	data, err := os.ReadFile(filepath.Join(folder, "out.json"))
	require.NoError(t, err)
	var out struct {
		Views map[string]struct {
			Nodes []struct {
				ID       string
				X, Y     float64
				Children []string
			}
		}
	}
	require.NoError(t, json.Unmarshal(data, &out))
	found := places{}
	for _, n := range out.Views["shop"].Nodes {
		if len(n.Children) == 0 {
			found[n.ID] = [2]float64{n.X, n.Y}
		}
	}
	return found
}

// added is a source with more text before a line.
func added(t *testing.T, name, before, more string) string {
	t.Helper()
	source, err := os.ReadFile(filepath.Join(drawers, "shop", name))
	require.NoError(t, err)
	require.Equal(t, 1, strings.Count(string(source), before))
	return strings.Replace(string(source), before, more+before, 1)
}

func foundIn(t *testing.T, file string, pattern *regexp.Regexp) places {
	t.Helper()
	data, err := os.ReadFile(file)
	require.NoError(t, err)
	found := places{}
	for _, m := range pattern.FindAllStringSubmatch(string(data), -1) {
		numbers := number.FindAllString(strings.Join(m[2:], " "), 2)
		x, err := strconv.ParseFloat(numbers[0], 64)
		require.NoError(t, err)
		y, err := strconv.ParseFloat(numbers[1], 64)
		require.NoError(t, err)
		found[m[1]] = [2]float64{x, y}
	}
	return found
}

var number = regexp.MustCompile(`-?[\d.]+`)

func runTool(t *testing.T, dir, program string, args ...string) {
	t.Helper()
	cmd := exec.Command(program, args...)
	cmd.Dir = dir
	out, err := cmd.CombinedOutput()
	require.NoError(t, err, "%s", out)
}

func writeFile(t *testing.T, file, text string) {
	t.Helper()
	require.NoError(t, os.MkdirAll(filepath.Dir(file), 0o755))
	require.NoError(t, os.WriteFile(file, []byte(text), 0o644))
}

// One component more, which hears what happened.
const (
	giftsHCL = `component "gifts" {
  in          = system.shop
  title       = "Gift wrap"
  description = "Wraps what is a present"
  technology  = "Go"
  uses {
    to     = queue.shop_events
    label  = "hears orders"
    status = "planned"
    async  = true
  }
}
`
	giftsD2 = `  gifts: |md
    **Gift wrap**

    Component · Go

    Wraps what is a present
  | { class: component }
  gifts -> events: "hears orders" { class: async }
`
	giftsC4 = `    gifts = component 'Gift wrap' {
      technology 'Go'
      description 'Wraps what is a present'
      -[async]-> events 'hears orders'
    }
`
)
