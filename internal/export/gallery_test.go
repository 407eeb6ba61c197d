package export

import (
	"html"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/asbuilt/asbuilt/internal/stamp"
	"github.com/asbuilt/asbuilt/pkg/diagram"
)

// hung is a page of two views: a narrow one first, as it is declared.
func hung(t require.TestingT, title string) string {
	page, err := Gallery{Architecture: title, Version: title, Views: []Hanging{
		{Diagram: &diagram.Diagram{Name: "a", Kind: "component", Title: title, Description: title}, Files: []File{{"a.md", "Tables"}}},
		{Diagram: &diagram.Diagram{Name: "b", Kind: "landscape", Title: title}, Files: []File{{"b.svg", "SVG"}, {"b.png", "PNG"}}, Picture: "b.svg"},
	}}.Page()
	require.NoError(t, err)
	return string(stamp.Seal(page))
}

var (
	tag       = regexp.MustCompile(`<[^>]*>`)
	attribute = regexp.MustCompile(` [a-z-]+="`)
)

// skeleton is a page without its words: its tags with the names of their attributes.
func skeleton(page string) []string {
	_, body, _ := strings.Cut(page, "\n")
	var out []string
	for _, t := range tag.FindAllString(body, -1) {
		name, _, _ := strings.Cut(strings.Trim(t, "<>"), " ")
		out = append(out, name)
		out = append(out, attribute.FindAllString(t, -1)...)
	}
	return out
}

// Whatever a title says, it is a title: the page has the elements that it always has, and its mark holds.
func FuzzGallery(f *testing.F) {
	usual := skeleton(hung(f, "Shop"))
	require.Contains(f, usual, "h2")
	for _, s := range strangers {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, title string) {
		if plain(title) == "" {
			return
		}
		page := hung(t, title)
		require.Equal(t, usual, skeleton(page))
		require.Equal(t, 2, strings.Count(html.UnescapeString(page), "<h2>"+plain(title)+"</h2>"))
		mark, ok := stamp.Read([]byte(page))
		require.True(t, ok && mark.Intact)
		require.Equal(t, title, mark.Version)
	})
}

// The wide comes before the narrow.
func TestGalleryOrder(t *testing.T) {
	page := hung(t, "Shop")
	require.Less(t, strings.Index(page, "./b.svg"), strings.Index(page, "./a.md"))
	kinds := slices.Clone(kindsByScope)
	slices.Sort(kinds)
	require.Equal(t, []string{"code", "component", "container", "context", "deployment", "drift", "impact", "landscape", "sequence", "team"}, kinds)
}
