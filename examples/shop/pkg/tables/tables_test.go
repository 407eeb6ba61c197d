package tables

import (
	"context"
	"errors"
	"testing"
)

func TestMemory(t *testing.T) {
	ctx := context.Background()
	table, err := Open[int]("", "numbers")
	if err != nil {
		t.Fatal(err)
	}
	for key, n := range map[string]int{"b": 2, "a": 1, "c": 3} {
		if err := table.Put(ctx, key, n); err != nil {
			t.Fatal(err)
		}
	}
	all, err := table.All(ctx)
	if err != nil || len(all) != 3 || all[0] != 1 || all[2] != 3 {
		t.Fatalf("got %v, %v", all, err)
	}
	if _, err := table.Get(ctx, "d"); !errors.Is(err, ErrNotFound) {
		t.Fatalf("a key that is not there: %v", err)
	}
}
