//go:build drawers

package export

import (
	"html"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/asbuilt/asbuilt/internal/console"
)

// TestD2Draws has D2 itself draw what we write, words of strangers included: the second reader.
func TestD2Draws(t *testing.T) {
	for _, title := range append([]string{"Shop"}, strangers...) {
		file := filepath.Join(t.TempDir(), "shop.d2")
		require.NoError(t, os.WriteFile(file, D2(sample(title)), 0o644))
		drawn := file + ".svg"
		out, err := exec.Command("../../bin/drawers/d2", "--omit-version", "--no-xml-tag", file, drawn).CombinedOutput()
		require.NoError(t, err, "%s\n%s", D2(sample(title)), out)
		svg, err := os.ReadFile(drawn)
		require.NoError(t, err)
		text := strings.Join(strings.Fields(html.UnescapeString(string(svg))), " ")
		require.Contains(t, text, strings.Join(strings.Fields(console.Clean(title)), " "))
	}
}
