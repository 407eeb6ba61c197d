package config

import (
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/txtar"
	"github.com/stretchr/testify/require"

	"github.com/asbuilt/asbuilt/internal/cases"
	"github.com/asbuilt/asbuilt/pkg/arch"
	"github.com/asbuilt/asbuilt/pkg/finding"
)

var update = flag.Bool("update", false, "rewrite what the tests compare with")

// TestLoad runs the cases of testdata: *.arch.hcl files, `options` as JSON, and what must come of them in
// `findings` and, where a case is about the model, in `model`.
func TestLoad(t *testing.T) {
	cases.Run(t, "testdata/*.txtar", runCase)
}

func runCase(t *testing.T, name string, archive *txtar.Archive) {
	var files []File
	var o Options
	for _, f := range archive.Files {
		switch {
		case strings.HasSuffix(f.Name, ".arch.hcl"):
			files = append(files, File{f.Name, f.Data})
		case f.Name == "options":
			require.NoError(t, json.Unmarshal(f.Data, &o))
		}
	}
	require.NotEmpty(t, files)
	model, findings := Load(files, o)
	got := map[string]string{"findings": printFindings(findings), "model": printModel(t, model)}
	for i := range archive.Files {
		f := &archive.Files[i]
		want, ok := got[f.Name]
		if !ok {
			continue
		}
		if *update {
			f.Data = []byte(want)
			continue
		}
		require.Equal(t, string(f.Data), want, "in %s", f.Name)
	}
	if *update {
		require.NoError(t, os.WriteFile(name, txtar.Format(archive), 0o644))
	}
}

func printFindings(findings []finding.Finding) string {
	var b strings.Builder
	for _, f := range findings {
		fmt.Fprintf(&b, "%s: %s: %s\n", f.At, f.Rule, f.Message)
		if f.Fix != nil {
			fmt.Fprintf(&b, "\tfix: %s\n", f.Fix.Message)
		}
		for _, r := range f.Related {
			fmt.Fprintf(&b, "\t%s: %s\n", r.At, r.Message)
		}
	}
	return b.String()
}

func printModel(t require.TestingT, m *arch.Model) string {
	if m == nil {
		return "none\n"
	}
	data, err := json.MarshalIndent(m, "", "  ")
	require.NoError(t, err)
	return string(data) + "\n"
}

// More findings than anybody reads end in a count, and what stopped everything is among them.
func TestManyFindings(t *testing.T) {
	text := func(n int) []File {
		return []File{{"a.arch.hcl", []byte(strings.Repeat("x {}\n", n))}}
	}
	_, findings := Load(text(maxFindings), Options{})
	require.Len(t, findings, maxFindings)
	for n, want := range map[int]string{
		maxFindings + 1:  "and 1 more mistakes",
		maxCounted - 1:   "and 899 more mistakes",
		maxCounted + 500: "and more than 899 others",
	} {
		m, findings := Load(text(n), Options{})
		require.NotNil(t, m)
		require.Len(t, findings, maxFindings+1)
		last := findings[maxFindings]
		if last.Rule != ruleMore { // it stands at the place of the last one that is said
			last = findings[maxFindings-1]
		}
		require.Equal(t, ruleMore, last.Rule)
		require.Equal(t, want, last.Message)
		require.Equal(t, findings[maxFindings].At, last.At)
	}
}
