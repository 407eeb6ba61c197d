package hcltext

import (
	"path"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

const (
	maxName    = 60  // bytes of an identifier before its number
	maxPattern = 900 // bytes of a folder in a pattern
)

// unpatterned are the characters that no code pattern may hold.
const unpatterned = " *?[]{}\"'`:;|&<>#%$!\\"

// Nameable is the nearest folder, upwards, that a code pattern can name. HCL reads text in normal form C, so
// a folder in another form cannot be named.
func Nameable(dir string) string {
	for dir != "." && (len(dir) > maxPattern || slices.ContainsFunc(strings.Split(dir, "/"), oddSegment)) {
		dir = path.Dir(dir)
	}
	return dir
}

func oddSegment(s string) bool {
	return strings.ContainsAny(s, unpatterned) || strings.Contains(s, "..") || s == ".git" ||
		!utf8.ValidString(s) || !norm.NFC.IsNormalString(s) ||
		strings.ContainsFunc(s, func(c rune) bool { return !unicode.IsGraphic(c) })
}

// Names hands out identifiers, each once. Upper and lower case count as equal: names become files.
type Names map[string]bool

// Claim takes a name, with a number behind it where it is taken.
func (taken Names) Claim(name string) string {
	free := name
	for i := 2; taken[strings.ToLower(free)]; i++ {
		free = name + "_" + strconv.Itoa(i)
	}
	taken[strings.ToLower(free)] = true
	return free
}

// Identifier makes a name of any text: ASCII letters, digits and underscores, no digit first; the fallback
// where nothing is left.
func Identifier(s, fallback string) string {
	id := strings.Trim(unnamed.ReplaceAllString(s, "_"), "_")
	id = id[:min(len(id), maxName)]
	switch {
	case id == "":
		return fallback
	case '0' <= id[0] && id[0] <= '9':
		return "_" + id
	}
	return id
}

var unnamed = regexp.MustCompile(`[^a-zA-Z0-9]+`)
