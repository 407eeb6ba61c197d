package cli

import (
	"bytes"
	"io"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/spf13/cobra"
	"github.com/stretchr/testify/require"
)

// run runs one command line with an environment of its own.
func run(t *testing.T, env map[string]string, args ...string) (status int, stdout, stderr string) {
	t.Helper()
	var out, err bytes.Buffer
	dir := t.TempDir()
	status = Run(t.Context(), System{
		Args: args, Stdin: strings.NewReader(""), Stdout: &out, Stderr: &err,
		Getenv: func(name string) string { return env[name] }, Dir: func() (string, error) { return dir, nil },
		Now: func() time.Time { return time.Unix(0, 0) }, Terminal: func(io.Writer) bool { return false },
	})
	return status, out.String(), err.String()
}

// Every help begins with an example, is on standard output and fits 80 columns.
func TestHelp(t *testing.T) {
	var all [][]string
	var collect func(path []string, c *cobra.Command)
	collect = func(path []string, c *cobra.Command) {
		all = append(all, path)
		for _, sub := range c.Commands() {
			if !sub.Hidden {
				collect(append(append([]string{}, path...), sub.Name()), sub)
			}
		}
	}
	a := &app{}
	collect(nil, a.root())
	require.Greater(t, len(all), 10)
	for _, path := range all {
		status, out, err := run(t, nil, append(path, "--help")...)
		require.Zero(t, status)
		require.Empty(t, err)
		require.Contains(t, strings.SplitN(out, "\n", 2)[0], "asbuilt", "%v", path)
		require.True(t, strings.HasPrefix(out, "  "), "%v begins with an example", path)
		for line := range strings.Lines(out) {
			require.LessOrEqual(t, utf8.RuneCountInString(strings.TrimRight(line, "\n")), helpWidth, "%v: %s", path, line)
		}
	}
}

// A flag is worth more than the environment; the environment is worth more than a default.
func TestEnvironment(t *testing.T) {
	for _, c := range []struct {
		env  map[string]string
		args []string
		says string
	}{
		{map[string]string{"ASBUILT_COLOR": "x"}, []string{"version"}, "--color=x"},
		{map[string]string{"ASBUILT_COLOR": "x"}, []string{"version", "--color", "never"}, ""},
		{map[string]string{"ASBUILT_FAIL_ON": "x"}, []string{"check"}, "--fail-on=x"},
		{map[string]string{"ASBUILT_FAIL_ON": "x"}, []string{"version"}, ""},
		{map[string]string{"ASBUILT_JOBS": "many"}, []string{"version"}, `ASBUILT_JOBS="many" is no value of --jobs`},
		{map[string]string{"ASBUILT_JOBS": "-1"}, []string{"version"}, "--jobs=-1"},
		{map[string]string{"ASBUILT_JOBS": "-1"}, []string{"--jobs", "0", "version"}, ""},
		{map[string]string{"ASBUILT_QUIET": "perhaps"}, []string{"version"}, "ASBUILT_QUIET"},
		{map[string]string{"ASBUILT_FORCE": "x", "ASBUILT_FORMAT": "x"}, []string{"version"}, ""},
	} {
		status, out, err := run(t, c.env, c.args...)
		if c.says == "" {
			require.Zero(t, status, err)
			require.NotEmpty(t, out)
			continue
		}
		require.Equal(t, StatusNoAnswer, status)
		require.Contains(t, err, c.says)
	}
}

// The manual knows every command and every flag.
func TestManual(t *testing.T) {
	status, out, _ := run(t, nil, "man")
	require.Zero(t, status)
	a := &app{}
	for _, c := range a.root().Commands() {
		if !c.Hidden && c.Name() != "help" {
			require.Contains(t, out, "\n.SS \"asbuilt "+c.Name(), c.Name())
		}
	}
	for _, f := range []string{`\-\-fail\-on`, `\-\-jobs`, `\-C, \-\-chdir`, "ASBUILT_FAIL_ON", ".SH \"EXIT STATUS\""} {
		require.Contains(t, out, f)
	}
	require.NotContains(t, out, `layout\-worker`)
}
