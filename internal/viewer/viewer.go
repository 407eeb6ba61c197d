// Package viewer is the page that shows pictures: it moves them, searches them and goes from one to the other. It knows
// nothing of where its data come from, so that a server and a folder of files can both hold it.
//
// Whoever holds it offers Files in one folder, and the data in either of two forms:
//
//   - beside the page: <body data-index="index.json"> names the Index, which names the files of each picture, its style
//     sheet apart, relative to the page. With data-events="events", a stream of server-sent events at that name says, with each message, that there may be
//     something new.
//   - in the page, for pages opened without a server: <script type="application/json" id="asbuilt-index"> holds the Index,
//     and <template id="picture-NAME"> the picture of each view.
//
// With data-links="absolute", links of pictures that are relative are not offered, for want of what they lead to.
//
// Pictures are those of internal/paint as they are. The page needs nothing but itself: its policy can be Policy.
package viewer

import (
	"embed"
	"path"
	"strings"
)

//go:embed index.html viewer.css viewer.js icon.svg licenses.txt
var files embed.FS

// Policy is the content security policy that the page works under.
const Policy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; " +
	"base-uri 'none'; form-action 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types 'none'"

// File is one file of the page.
type File struct {
	Name, Type string
	Data       []byte
}

// Types of the files.
const (
	HTML = "text/html; charset=utf-8"
	CSS  = "text/css; charset=utf-8"
	JSON = "application/json; charset=utf-8"
	SVG  = "image/svg+xml; charset=utf-8"
)

// Files are the files of the page. data are the attributes of its body: index, events, links.
func Files(data map[string]string) ([]File, error) {
	types := map[string]string{
		".html": HTML, ".css": CSS, ".js": "text/javascript; charset=utf-8", ".svg": SVG, ".txt": "text/plain; charset=utf-8",
	}
	entries, err := files.ReadDir(".")
	if err != nil {
		return nil, err
	}
	var out []File
	for _, e := range entries {
		content, err := files.ReadFile(e.Name())
		if err != nil {
			return nil, err
		}
		if e.Name() == Page {
			content = []byte(strings.Replace(string(content), "<body data-index=\"index.json\">", body(data), 1))
		}
		out = append(out, File{e.Name(), types[path.Ext(e.Name())], content})
	}
	return out, nil
}

// Page is the file to open.
const Page = "index.html"

// body is the page's body with its data. They are the program's own words, not the user's.
func body(data map[string]string) string {
	var b strings.Builder
	b.WriteString("<body")
	for _, name := range []string{"index", "events", "links"} {
		if value := data[name]; value != "" {
			b.WriteString(" data-" + name + `="` + value + `"`)
		}
	}
	b.WriteString(">")
	return b.String()
}
