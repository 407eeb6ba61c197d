package catalog_test

import (
	"os"
	"os/exec"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// TestThirdPartyNotices holds the table of THIRD_PARTY.md against the modules that the program links.
func TestThirdPartyNotices(t *testing.T) {
	linked := map[string]bool{}
	for _, system := range []string{"linux", "darwin", "windows"} {
		cmd := exec.Command("go", "list", "-deps", "-f", "{{with .Module}}{{if not .Main}}| {{.Path}} | {{.Version}} |{{end}}{{end}}", "../../cmd/asbuilt")
		cmd.Env = append(os.Environ(), "GOOS="+system, "CGO_ENABLED=0")
		out, err := cmd.Output()
		require.NoError(t, err)
		for row := range strings.Lines(string(out)) {
			linked[strings.TrimSpace(row)] = true
		}
	}
	delete(linked, "")
	var want []string
	for row := range linked {
		want = append(want, row)
	}
	slices.Sort(want)
	data, err := os.ReadFile("../../THIRD_PARTY.md")
	require.NoError(t, err)
	got := regexp.MustCompile(`(?m)^\| \S+ \| v[0-9]\S+ \|`).FindAllString(string(data), -1)
	require.Equal(t, want, got)
}
