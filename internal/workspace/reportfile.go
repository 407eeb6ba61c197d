package workspace

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/asbuilt/asbuilt/internal/files"
)

// ReportFile is a file that the user named for a report. Unlike a picture it has no mark of ours, and it is
// overwritten.
type ReportFile struct {
	tree *files.Tree // its folder
	base string
	name string // as the user wrote it
}

// OpenReportFile looks at where a report is to go, so that a mistake is said before the work begins. The name
// is relative to dir. Nothing is written yet.
func OpenReportFile(dir, name string) (*ReportFile, error) {
	base := filepath.Base(name)
	if name == "" || os.IsPathSeparator(name[len(name)-1]) || !fs.ValidPath(base) || base == "." || base == ".." {
		return nil, fmt.Errorf("%q names no file", name)
	}
	if strings.HasSuffix(base, Suffix) {
		return nil, fmt.Errorf("%s: a report does not replace an architecture", name)
	}
	tree, err := reportFolder(dir, name)
	if err != nil {
		return nil, fmt.Errorf("%s: there is no folder %s to write it to; make it first", name, filepath.Dir(name))
	}
	info, err := tree.Lstat(base)
	switch {
	case err == nil && !info.Mode().IsRegular():
		err = fmt.Errorf("%s: %w", name, files.ErrNotRegular)
	case errors.Is(err, fs.ErrNotExist):
		err = nil
	}
	if err != nil {
		tree.Close()
		return nil, err
	}
	return &ReportFile{tree: tree, base: base, name: name}, nil
}

// reportFolder opens the folder of a file. A name without .. stays below dir: no link in the tree leads it elsewhere.
func reportFolder(dir, name string) (*files.Tree, error) {
	if !filepath.IsLocal(name) {
		if !filepath.IsAbs(name) {
			name = filepath.Join(dir, name)
		}
		return files.Open(filepath.Dir(name), "")
	}
	top, err := files.Open(dir, "")
	if err != nil {
		return nil, err
	}
	defer top.Close()
	return top.Sub(filepath.ToSlash(filepath.Dir(name)), false)
}

// Is reports whether two names lead to one file.
func (f *ReportFile) Is(other *ReportFile) bool {
	return f.base == other.base && f.tree.Abs() == other.tree.Abs()
}

// Write puts the report in place, whole or not at all.
func (f *ReportFile) Write(data []byte) error {
	if err := f.tree.Write(f.base, data); err != nil {
		return fmt.Errorf("%s: %s", f.name, reason(err))
	}
	return nil
}

// Close releases the folder.
func (f *ReportFile) Close() error { return f.tree.Close() }
