package greeting

import "testing"

func TestFor(t *testing.T) {
	for name, want := range map[string]string{"Ada": "Hello, Ada!", "": "Hello, stranger!"} {
		if got := For(name); got != want {
			t.Errorf("%q is greeted with %q", name, got)
		}
	}
}
