package stamp_test

import (
	"bytes"
	"encoding/binary"
	"hash/crc32"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/asbuilt/asbuilt/internal/stamp"
)

const digest = "0123456789abcdef"

// files is one generated file for every place a mark can stand in. Each repeats the placeholder in
// words of the user, after the mark, where it must stay as it is.
func files() map[string]string {
	line := stamp.Line("checkout", "v1.2 beta", digest)
	words := "sum=" + stamp.Unsealed
	return map[string]string{
		"dot":      "// " + line + "\ndigraph { a [label=\"" + words + "\"] }\n",
		"mermaid":  "%% " + line + "\nflowchart TB\n  a[\"" + words + "\"]\n",
		"d2":       "# " + line + "\na: " + words + "\n",
		"plantuml": "' " + line + "\n@startuml\n@enduml\n",
		"markdown": "<!-- " + line + " -->\n# Checkout\n",
		"mdx":      "[//]: # (" + line + ")\n# Checkout\n",
		"svg": `<svg xmlns="http://www.w3.org/2000/svg" data-digest="` + digest + `" data-sum="` + stamp.Unsealed +
			`" data-version="v1.2 beta" data-view="checkout">` + "\n<text> data-sum=\"" + stamp.Unsealed + "\"</text>\n</svg>\n",
		"svg with prolog": "<?xml version=\"1.0\"?>\n" + `<svg data-digest="` + digest + `" data-sum="` + stamp.Unsealed +
			`" data-version="v1.2 beta" data-view="checkout"/>` + "\n",
		"png": "\x89PNG\r\n\x1a\n\x00\x00\x00\x00IHDR\xa8\xa1\xae\x0a" + chunk("tEXt", "Comment\x00"+line) + chunk("tEXt", "Comment\x00"+line) + chunk("IDAT", words+"\r\n"),
		"pdf": "%PDF-1.7\n%" + line + "\n1 0 obj\n",
		"json": "{\n  \"schema_version\": 1,\n  \"view\": \"checkout\",\n  \"version\": \"v1.2 beta\",\n  \"digest\": \"" + digest +
			"\",\n  \"sum\": \"" + stamp.Unsealed + "\",\n  \"diagram\": {\n    \"title\": \"\\\"sum\\\": \\\"" + stamp.Unsealed + "\"\n  }\n}\n",
	}
}

// chunk is a piece of a PNG.
func chunk(kind, data string) string {
	size := binary.BigEndian.AppendUint32(nil, uint32(len(data)))
	return string(binary.BigEndian.AppendUint32([]byte(string(size)+kind+data), crc32.ChecksumIEEE([]byte(kind+data))))
}

func TestSealedFileIsIntact(t *testing.T) {
	for name, file := range files() {
		t.Run(name, func(t *testing.T) {
			sealed := stamp.Seal([]byte(file))
			m, ok := stamp.Read(sealed)
			require.True(t, ok)
			require.NotEqual(t, stamp.Unsealed, m.Sum)
			require.Equal(t, stamp.Mark{View: "checkout", Version: "v1.2 beta", Digest: digest, Sum: m.Sum, Intact: true}, m)
			if name == "png" {
				require.Contains(t, string(sealed), chunk("tEXt", "Comment\x00"+strings.Replace(stamp.Line("checkout", "v1.2 beta", digest), stamp.Unsealed, m.Sum, 1)))
				return
			}
			require.Equal(t, file, strings.Replace(string(sealed), m.Sum, stamp.Unsealed, 1), "only the checksum was written")
		})
	}
}

// A picture's mark says how it was painted, and where everything stands.
func TestPainted(t *testing.T) {
	m, ok := stamp.Read(stamp.Seal([]byte("% " + stamp.Picture("checkout", "1", digest, "abcd", "1x2") + "\n")))
	require.True(t, ok)
	require.Equal(t, stamp.Mark{View: "checkout", Version: "1", Digest: digest, Places: "abcd", Painter: "1x2", Sum: m.Sum, Intact: true}, m)
}

func TestSealTwiceIsSealOnce(t *testing.T) {
	for name, file := range files() {
		once := stamp.Seal([]byte(file))
		require.Equal(t, string(once), string(stamp.Seal(bytes.Clone(once))), name)
	}
}

func TestUnsealedFileIsNotIntact(t *testing.T) {
	for name, file := range files() {
		m, ok := stamp.Read([]byte(file))
		require.True(t, ok, name)
		require.False(t, m.Intact, name)
	}
}

// Every byte counts: a change anywhere breaks the mark or makes it not intact.
func TestEveryEditShows(t *testing.T) {
	for name, file := range files() {
		t.Run(name, func(t *testing.T) {
			sealed := stamp.Seal([]byte(file))
			for i := range sealed {
				edited := bytes.Clone(sealed)
				edited[i] ^= 1
				m, ok := stamp.Read(edited)
				require.False(t, ok && m.Intact, "byte %d: %q became %q", i, sealed[i], edited[i])
			}
			m, ok := stamp.Read(append(bytes.Clone(sealed), '\n'))
			require.False(t, ok && m.Intact, "a line was added")
		})
	}
}

func TestLineEndsOfACheckoutDoNotCount(t *testing.T) {
	for name, file := range files() {
		if name == "png" { // git knows it for a binary file
			continue
		}
		m, ok := stamp.Read(bytes.ReplaceAll(stamp.Seal([]byte(file)), []byte("\n"), []byte("\r\n")))
		require.True(t, ok && m.Intact, name)
	}
}

func TestForeignFilesCarryNoMark(t *testing.T) {
	for _, file := range []string{
		"", "{", "{}", "<", "<svg/>", "[]", "# Title\n", "\xff\xfe",
		`<svg data-digest="` + digest + `"><g data-sum="` + digest + `"/></svg>`,
		`<svg><g data-digest="` + digest + `" data-sum="` + digest + `"/></svg>`,
		`{"digest": "` + digest + `", "nested": {"sum": "` + digest + `"}}`,
		"digraph {}\n// " + stamp.Line("v", "", digest) + "\n",
		"// " + strings.Replace(stamp.Line("v", "", digest), "view=", "view=%zz", 1) + "\n",
		"# see // " + stamp.Line("v", "", digest) + "\n",
	} {
		_, ok := stamp.Read([]byte(file))
		require.False(t, ok, "%q", file)
		require.Equal(t, file, string(stamp.Seal([]byte(file))))
	}
}

// No view or version, whatever it holds, ends the comment it stands in, and each is read back.
func FuzzLine(f *testing.F) {
	f.Add("checkout", "")
	f.Add("a b", "1.0\n// x")
	f.Add("-->", "%41 sum="+digest)
	f.Add("\u2028", "\xff")
	f.Fuzz(func(t *testing.T, view, version string) {
		line := stamp.Line(view, version, digest)
		require.NotContains(t, line, "\n")
		require.NotContains(t, line, "\r")
		require.NotContains(t, line, "-->")
		m, ok := stamp.Read(stamp.Seal([]byte("<!-- " + line + " -->\n")))
		require.True(t, ok)
		require.Equal(t, stamp.Mark{View: view, Version: version, Digest: digest, Sum: m.Sum, Intact: true}, m)
	})
}

// A file in which a merge left its markers is ours when both sides are.
func TestTorn(t *testing.T) {
	for name, file := range files() {
		if name == "png" { // git merges no bytes
			continue
		}
		ours := string(stamp.Seal([]byte(file)))
		theirs := string(stamp.Seal([]byte(strings.ReplaceAll(file, digest, "fedcba9876543210"))))
		begin := "" // what both sides share
		if prolog, rest, ok := strings.Cut(ours, "?>\n"); ok {
			begin, ours, theirs = prolog+"?>\n", rest, strings.TrimPrefix(theirs, prolog+"?>\n")
		}
		for _, base := range []string{"", "||||||| 12ab\n" + ours} {
			torn := begin + "<<<<<<< HEAD\n" + ours + base + "=======\n" + theirs + ">>>>>>> theirs\n"
			m, ok := stamp.Read([]byte(torn))
			require.True(t, ok, "%s:\n%s", name, torn)
			require.True(t, m.Torn && !m.Intact)
			require.Equal(t, []string{"checkout", digest}, []string{m.View, m.Digest})

			_, ok = stamp.Read([]byte(strings.Replace(torn, theirs, "something else\n", 1)))
			require.False(t, ok, name)
			_, ok = stamp.Read([]byte(strings.ReplaceAll(torn, theirs, strings.ReplaceAll(theirs, "checkout", "another"))))
			require.False(t, ok, name)
		}
	}
}
