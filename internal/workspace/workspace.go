// Package workspace is the conductor: the only room that knows in which order the phases play. It
// finds the project, opens its folders, and gives snapshots that every door pulls from.
package workspace

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"time"

	"github.com/asbuilt/asbuilt/internal/config"
	"github.com/asbuilt/asbuilt/internal/files"
	"github.com/asbuilt/asbuilt/internal/layout"
	"github.com/asbuilt/asbuilt/internal/observe/golang"
	"github.com/asbuilt/asbuilt/internal/process"
)

// Env is what a run is given from outside.
type Env struct {
	Dir     string                          // the working folder, absolute
	Code    string                          // another tree for the observers; "" for the project's own
	Vars    map[string]string               // --var NAME=VALUE
	Today   time.Time                       // for `expires` alone
	Version string                          // of the program, for required_version
	Driver  string                          // GOPACKAGESDRIVER, for exact mode
	Worker  func() (process.Command, error) // how to start a layout worker
	Timeout time.Duration                   // of the layout of one view; 0: what is enough for any that can be read
}

// Workspace is one project.
type Workspace struct {
	env  Env
	root *files.Tree // the project root
	code *files.Tree // what the observers read; the root itself unless Env.Code names another
	home string      // the folder of the HCL files, relative to the root
	pool *layout.Pool

	// Of a watch.
	memory *golang.Memory
	around *files.Tree // the work tree around the code; or nil
}

// Open finds and opens the project around env.Dir.
func Open(env Env) (*Workspace, error) {
	at, err := find(env.Dir)
	if err != nil {
		return nil, err
	}
	return open(env, at)
}

func open(env Env, at place) (*Workspace, error) {
	root, err := openNamed(at.root)
	if err != nil {
		return nil, err
	}
	w := &Workspace{env: env, root: root, code: root, home: at.home}
	if env.Code == "" {
		return w, nil
	}
	if w.code, err = env.openCode(); err != nil {
		return nil, errors.Join(err, root.Close())
	}
	return w, nil
}

// openCode opens the tree that Code names.
func (env Env) openCode() (*files.Tree, error) {
	code := env.Code
	if !filepath.IsAbs(code) {
		code = filepath.Join(env.Dir, code)
	}
	if real, err := filepath.EvalSymlinks(code); err == nil {
		code = real
	}
	tree, err := openNamed(code)
	if err != nil {
		return nil, fmt.Errorf("--code %s: %w", env.Code, bare(err))
	}
	return tree, nil
}

// Close releases the project's folders and workers.
func (w *Workspace) Close() error {
	if w.pool != nil {
		w.pool.Close()
	}
	return w.closeTrees()
}

func (w *Workspace) closeTrees() error {
	err := w.root.Close()
	if w.code != w.root {
		err = errors.Join(err, w.code.Close())
	}
	if w.around != nil {
		err = errors.Join(err, w.around.Close())
	}
	return err
}

// Where is the folder of the HCL files, printed.
func (w *Workspace) Where() string { return w.root.Name(w.home) }

// Untested is the required_version that nothing was held against, since this is a development build, which satisfies
// all; "" when there is none.
func (s *Snapshot) Untested() string {
	if s.model == nil || !config.IsDevelopment(s.w.env.Version) {
		return ""
	}
	return s.model.Architecture.RequiredVersion
}

// trees are the folders of the project: that of the code, and the root where it is another.
func (w *Workspace) trees() []*files.Tree {
	if w.code == w.root {
		return []*files.Tree{w.root}
	}
	return []*files.Tree{w.code, w.root}
}

// Snapshot is the project as its files stand when they are first asked for. It never changes.
func (w *Workspace) Snapshot(ctx context.Context) *Snapshot { return &Snapshot{w: w, ctx: ctx} }

// Source returns the content behind a printed name, for code frames.
func (w *Workspace) Source(name string) ([]byte, bool) {
	if isArchitecture(filepath.Base(name)) {
		return sourceIn(w.root, name)
	}
	if data, ok := sourceIn(w.code, name); ok || w.code == w.root {
		return data, ok
	}
	return sourceIn(w.root, name)
}

func sourceIn(tree *files.Tree, name string) ([]byte, bool) {
	p, ok := tree.Path(name)
	if !ok {
		return nil, false
	}
	data, err := tree.Read(p, frameLimit)
	return data, err == nil
}

// frameLimit is the size in bytes of the largest file of which a frame is shown.
const frameLimit = 16 << 20
