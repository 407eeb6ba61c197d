// Package visits remembers who was here.
package visits

import "sync"

// Book counts visits by name.
type Book struct {
	mu    sync.Mutex
	count map[string]int
}

// New is an empty book.
func New() *Book { return &Book{count: map[string]int{}} }

// Add notes a visit and says how many it were.
func (b *Book) Add(name string) int {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.count[name]++
	return b.count[name]
}
