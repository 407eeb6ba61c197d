//go:build unix

// Package hostile runs the program on trees that a stranger wrote to hang it, crash it, make it lie or make it leak.
package hostile

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/asbuilt/asbuilt/internal/cli"
)

// Canaries: what stands outside the project, and in the environment. No output may hold them.
const (
	canaryOutside = "canary-outside-51c7"
	canaryEnv     = "canary-env-51c7"
)

// deadline bounds one case; a case that hangs fails.
const deadline = 20 * time.Second

// attack is a tree and what the program must say of it.
type attack struct {
	name   string
	files  map[string]string
	setup  func(t *testing.T, dir string) // what a map of files cannot say
	args   []string                       // default: check
	status int
	says   string // part of stdout or stderr
}

const goMod = "module example.com/m\n\ngo 1.26\n"

const plainArch = "component \"a\" {\n  code { go = [\"./...\"] }\n}\n"

func TestCorpus(t *testing.T) {
	t.Setenv("AWS_SECRET_ACCESS_KEY", canaryEnv)
	t.Setenv("GOFLAGS", "-tags="+canaryEnv)
	var all []attack
	for _, group := range [][]attack{nesting(), evaluation(), malformed(), trees(), paths(), names(), outputs(), locks()} {
		all = append(all, group...)
	}
	require.GreaterOrEqual(t, len(all), 120, "the corpus")
	for _, a := range all {
		t.Run(a.name, func(t *testing.T) { a.run(t) })
	}
}

// controls is what must never reach a terminal.
var controls = regexp.MustCompile(`[\x00-\x08\x0b-\x1f\x7f\x{80}-\x{9f}\x{200e}\x{200f}\x{202a}-\x{202e}\x{2066}-\x{2069}]`)

// annotation is the only workflow command there is, in the format that asks for it.
var annotation = regexp.MustCompile(`^::(error|warning) file=[^:,]*(,[a-zA-Z]+=[0-9]+)*,title=(error|warning)\[[a-z/]+\]::[^\r]*\n$`)

func (a attack) run(t *testing.T) {
	base := t.TempDir()
	dir := filepath.Join(base, "project")
	require.NoError(t, os.Mkdir(dir, 0o755))
	require.NoError(t, os.WriteFile(filepath.Join(base, "secret.go"), []byte("package secret // "+canaryOutside), 0o644))
	require.NoError(t, os.WriteFile(filepath.Join(base, "secret.arch.hcl"), []byte("# "+canaryOutside), 0o644))
	for name, text := range a.files {
		p := filepath.Join(dir, filepath.FromSlash(name))
		require.NoError(t, os.MkdirAll(filepath.Dir(p), 0o755))
		require.NoError(t, os.WriteFile(p, []byte(text), 0o644))
	}
	if a.setup != nil {
		a.setup(t, dir)
	}
	before := listing(t, base)

	args := a.args
	if args == nil {
		args = []string{"check"}
	}
	var stdout, stderr bytes.Buffer
	done := make(chan int, 1)
	go func() {
		done <- cli.Run(context.Background(), cli.System{
			Args: args, Stdin: strings.NewReader(""), Stdout: &stdout, Stderr: &stderr,
			Getenv:     func(string) string { return "" },
			Dir:        func() (string, error) { return dir, nil },
			Now:        func() time.Time { return time.Date(2026, 6, 1, 0, 0, 0, 0, time.UTC) },
			Executable: os.Executable, Terminal: func(io.Writer) bool { return false },
		})
	}()
	var status int
	select {
	case status = <-done:
	case <-time.After(deadline):
		t.Fatal("the program hangs")
	}
	out := stdout.String() + stderr.String()
	require.Equal(t, a.status, status, "%s", clip(out))
	require.Contains(t, out, a.says)
	require.NotContains(t, out, canaryOutside)
	require.NotContains(t, out, canaryEnv)
	require.NotContains(t, out, base, "no machine path is printed")
	require.False(t, controls.MatchString(out), "a control character in %q", clip(out))
	for line := range strings.Lines(out) {
		require.True(t, !strings.HasPrefix(strings.TrimSpace(line), "::") || annotation.MatchString(line) && slices.Contains(args, "github"),
			"a workflow command: %q", line)
	}
	require.NotContains(t, out, "internal error")
	if args[0] == "check" || args[0] == "validate" {
		require.Equal(t, before, listing(t, base), "nothing is written")
	}
}

func clip(s string) string { return s[:min(len(s), 2000)] }

// listing names all files below a folder.
func listing(t *testing.T, base string) []string {
	t.Helper()
	var out []string
	require.NoError(t, filepath.WalkDir(base, func(p string, _ os.DirEntry, err error) error {
		out = append(out, p)
		return err
	}))
	return out
}

// hcl is an attack by the text of the architecture alone.
func hcl(name, text, says string) attack {
	return attack{name: name, files: map[string]string{"m.arch.hcl": text, "go.mod": goMod, "a.go": "package a\n"}, status: 2, says: says}
}

// nesting would overflow the parser's stack: no recover can catch that.
func nesting() []attack {
	var out []attack
	for _, n := range []int{300, 20_000} {
		for name, p := range map[string][3]string{
			"paren":       {"(", "1", ")"},
			"bracket":     {"[", "1", "]"},
			"brace":       {"{a=", "1", "}"},
			"not":         {"!", "true", ""},
			"minus":       {"-", "1", ""},
			"not-space":   {"! ", "true", ""},
			"ternary":     {"true ? ", "1", " : 2"},
			"ternary-not": {"true ? 1 : ", "1", ""},
			"template":    {`"${`, "1", `}"`},
			"if":          {`"%{ if true }${`, "1", `}%{ endif }"`},
			"call":        {"upper(", `"a"`, ")"},
			"for":         {"[for x in ", "[1]", ": x]"},
			"index":       {"a[", "0", "]"},
			"comment":     {"(/* ) */", "1", ")"},
			"string":      {`("(" == `, "1", ")"},
			"splat":       {"", "a", "[*]"},
			"attr":        {"", "a", ".b"},
			"plus":        {strings.Repeat("1 + ", 10), "1", ""},
			"and":         {strings.Repeat("true && ", 10), "true", ""},
		} {
			text := "locals {\n  x = " + strings.Repeat(p[0], n) + p[1] + strings.Repeat(p[2], n) + "\n}\n"
			out = append(out, hcl(fmt.Sprintf("nesting/%s-%d", name, n), text, "m.arch.hcl"))
		}
		out = append(out,
			hcl(fmt.Sprintf("nesting/block-%d", n), strings.Repeat("a {\n", n)+strings.Repeat("}\n", n), "m.arch.hcl"),
			hcl(fmt.Sprintf("nesting/heredoc-%d", n), "locals {\n  x = "+strings.Repeat("\"${<<A\n", n)+"\n}\n", "m.arch.hcl"),
			hcl(fmt.Sprintf("nesting/unclosed-%d", n), "locals {\n  x = "+strings.Repeat("([{", n), "m.arch.hcl"))
	}
	return out
}

// evaluation would take seconds or gigabytes.
func evaluation() []attack {
	wide := "[" + strings.Repeat("1,", 1000) + "]"
	doubling := "locals {\n  a0 = \"xxxxxxxxxxxxxxxx\"\n"
	lists := "locals {\n  l0 = [1, 2, 3, 4]\n"
	for i := range 40 {
		doubling += fmt.Sprintf("  a%d = \"${local.a%d}${local.a%d}\"\n", i+1, i, i)
		lists += fmt.Sprintf("  l%d = concat(local.l%d, local.l%d)\n", i+1, i, i)
	}
	var out []attack
	for name, expression := range map[string]string{
		"for":          "[for a in " + wide + ": [for b in " + wide + ": [for c in " + wide + ": c]]]",
		"for-four":     "[for a in [1]: [for b in [1]: [for c in [1]: [for d in [1]: d]]]]",
		"exponent":     `"${1e9999999}"`,
		"digits":       strings.Repeat("9", 5000),
		"format":       `format("%999999999d", 1)`,
		"format-prec":  `format("%.999999999f", 1.5)`,
		"range":        "range(100000000)",
		"range-step":   "range(0, 1, 0.0000001)",
		"setproduct":   "setproduct(range(1000), range(1000), range(1000))",
		"pow":          "pow(10, 1000000000)",
		"timestamp":    "timestamp()",
		"file":         `file("../secret.go")`,
		"fileexists":   `fileexists("../secret.go")`,
		"templatefile": `templatefile("../secret.go", {})`,
		"pathexpand":   `pathexpand("~")`,
		"uuid":         "uuid()",
		"env":          `env("HOME")`,
		"no-function":  "system(\"id\")",
	} {
		out = append(out, hcl("evaluation/"+name, "locals {\n  x = "+expression+"\n}\n", "m.arch.hcl"))
	}
	out = append(out,
		hcl("evaluation/doubling-strings", doubling+"}\n", "m.arch.hcl"),
		hcl("evaluation/doubling-lists", lists+"}\n", "m.arch.hcl"),
		hcl("evaluation/local-circle", "locals {\n  a = local.b\n  b = local.a\n}\n", "local."),
		hcl("evaluation/for-each-wide", "component \"a\" {\n  for_each = toset([for i in range(200000): tostring(i)])\n}\n", "m.arch.hcl"),
		hcl("evaluation/variable-circle", "variable \"a\" {\n  type = string\n  default = var.a\n}\n", "m.arch.hcl"))
	return out
}

// malformed is text that is no HCL, or no text.
func malformed() []attack {
	var out []attack
	for name, text := range map[string]string{
		"nul": "component \"a\" {\x00}\n", "utf8": "component \"\xff\" {}\n", "bom-middle": "component \ufeff\"a\" {}\n",
		"cut": "component \"a\" {", "quote": "component \"a {}\n", "heredoc": "locals {\n x = <<EOT\n", "binary": "\x7fELF\x01\x02",
		"equals": "a = = b\n", "top-attr": "a = 1\n", "bad-escape": "component \"\\q\" {}\n", "later": "rule \"x\" {}\n",
		"cr-only": "component \"a\" {\r}\rcomponent \"b\" {\r", "escape-name": "component \"a\x1b[31m\" {}\n",
		"dup": "component \"a\" {}\ncomponent \"a\" {}\n", "self-in": "component \"a\" {\n in = component.a\n}\n",
	} {
		out = append(out, hcl("malformed/"+name, text, "m.arch.hcl"))
	}
	out = append(out, hcl("malformed/large", strings.Repeat("# comment\n", 200_000), "m.arch.hcl"),
		hcl("malformed/many-tokens", "locals {\n x = ["+strings.Repeat("1,", 200_000)+"]\n}\n", "m.arch.hcl"))
	return out
}

func link(target, name string) func(*testing.T, string) {
	return func(t *testing.T, dir string) {
		p := filepath.Join(dir, filepath.FromSlash(name))
		require.NoError(t, os.MkdirAll(filepath.Dir(p), 0o755))
		require.NoError(t, os.Symlink(target, p))
	}
}

func fifo(name string) func(*testing.T, string) {
	return func(t *testing.T, dir string) {
		p := filepath.Join(dir, filepath.FromSlash(name))
		require.NoError(t, os.MkdirAll(filepath.Dir(p), 0o755))
		require.NoError(t, syscall.Mkfifo(p, 0o644))
	}
}

// trees hide a source or put something else in its place.
func trees() []attack {
	base := map[string]string{"m.arch.hcl": plainArch, "go.mod": goMod, "a/a.go": "package a\n"}
	with := func(more map[string]string) map[string]string {
		out := map[string]string{}
		for _, m := range []map[string]string{base, more} {
			for k, v := range m {
				out[k] = v
			}
		}
		return out
	}
	return []attack{
		{name: "trees/go-fifo", files: base, setup: fifo("a/b.go"), status: 2, says: "gate/blind"},
		{name: "trees/go-link-outside", files: base, setup: link("../../secret.go", "a/b.go"), status: 2, says: "gate/blind"},
		{name: "trees/go-link-absolute", files: base, setup: link("/etc/passwd", "a/b.go"), status: 2, says: "gate/blind"},
		{name: "trees/go-link-device", files: base, setup: link("/dev/zero", "a/b.go"), status: 2, says: "gate/blind"},
		{name: "trees/go-link-loop", files: base, setup: link("b.go", "a/b.go"), status: 2, says: "gate/blind"},
		{name: "trees/go-link-nowhere", files: base, setup: link("gone", "a/b.go"), status: 2, says: "gate/blind"},
		{name: "trees/go-link-fifo", files: base, setup: func(t *testing.T, dir string) { fifo("f")(t, dir); link("../f", "a/b.go")(t, dir) }, status: 2, says: "gate/blind"},
		{name: "trees/go-link-inside", files: with(map[string]string{"real.txt": "package a\n"}), setup: link("../real.txt", "a/b.go"), status: 0},
		{name: "trees/go-syntax", files: with(map[string]string{"a/b.go": "package a\nimport \"x"}), status: 2, says: "a/b.go:2"},
		{name: "trees/go-empty", files: with(map[string]string{"a/b.go": ""}), status: 2, says: "gate/blind"},
		{name: "trees/go-binary", files: with(map[string]string{"a/b.go": "\x00\x01\x02"}), status: 2, says: "gate/blind"},
		{name: "trees/gomod-broken", files: with(map[string]string{"n/go.mod": "modul x", "n/a.go": "package n\n"}), status: 2, says: "gate/blind"},
		{name: "trees/gomod-fifo", files: with(map[string]string{"n/a.go": "package n\n"}), setup: fifo("n/go.mod"), status: 2, says: "gate/blind"},
		{name: "trees/gomod-link-outside", files: with(map[string]string{"n/a.go": "package n\n"}), setup: link("../../secret.go", "n/go.mod"), status: 2, says: "gate/blind"},
		{name: "trees/gowork-broken", files: with(map[string]string{"go.work": "nonsense ("}), status: 2, says: "gate/blind"},
		{name: "trees/import-gone", files: with(map[string]string{"a/b.go": "package a\nimport _ \"example.com/m/gone\"\n"}), status: 2, says: "gate/blind"},
		{name: "trees/arch-fifo", files: base, setup: fifo("z.arch.hcl"), status: 2, says: "gate/blind"},
		{name: "trees/arch-link-outside", files: base, setup: link("../secret.arch.hcl", "z.arch.hcl"), status: 2, says: "gate/blind"},
		{name: "trees/arch-folder", files: with(map[string]string{"z.arch.hcl/x": ""}), status: 2, says: "gate/blind"},
		{name: "trees/arch-device", files: base, setup: link("/dev/zero", "z.arch.hcl"), status: 2, says: "gate/blind"},
		{name: "trees/gitignore-hides-nothing", files: with(map[string]string{
			".gitignore": "*.go\n", "m.arch.hcl": "component \"a\" {\n code { go = [\"./a\"] }\n}\ncomponent \"b\" {\n code { go = [\"./b\"] }\n}\n",
			"a/x.go": "package a\nimport _ \"example.com/m/b\"\n", "b/b.go": "package b\n",
		}), status: 1, says: "code/undeclared"},
		{name: "trees/hidden-folder-launders-nothing", files: with(map[string]string{
			"m.arch.hcl": "component \"a\" {\n code { go = [\"./a\"] }\n}\ncomponent \"b\" {\n code { go = [\"./b\"] }\n}\n",
			"a/x.go":     "package a\nimport _ \"example.com/m/.h\"\n", ".h/h.go": "package h\nimport _ \"example.com/m/b\"\n", "b/b.go": "package b\n",
		}), status: 1, says: "code/undeclared"},
		{name: "trees/vendor-name", files: with(map[string]string{"a/b_plan9.go": "package a\nimport \"\"\n"}), status: 2, says: "gate/blind"},
	}
}

// paths lead the output outside the project.
func paths() []attack {
	var out []attack
	for name, dir := range map[string]string{
		"parent": "../out", "absolute": "/tmp/asbuilt-out", "deep": "docs/../../out", "nul": `a\u0000b`, "home": "~/x/../../..",
		"backslash": `..\\out`, "empty-version": "docs/../..", "drive": "C:/../../..",
	} {
		out = append(out, attack{
			name: "paths/out-" + name,
			files: map[string]string{
				"go.mod": goMod, "a.go": "package a\n",
				"m.arch.hcl": "architecture \"m\" {\n  out = \"" + dir + "\"\n}\n" + plainArch + "view \"landscape\" \"v\" {\n include = components()\n}\n",
			},
			args: []string{"render", "--format", "json"}, status: 2, says: "m.arch.hcl",
		})
	}
	for name, view := range map[string]string{"slash": "../v", "dots": "..", "abs": "/etc/x", "space": "a b", "ctl": `a\u001bb`, "bidi": `a\u202eb`, "long": strings.Repeat("v", 300)} {
		out = append(out, attack{
			name: "paths/view-" + name,
			files: map[string]string{
				"go.mod": goMod, "a.go": "package a\n",
				"m.arch.hcl": plainArch + "view \"landscape\" \"" + view + "\" {\n include = components()\n}\n",
			},
			args: []string{"render", "--format", "json"}, status: 2, says: "m.arch.hcl",
		})
	}
	for name, file := range map[string]string{"link": "docs/a.json", "itself": "a.json"} {
		out = append(out, attack{
			name:  "paths/report-" + name,
			files: map[string]string{"go.mod": goMod, "a.go": "package a\n", "m.arch.hcl": plainArch},
			setup: func(t *testing.T, dir string) {
				link("..", "docs")(t, dir)
				link("../secret.go", "a.json")(t, dir)
			},
			args: []string{"check", "--output", "json=" + file}, status: 2, says: "--output " + file,
		})
	}
	return append(out, attack{
		name:  "paths/out-link",
		files: map[string]string{"go.mod": goMod, "a.go": "package a\n", "m.arch.hcl": plainArch + "view \"landscape\" \"v\" {\n include = components()\n}\n"},
		setup: link("../..", "docs"), args: []string{"render", "--format", "json"}, status: 2, says: "m.arch.hcl: docs/architecture cannot be the folder of the pictures: it leads out of the project",
	})
}

// names are file and folder names that a terminal or a CI log would act on.
func names() []attack {
	var out []attack
	for name, folder := range map[string]string{
		"workflow": "\r::stop-commands::x", "newline": "a\n::error::b", "escape": "\x1b[31mred", "bidi": "a\u202eb", "utf8": "bad\xff", "hash": "##[error]x",
	} {
		for _, format := range []string{"text", "json", "sarif", "github", "gitlab", "junit", "markdown"} {
			out = append(out, attack{
				name:   "names/" + format + "-" + name,
				files:  map[string]string{"go.mod": goMod, "m.arch.hcl": "component \"a\" {\n  code { go = [\"./a\"] }\n}\n", "a/a.go": "package a\n", folder + "/x.go": "package x\nimport \"\n"},
				args:   []string{"check", "--format", format},
				status: 2, says: "gate/blind",
			})
		}
	}
	return out
}

// outputs hold labels that a terminal, a CI log or a diagram would act on.
func outputs() []attack {
	var out []attack
	for name, title := range map[string]string{
		"workflow": `::error::x`, "newline": `a\n::error::b`, "escape": `\u001b[2J`, "bidi": `\u202etxt.exe`, "script": `<script>alert(1)</script>`, "c1": `\u009b31m`,
	} {
		status, says := 0, ""
		switch name {
		case "newline", "escape", "c1": // the language takes no control character in a title
			status, says = 2, "m.arch.hcl:2"
		}
		for _, args := range [][]string{{"show"}, {"show", "--format", "json"}, {"render", "--format", "md,dot,mermaid,d2,plantuml,json", "--out", "-"}} {
			out = append(out, attack{
				name: "outputs/" + name + "-" + strings.Join(args, "-"),
				files: map[string]string{
					"go.mod": goMod, "a.go": "package a\n",
					"m.arch.hcl": "component \"a\" {\n  title = \"" + title + "\"\n  code { go = [\"./...\"] }\n}\nview \"landscape\" \"v\" {\n  include = components()\n}\n",
				},
				args: args, status: status, says: says,
			})
		}
	}
	return out
}
