package pdf

import (
	"bytes"
	"compress/zlib"
	"fmt"
	"image/color"
	"io"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"unicode/utf16"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/asbuilt/asbuilt/internal/font"
	"github.com/asbuilt/asbuilt/internal/geometry"
)

var ink = color.RGBA{A: 255}

// page has a box, a line, words and a link.
func page(t require.TestingT, words, link string) []byte {
	p := New(geometry.Size{W: 400, H: 200})
	p.About(words, words)
	var box geometry.Path
	box.Box(geometry.Rect{X: 10, Y: 10, W: 100, H: 50}, 8)
	p.Fill(box, color.RGBA{R: 255, A: 255})
	p.Stroke(box, geometry.Pen{Width: 2, Dash: []float64{4, 2}, RoundCap: true, RoundJoin: true}, ink)
	require.NoError(t, p.Write(font.Style{Size: 14}, geometry.Point{X: 20, Y: 40}, words, ink))
	require.NoError(t, p.Write(font.Style{Size: 14, Bold: true}, geometry.Point{X: 20, Y: 60}, words, ink))
	p.Link(link, geometry.Rect{X: 10, Y: 10, W: 100, H: 50})
	file, err := p.Bytes("asbuilt view=shop")
	require.NoError(t, err)
	return file
}

// objects are what the table at the end of a file says stands where, and does.
func objects(t require.TestingT, file []byte) []string {
	at := bytes.LastIndex(file, []byte("startxref\n"))
	number, rest, _ := strings.Cut(string(file[at+len("startxref\n"):]), "\n")
	require.Equal(t, "%%EOF\n", rest)
	table, err := strconv.Atoi(number)
	require.NoError(t, err)
	var n int
	_, err = fmt.Sscanf(string(file[table:]), "xref\n0 %d\n", &n)
	require.NoError(t, err)
	lines := strings.SplitAfter(string(file[table:at]), "\n")[2:]
	var out []string
	for i, line := range lines[:n] {
		require.Len(t, line, 20)
		if i == 0 {
			continue
		}
		offset, err := strconv.Atoi(line[:10])
		require.NoError(t, err)
		body, ok := strings.CutPrefix(string(file[offset:]), fmt.Sprintf("%d 0 obj\n", i))
		require.True(t, ok, "object %d", i)
		body, _, ok = strings.Cut(body, "endobj")
		require.True(t, ok)
		out = append(out, body)
	}
	return out
}

// shown are the lines of words of a page, in the order in which they are drawn.
func shown(t require.TestingT, file []byte) []string {
	var out []string
	for _, o := range objects(t, file) {
		_, stream, ok := strings.Cut(o, "stream\n")
		if !ok || !strings.Contains(o, "/FlateDecode") {
			continue
		}
		z, err := zlib.NewReader(strings.NewReader(stream))
		require.NoError(t, err)
		content, err := io.ReadAll(z)
		require.NoError(t, err)
		for _, text := range written.FindAllSubmatch(content, -1) {
			raw := strings.NewReplacer(`\\`, `\`, `\(`, "(", `\)`, ")", `\r`, "\r").Replace(string(text[1]))
			var units []uint16
			for i := 0; i+1 < len(raw); i += 2 {
				units = append(units, uint16(raw[i])<<8|uint16(raw[i+1]))
			}
			out = append(out, string(utf16.Decode(units)))
		}
	}
	return out
}

var written = regexp.MustCompile(`(?s) Td \(((?:[^\\)]|\\.)*)\) Tj ET`)

func TestPage(t *testing.T) {
	file := page(t, "Checkout (two) \\ words", "../docs/a.md")
	require.True(t, bytes.HasPrefix(file, []byte("%PDF-1.3\n%asbuilt view=shop\n")))
	require.Equal(t, []string{"Checkout (two) \\ words", "Checkout (two) \\ words"}, shown(t, file))
	all := strings.Join(objects(t, file), "\n")
	require.Equal(t, 1, strings.Count(all, "/Type /Page\n"))
	require.Contains(t, all, "/URI (../docs/a.md)")
	require.Contains(t, all, "[0 0 300.00 150.00]")
	require.NotContains(t, all, "Date")
	require.Equal(t, file, page(t, "Checkout (two) \\ words", "../docs/a.md"), "the same bytes")
}

// Whatever is written on a page, its parts stand where its table says, and what the font has can be read.
func TestWords(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		words := rapid.String().Draw(t, "words")
		file := page(t, words, rapid.String().Draw(t, "link"))
		if font.Native(words) && !regexp.MustCompile(`[\s\x{a0}]{2}|^[\s\x{a0}]|[\s\x{a0}]$|\p{Hebrew}`).MatchString(words) {
			require.Equal(t, strings.ReplaceAll(words, "\u00a0", " "), strings.Join(shown(t, file)[:len(shown(t, file))/2], ""))
		}
	})
}

// What the font lacks is a box, and does not keep the rest of the line from being words.
func TestMissingCharacters(t *testing.T) {
	require.Equal(t, []string{"a", "b", "a", "b"}, shown(t, page(t, "a注b", "")))
	require.Empty(t, shown(t, page(t, "注文", "")))
}

// A page that no reader would open is shrunk.
func TestLargePage(t *testing.T) {
	file, err := New(geometry.Size{W: 40_000, H: 10_000}).Bytes("")
	require.NoError(t, err)
	require.Contains(t, string(file), "[0 0 14400.00 3600.00]")
}

// A file of another form is not guessed at.
func TestOtherForm(t *testing.T) {
	for _, file := range []string{"", "%PDF-1.3", "%PDF-1.3\nstartxref\nx\n%%EOF", "%PDF-1.3\nstartxref\n99\n%%EOF", "%PDF-1.3\nxrefs\nstartxref\n9\n%%EOF", "%PDF-1.3\nxref\n0 1\nx 00000 n \nstartxref\n9\n%%EOF"} {
		_, err := commented([]byte(file), "asbuilt")
		require.ErrorIs(t, err, errForm, "%q", file)
	}
}
