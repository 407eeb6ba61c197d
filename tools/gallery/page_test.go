package main

import (
	"slices"
	"strings"
	"testing"
)

const (
	one   = "<svg class=\"asbuilt\" data-view=\"one\">\n<text>1</text>\n</svg>\n"
	other = "<svg class=\"asbuilt\" data-view=\"one\">\n<text>2</text>\n</svg>\n"
	two   = "<svg class=\"asbuilt\" data-view=\"two\">\n</svg>\n"
)

func TestPairs(t *testing.T) {
	before := map[string][]byte{"one": []byte(one), "two": []byte(two), "old": []byte(two)}
	all := pairs("examples/shop", before, pictures([]byte(other+two+strings.ReplaceAll(two, "two", "three"))))
	sortPairs(all)
	var got []string
	for _, p := range all {
		got = append(got, p.State()+" "+p.Name())
	}
	want := []string{"changed examples/shop/one", "new examples/shop/three", "gone examples/shop/old", "the same examples/shop/two"}
	if !slices.Equal(want, got) {
		t.Errorf("got %q, want %q", got, want)
	}
	text, err := page("HEAD~1", all)
	if err != nil {
		t.Fatal(err)
	}
	for _, part := range []string{"1 changed", "1 gone", "1 new", "1 the same", "examples/shop/one before", "where the two differ", "HEAD~1"} {
		if !strings.Contains(string(text), part) {
			t.Errorf("the page lacks %q", part)
		}
	}
	if n := strings.Count(string(text), "data:image/svg&#43;xml;base64,") + strings.Count(string(text), "data:image/svg+xml;base64,"); n != 7 {
		t.Errorf("%d pictures, want 7", n)
	}
}

func TestOtherFilesAreNoPictures(t *testing.T) {
	for _, text := range []string{"", "<svg>", "text data-view=\"x\"", "<svg data-view=\"x"} {
		if view, ok := viewOf([]byte(text)); ok {
			t.Errorf("%q shows %q", text, view)
		}
	}
}
