// Package tables keeps documents by key: in memory for tests and for one machine, in SQL where a
// DATABASE_URL and a driver are there.
package tables

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"maps"
	"regexp"
	"slices"
	"sync"
)

// ErrNotFound is asking for a key that is not there.
var ErrNotFound = errors.New("not found")

// Table keeps documents of one type.
type Table[T any] interface {
	Get(ctx context.Context, key string) (T, error)
	Put(ctx context.Context, key string, doc T) error
	// All lists the documents by key.
	All(ctx context.Context) ([]T, error)
}

// Open opens a table in the database at url. This example links no driver, so that it builds without a
// download: add one (say, a blank import of github.com/jackc/pgx/v5/stdlib) to keep data in Postgres.
// Without a url or a driver the table lives in memory.
func Open[T any](url, name string) (Table[T], error) {
	const driver = "pgx"
	if url == "" || !slices.Contains(sql.Drivers(), driver) {
		slog.Warn("data lives in memory", "table", name)
		return NewMemory[T](), nil
	}
	if !regexp.MustCompile(`^[a-z_]+$`).MatchString(name) {
		return nil, fmt.Errorf("tables: %q is no name of a table", name)
	}
	db, err := sql.Open(driver, url)
	if err != nil {
		return nil, err
	}
	_, err = db.Exec(`CREATE TABLE IF NOT EXISTS ` + name + ` (key text PRIMARY KEY, doc jsonb NOT NULL)`)
	if err != nil {
		return nil, err
	}
	return &inSQL[T]{db, name}, nil
}

// Memory is a table in memory.
type Memory[T any] struct {
	mu   sync.RWMutex
	docs map[string]T
}

// NewMemory makes an empty table in memory.
func NewMemory[T any]() *Memory[T] { return &Memory[T]{docs: map[string]T{}} }

// Get implements Table.
func (m *Memory[T]) Get(_ context.Context, key string) (T, error) {
	m.mu.RLock()
	defer m.mu.RUnlock()
	doc, ok := m.docs[key]
	if !ok {
		return doc, fmt.Errorf("%q: %w", key, ErrNotFound)
	}
	return doc, nil
}

// Put implements Table.
func (m *Memory[T]) Put(_ context.Context, key string, doc T) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.docs[key] = doc
	return nil
}

// All implements Table.
func (m *Memory[T]) All(context.Context) ([]T, error) {
	m.mu.RLock()
	defer m.mu.RUnlock()
	out := make([]T, 0, len(m.docs))
	for _, key := range slices.Sorted(maps.Keys(m.docs)) {
		out = append(out, m.docs[key])
	}
	return out, nil
}

type inSQL[T any] struct {
	db   *sql.DB
	name string
}

func (t *inSQL[T]) Get(ctx context.Context, key string) (T, error) {
	var doc T
	var data []byte
	err := t.db.QueryRowContext(ctx, `SELECT doc FROM `+t.name+` WHERE key = $1`, key).Scan(&data)
	if errors.Is(err, sql.ErrNoRows) {
		return doc, fmt.Errorf("%q: %w", key, ErrNotFound)
	}
	if err != nil {
		return doc, err
	}
	return doc, json.Unmarshal(data, &doc)
}

func (t *inSQL[T]) Put(ctx context.Context, key string, doc T) error {
	data, err := json.Marshal(doc)
	if err != nil {
		return err
	}
	_, err = t.db.ExecContext(ctx, `INSERT INTO `+t.name+` (key, doc) VALUES ($1, $2)
		ON CONFLICT (key) DO UPDATE SET doc = excluded.doc`, key, data)
	return err
}

func (t *inSQL[T]) All(ctx context.Context) ([]T, error) {
	rows, err := t.db.QueryContext(ctx, `SELECT doc FROM `+t.name+` ORDER BY key`)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var out []T
	for rows.Next() {
		var data []byte
		var doc T
		if err := rows.Scan(&data); err != nil {
			return nil, err
		}
		if err := json.Unmarshal(data, &doc); err != nil {
			return nil, err
		}
		out = append(out, doc)
	}
	return out, rows.Err()
}
