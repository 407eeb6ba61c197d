package export

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/extension"

	"github.com/asbuilt/asbuilt/internal/console"
	"github.com/asbuilt/asbuilt/internal/markup"
	"github.com/asbuilt/asbuilt/pkg/diagram"
)

// strangers are words that some drawing language takes for more.
var strangers = []string{
	`a "b" 'c' \n \d`, "${HOME} {{7*7}} {process.env.HOME} %date% $x !include x", "x | y | --- |", "-- -> a: {shape: x}; # no",
	"<script>alert(1)</script> & &lt; &#34;", "[a](javascript:x) ![b](c) @user #1 www.a.b http://a.b a@b.c", "**b** __i__ //u// ~~s~~ `c` ~",
	"end\n@enduml\n}", "日本語 🙂 עברית", "1. one", "- item", `\`, `"`, "$",
}

func FuzzWords(f *testing.F) {
	for _, s := range strangers {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, title string) {
		if console.Clean(title) == "" {
			return
		}
		d := sample(title)
		for _, language := range []struct {
			name  string
			write func(*diagram.Diagram) []byte
			word  *regexp.Regexp // a word of a stranger, and where it stands
			text  func(string) string
		}{
			{"plantuml", PlantUML, regexp.MustCompile(`"[^"\n]*"|(?m)^title .*$`), markup.PlantUML},
			{"d2", D2, regexp.MustCompile(`"(?:[^"\\\n]|\\.)*"`), nil},
		} {
			want := language.word.ReplaceAllString(strings.SplitN(string(language.write(sample("Shop"))), "\n", 2)[1], "…")
			got := language.word.ReplaceAllString(strings.SplitN(string(language.write(d)), "\n", 2)[1], "…")
			require.Equal(t, want, got, "%s: all but the words", language.name)
		}
		require.Equal(t, console.Clean(title), unreferred(markup.PlantUML(title), `<U\+([0-9A-F]+)>`, 16))
		require.Equal(t, console.Clean(title), unreferred(markup.Markdown(title), `&#([0-9]+);`, 10))
		require.Equal(t, console.Clean(title), strings.NewReplacer(`\\`, `\`, `\"`, `"`, `\$`, "$").Replace(strings.Trim(markup.D2Label("x"+title+"x"), `"`))[1:len(console.Clean("x"+title+"x"))-1])
	})
}

// unreferred reads references to characters.
func unreferred(s, reference string, base int) string {
	pattern := regexp.MustCompile(reference)
	return pattern.ReplaceAllStringFunc(s, func(r string) string {
		n, _ := strconv.ParseInt(pattern.FindStringSubmatch(r)[1], base, 32)
		return string(rune(n))
	})
}

// The tables are tables for a reader of Markdown, with the words in their cells and nothing made of them.
func TestMarkdownIsTables(t *testing.T) {
	md := goldmark.New(goldmark.WithExtensions(extension.GFM))
	for _, title := range strangers {
		var page strings.Builder
		require.NoError(t, md.Convert(Markdown(sample(title)), &page))
		tags := map[string]int{}
		for _, m := range regexp.MustCompile(`<([a-z0-9]+)`).FindAllStringSubmatch(page.String(), -1) {
			tags[m[1]]++
		}
		require.Equal(t, map[string]int{"h1": 1, "h2": 2, "table": 2, "thead": 2, "tbody": 2, "tr": 6, "th": 9, "td": 18}, tags, page.String())
	}
}

func TestMarkdown(t *testing.T) {
	_, body, _ := strings.Cut(string(Markdown(sample("Shop"))), "\n")
	require.Equal(t, `# Shop

## Elements

| Name | Type | Technology | In |
| --- | --- | --- | --- |
| Shop | component | Go | Shop |
| Shop | datastore |  |  |

## Uses

| From | To | What for | Technology | Verdict |
| --- | --- | --- | --- | --- |
| Shop | Shop | Shop&#59; writes | SQL | convergence |
| Shop | Shop |  |  | divergence &#40;3&#41; |
`, body)
}

// What is of a kind is called so wherever an element says what it is.
func TestKinds(t *testing.T) {
	d := sample("Shop")
	d.Groups[0].Kind, d.Nodes[0].Kind = "Product", "Service"
	require.Contains(t, string(Markdown(d)), "| Shop | Service | Go | Shop |")
	require.Contains(t, string(DOT(d)), `label="Shop\n[Service: Go]"`)
	require.Contains(t, string(Mermaid(d)), `"Shop<br/>#91;Service#58; Go#93;"`)
	require.Contains(t, string(D2(d)), `"Shop\n[Service: Go]"`)
	require.Contains(t, string(PlantUML(d)), `Boundary(g0, "Shop", "Product")`)
}

func TestD2(t *testing.T) {
	_, body, _ := strings.Cut(string(D2(sample("Shop"))), "\n")
	require.Equal(t, `direction: down
g0: "Shop" {
  n0: "Shop\n[component: Go]"
}
n1: "Shop\n[datastore]" {
  shape: cylinder
}
g0.n0 -> n1: "Shop\nwrites\n[SQL]"
n1 -> g0.n0: "divergence (3)" {
  style.stroke: "#c62828"
}
`, body)
}

func TestPlantUML(t *testing.T) {
	_, body, _ := strings.Cut(string(PlantUML(sample("Shop"))), "\n")
	for _, line := range []string{
		"!include <C4/C4_Component>", "title Shop", `Boundary(g0, "Shop", "system") {`, `  Container(n0, "Shop", "Go", "")`,
		`ContainerDb(n1, "Shop", "", "")`, `Rel(n0, n1, "Shop\nwrites", $techn="SQL")`,
		`Rel(n1, n0, "divergence <U+0028>3<U+0029>", $techn="", $tags="divergence")`, "@enduml",
	} {
		require.Contains(t, "\n"+body, "\n"+line+"\n", fmt.Sprintf("in\n%s", body))
	}
}
