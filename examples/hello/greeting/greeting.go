// Package greeting finds the words.
package greeting

// For greets a visitor.
func For(name string) string {
	if name == "" {
		name = "stranger"
	}
	return "Hello, " + name + "!"
}
