package main

import (
	"bytes"
	"context"
	"io"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"go.yaml.in/yaml/v4"

	"github.com/asbuilt/asbuilt/internal/cli"
	"github.com/asbuilt/asbuilt/internal/git/gittest"
)

const ciFolder = "../../examples/ci/"

func ciFile(t *testing.T, name string) string {
	t.Helper()
	data, err := os.ReadFile(ciFolder + name)
	require.NoError(t, err)
	return string(data)
}

// strict reads a YAML file whose every key must be known.
func strict(t *testing.T, text string, into any) {
	t.Helper()
	require.NoError(t, yaml.Load([]byte(text), into, yaml.WithKnownFields()))
}

// What the files run, and the reports that they then speak of.
var (
	ciCommand = regexp.MustCompile(`asbuilt (check --[^'"\n#]*)`)
	ciReport  = regexp.MustCompile(`\b(?:asbuilt|gl-code-quality-report)\.(?:sarif|md|xml|json)\b`)
)

// TestCommandsOfTheExamplesForCI runs every command line of examples/ci on a project that has drifted: it fails as a
// gate should, and writes the reports that the steps after it take.
func TestCommandsOfTheExamplesForCI(t *testing.T) {
	for _, name := range []string{"github-actions.yml", "gitlab-ci.yml", "Jenkinsfile"} {
		t.Run(name, func(t *testing.T) {
			text := ciFile(t, name)
			commands := ciCommand.FindAllStringSubmatch(text, -1)
			dir := drifted(t)
			gittest.Init(t, dir)
			gittest.Run(t, dir, "commit", "--quiet", "--allow-empty", "--message=before")
			gittest.Commit(t, dir)
			require.NotEmpty(t, commands)
			for _, c := range commands {
				require.Equal(t, cli.StatusFindings, runIn(dir, strings.Fields(c[1])...), c[1])
			}
			reports := ciReport.FindAllString(text, -1)
			require.NotEmpty(t, reports)
			for _, report := range reports {
				data, err := os.ReadFile(filepath.Join(dir, report))
				require.NoError(t, err, "%s speaks of %s", name, report)
				require.Contains(t, string(data), "code/undeclared")
			}
		})
	}
}

func drifted(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	for name, text := range map[string]string{
		"go.mod": "module example.com/m\n\ngo 1.26\n", "a/a.go": "package a\n\nimport _ \"example.com/m/b\"\n", "b/b.go": "package b\n",
		"m.arch.hcl": "component \"a\" {\n  code { go = [\"./a\"] }\n}\n\ncomponent \"b\" {\n  code { go = [\"./b\"] }\n}\n",
	} {
		require.NoError(t, os.MkdirAll(filepath.Dir(filepath.Join(dir, name)), 0o755))
		require.NoError(t, os.WriteFile(filepath.Join(dir, name), []byte(text), 0o644))
	}
	return dir
}

func runIn(dir string, args ...string) int {
	var out bytes.Buffer
	return cli.Run(context.Background(), cli.System{
		Args: args, Stdin: strings.NewReader(""), Stdout: &out, Stderr: &out,
		Getenv:     func(string) string { return "" },
		Dir:        func() (string, error) { return dir, nil },
		Now:        func() time.Time { return time.Date(2026, time.June, 1, 0, 0, 0, 0, time.UTC) },
		Executable: os.Executable,
		Terminal:   func(io.Writer) bool { return false },
	})
}

// TestGitHubExample: a stranger's pull request gets no right to write. The syntax is actionlint's to judge (make lint).
func TestGitHubExample(t *testing.T) {
	var workflow struct {
		Name        string
		On          map[string]any
		Permissions map[string]string
		Jobs        map[string]struct {
			Needs, If      string
			RunsOn         string `yaml:"runs-on"`
			TimeoutMinutes int    `yaml:"timeout-minutes"`
			Permissions    map[string]string
			Steps          []struct {
				Name, Uses, Run, If string
				With                map[string]string
			}
		}
	}
	strict(t, ciFile(t, "github-actions.yml"), &workflow)
	require.Contains(t, workflow.On, "pull_request")
	require.NotContains(t, workflow.On, "pull_request_target")
	require.Equal(t, map[string]string{"contents": "read"}, workflow.Permissions)
	for name, job := range workflow.Jobs {
		writes := slices.Contains(slices.Collect(maps.Values(job.Permissions)), "write")
		require.Equal(t, name == "code-scanning", writes, name)
		for _, step := range job.Steps {
			require.False(t, writes && strings.Contains(step.Run, "asbuilt check"), "the job that writes looks at the report alone")
			require.NotContains(t, step.Run, "${{", "no word of an event in a shell")
			if strings.HasPrefix(step.Uses, "actions/checkout@") {
				require.Equal(t, "false", step.With["persist-credentials"])
			}
		}
	}
	require.Contains(t, workflow.Jobs["code-scanning"].If, "head.repo.full_name == github.repository")
}

func TestGitLabExample(t *testing.T) {
	var file struct {
		Architecture struct {
			Stage, Image string
			Rules        []struct{ If string }
			BeforeScript []string `yaml:"before_script"`
			Script       []string
			Artifacts    struct {
				When     string
				ExpireIn string `yaml:"expire_in"`
				Reports  struct{ Codequality, Junit string }
			}
		}
	}
	strict(t, ciFile(t, "gitlab-ci.yml"), &file)
	require.Equal(t, "always", file.Architecture.Artifacts.When, "reports of a check that failed")
	require.NotEmpty(t, file.Architecture.Artifacts.Reports.Codequality)
	require.NotEmpty(t, file.Architecture.Artifacts.Reports.Junit)
}

func TestJenkinsExample(t *testing.T) {
	text := ciFile(t, "Jenkinsfile")
	require.Equal(t, strings.Count(text, "{"), strings.Count(text, "}"))
	require.Regexp(t, `(?s)^// .*\npipeline \{.*always \{.*junit testResults: 'asbuilt.xml'.*recordIssues enabledForFailure: true`, text)
}

// TestPreCommitHooks: the sample names hooks that there are, and their commands work.
func TestPreCommitHooks(t *testing.T) {
	type hook struct {
		ID, Name, Description, Entry, Language, Files string
		PassFilenames                                 bool `yaml:"pass_filenames"`
		RequireSerial                                 bool `yaml:"require_serial"`
	}
	data, err := os.ReadFile("../../.pre-commit-hooks.yaml")
	require.NoError(t, err)
	var hooks []hook
	strict(t, string(data), &hooks)
	var ids []string
	for _, h := range hooks {
		ids = append(ids, h.ID)
		args := strings.Fields(h.Entry)
		require.Equal(t, "asbuilt", args[0])
		require.NotEqual(t, cli.StatusNoAnswer, runIn(drifted(t), args[1:]...), h.Entry)
		require.True(t, regexp.MustCompile(h.Files).MatchString("architecture/shop.arch.hcl"))
		require.Equal(t, "golang", h.Language)
		require.False(t, h.PassFilenames, "asbuilt reads the whole architecture")
	}
	var sample struct {
		Repos []struct {
			Repo, Rev string
			Hooks     []struct{ ID string }
		}
	}
	strict(t, ciFile(t, "pre-commit-config.yaml"), &sample)
	require.NotEmpty(t, sample.Repos[0].Hooks)
	for _, h := range sample.Repos[0].Hooks {
		require.Contains(t, ids, h.ID)
	}
}
