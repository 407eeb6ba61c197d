package golang

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strings"

	"github.com/asbuilt/asbuilt/internal/builds"
	"github.com/asbuilt/asbuilt/internal/files"
	"github.com/asbuilt/asbuilt/pkg/source"
)

const (
	maxFile   = 16 << 20 // bytes of a Go file
	maxHeader = 1 << 20  // bytes of it before the end of the imports
	headSize  = 8 << 10  // bytes that are read at first: most headers end within
	chunkSize = 64       // files that one goroutine takes at once
)

// read reads the files of folders.
func (s *survey) read(batch []*folder) error {
	type chunk struct {
		folder     *folder
		start, end int
	}
	var chunks []chunk
	for _, f := range batch {
		f.files = make([]file, len(f.entries))
		f.pages = make([]*page, len(f.entries))
		for start := 0; start < len(f.entries); start += chunkSize {
			chunks = append(chunks, chunk{f, start, min(start+chunkSize, len(f.entries))})
		}
	}
	return s.each(len(chunks), func(folders *files.Folders) func(int) {
		r := &reader{survey: s, folders: folders, head: make([]byte, headSize), names: newInterner(), conditions: map[string]*builds.Condition{}}
		return func(i int) { r.readChunk(chunks[i].folder, chunks[i].start, chunks[i].end) }
	})
}

// reader reads files on one goroutine.
type reader struct {
	*survey
	folders    *files.Folders
	head       []byte
	names      *interner
	header     header
	conditions map[string]*builds.Condition // by text
}

func (r *reader) readChunk(f *folder, start, end int) {
	dir, err := r.open(f)
	if err != nil {
		if start == 0 {
			r.gaps.add(source.At(r.treeOf(f).Name(f.dir), 0), "the folder "+readFailure(err, 0), "make it readable, or exclude it")
		}
		return
	}
	defer dir.Close()
	for i := start; i < end; i++ {
		f.files[i], f.pages[i] = r.readFile(f, dir, f.entries[i])
	}
}

func (r *reader) open(f *folder) (*files.Dir, error) {
	if f.beside {
		return r.options.Around.Dir(f.dir)
	}
	return r.folders.Dir(f.dir)
}

func (r *reader) readFile(f *folder, dir *files.Dir, e entry) (file, *page) {
	full := path.Join(f.dir, e.name)
	tree := r.treeOf(f)
	if e.link && tree.IsDir(full) {
		return file{}, nil // no source, as for the go command
	}
	stamp := r.stamp(f, dir, e)
	src, known := r.recall(f, e.name, stamp)
	var err error
	if !known {
		r.reads.files.Add(1)
		src, err = r.readHeader(tree, dir, full, e)
	}
	if err == nil {
		var out file
		if out, err = r.newFile(f, e.name, src); err == nil {
			return out, r.page(stamp, src)
		}
	}
	r.gapFile(tree.Name(full), e, src, err)
	return file{}, nil
}

// readHeader fills r.header, and returns the text that it read: a little at first, and more when the
// header does not end there or is unusual.
func (r *reader) readHeader(tree *files.Tree, dir *files.Dir, full string, e entry) ([]byte, error) {
	if e.link {
		src, err := tree.Read(full, maxFile)
		if err != nil {
			return nil, err
		}
		return r.parse(src[:min(len(src), maxHeader)], len(src) <= maxHeader)
	}
	n, whole, err := dir.ReadHead(e.name, r.head[:headSize], maxFile)
	if err != nil {
		return nil, err
	}
	if r.header.scan(r.head[:n], whole, r.names) == scanned {
		return r.head[:n], nil
	}
	if !whole {
		r.head = slices.Grow(r.head, maxHeader)[:maxHeader]
		if n, whole, err = dir.ReadHead(e.name, r.head, maxFile); err != nil {
			return nil, err
		}
	}
	return r.parse(r.head[:n], whole)
}

// parse fills r.header from the beginning of a file, or all of it.
func (r *reader) parse(src []byte, whole bool) (_ []byte, err error) {
	if r.header.scan(src, whole, r.names) != scanned {
		r.header, err = parseHeader(src, whole)
	}
	return src, err
}

func (r *reader) newFile(f *folder, name string, src []byte) (file, error) {
	h := &r.header
	cgo := slices.ContainsFunc(h.imports, func(i importSpec) bool { return i.path == "C" })
	c, err := r.condition(f, name, src, cgo)
	if err != nil {
		return file{}, err
	}
	if r.isDocumentation(f) {
		c = builds.Never()
	}
	out := file{
		read: true, test: strings.HasSuffix(name, "_test.go"), main: h.name == "main",
		generated: h.generated, condition: c,
	}
	if len(h.comments) > 0 {
		out.waivers = h.waivers()
	}
	out.imports = slices.DeleteFunc(slices.Clone(h.imports), func(i importSpec) bool { return i.path == "C" })
	return out, nil
}

// isDocumentation reports whether r.header is of a file that exists to be read by people: the go command
// ignores package documentation, and builtin in the standard library.
func (r *reader) isDocumentation(f *folder) bool {
	return r.header.name == "documentation" ||
		r.goroot != nil && f.module == r.goroot && f.id == nodeID("builtin")
}

// condition makes the condition of a file from r.header, one for equal ones.
func (r *reader) condition(f *folder, name string, src []byte, cgo bool) (*builds.Condition, error) {
	var preamble []byte
	if r.header.tagged {
		preamble = bytes.TrimPrefix(src[:r.header.preamble], byteOrderMark)
	}
	minor := defaultMinor
	if f.module != nil {
		minor = f.module.minor
	}
	c, err := fileCondition(name, preamble, cgo, minor)
	if c == nil || err != nil {
		return nil, err
	}
	if known, ok := r.conditions[c.String()]; ok && known.IsNever() == c.IsNever() {
		return known, nil
	}
	r.conditions[c.String()] = c
	return c, nil
}

func (f *file) isIgnored() bool { return f.condition.IsNever() }

// gapFile reports a file that could not be read, unless no build reads it either.
func (r *reader) gapFile(name string, e entry, src []byte, err error) {
	at := source.At(name, 0)
	if src == nil {
		reason := readFailure(err, maxFile)
		if e.link {
			reason = "is a link that does not lead to a readable, regular file inside the tree"
		}
		r.gaps.add(at, reason, "replace it by a regular, readable file inside the tree, or exclude its folder")
		return
	}
	var syntax *syntaxError
	if !errors.As(err, &syntax) {
		r.gaps.add(at, err.Error(), "repair the build constraint")
		return
	}
	if c, err := fileCondition(e.name, bytes.TrimPrefix(src, byteOrderMark), false, 0); err == nil && c.IsNever() {
		return
	}
	at.Start.Line, at.End.Line = syntax.line, syntax.line
	r.gaps.add(at, "syntax error before the end of the imports: "+syntax.message, "repair the file, or exclude its folder")
}

// readFailure says why something could not be read, without its path. limit is in bytes.
func readFailure(err error, limit int64) string {
	switch {
	case errors.Is(err, files.ErrNotRegular):
		return "is not a regular file"
	case errors.Is(err, files.ErrTooLarge):
		return fmt.Sprintf("is larger than %d MiB", limit>>20)
	case errors.Is(err, fs.ErrPermission):
		return "cannot be read: permission denied"
	case errors.Is(err, fs.ErrNotExist):
		return "cannot be read: it, or what it links to, does not exist"
	}
	var in *fs.PathError
	if errors.As(err, &in) {
		err = in.Err
	}
	return "cannot be read: " + err.Error()
}
