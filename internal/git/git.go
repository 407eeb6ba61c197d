// Package git reads commits as data: it asks one `git cat-file` for objects and understands commits, trees
// and blobs itself. Nothing is checked out, so that no filter, hook, attribute or external program of the
// repository has a part in what is read, and nothing is fetched or written.
package git

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"github.com/asbuilt/asbuilt/internal/process"
)

// Repository answers questions about the objects of one repository. It is used by one goroutine. Close it
// after use.
type Repository struct {
	ctx     context.Context
	top     string
	program string
	cat     *process.Process
	out     *bufio.Reader
	stop    context.CancelFunc
	broken  error // cat-file ended: every further question has this answer
}

// fixed are the arguments before every git command: nothing that a configuration may name is run, and
// only a repository with a work tree of its own is looked at, never a bare one that was committed as files.
func fixed() []string {
	return []string{
		"--no-pager", "--literal-pathspecs", "--no-replace-objects",
		"-c", "core.fsmonitor=false", "-c", "core.hooksPath=" + os.DevNull, "-c", "protocol.allow=never",
		"-c", "safe.bareRepository=explicit",
	}
}

// environment keeps git from asking, fetching, locking, translating, and from looking above the work tree.
func environment(top string) []string {
	return []string{
		"GIT_CONFIG_NOSYSTEM=1", "GIT_NO_LAZY_FETCH=1", "GIT_ALLOW_PROTOCOL=none", "GIT_OPTIONAL_LOCKS=0",
		"GIT_TERMINAL_PROMPT=0", "GIT_NO_REPLACE_OBJECTS=1", "GIT_ATTR_NOSYSTEM=1", "LC_ALL=C",
		"GIT_CEILING_DIRECTORIES=" + filepath.Dir(top),
	}
}

// ErrNoGit means that there is no git to ask.
var ErrNoGit = errors.New("git was not found in PATH; install it, or add its folder to PATH")

// Open starts reading the repository whose work tree is the folder top.
func Open(ctx context.Context, top string) (*Repository, error) {
	program, err := process.Find("git")
	if err != nil {
		return nil, ErrNoGit
	}
	if within(top, program) {
		return nil, errors.New("the git in PATH stands inside the repository that it should read; put another one first")
	}
	r := &Repository{ctx: ctx, top: top, program: program}
	var catCtx context.Context
	catCtx, r.stop = context.WithCancel(ctx)
	if r.cat, err = process.Start(catCtx, r.command("cat-file", "--batch")); err != nil {
		r.stop()
		return nil, err
	}
	r.out = bufio.NewReader(r.cat.Stdout)
	return r, nil
}

// within reports whether a program lies in a folder, links followed.
func within(folder, program string) bool {
	for _, p := range []*string{&folder, &program} {
		if real, err := filepath.EvalSymlinks(*p); err == nil {
			*p = real
		}
	}
	rel, err := filepath.Rel(folder, program)
	return err == nil && filepath.IsLocal(rel)
}

func (r *Repository) command(args ...string) process.Command {
	return process.Command{Path: r.program, Args: append(fixed(), args...), Dir: r.top, Env: environment(r.top)}
}

// Close ends git.
func (r *Repository) Close() {
	r.cat.Stdin.Close()
	r.stop()
	if r.broken == nil {
		r.broken = errors.New("the repository is closed")
		_ = r.cat.Wait() // it was told to end
	}
}

// object is one object as git gives it.
type object struct {
	hash, kind string
	data       []byte
}

// errMissing is the answer of git about an object that is not there.
var errMissing = errors.New("no such object")

// ErrTooLarge is an object over the limit.
var ErrTooLarge = errors.New("file is too large")

// objectLimit is the size of the largest commit or tree that is read.
const objectLimit = 64 << 20

// ask reads one object by a name that holds no line break.
func (r *Repository) ask(name string, limit int64) (object, error) {
	if r.broken != nil {
		return object{}, r.broken
	}
	if _, err := io.WriteString(r.cat.Stdin, name+"\n"); err != nil {
		return object{}, r.fail(err)
	}
	header, err := r.out.ReadString('\n')
	if err != nil {
		return object{}, r.fail(err)
	}
	fields := strings.Fields(header)
	if len(fields) != 3 || fields[2] == "missing" {
		return object{}, errMissing // missing, ambiguous, or of another kind than was asked for
	}
	size, err := strconv.ParseInt(fields[2], 10, 64)
	if err != nil || size < 0 {
		return object{}, errMissing
	}
	if size > limit {
		if _, err := io.CopyN(io.Discard, r.out, size+1); err != nil {
			return object{}, r.fail(err)
		}
		return object{}, fmt.Errorf("%w (over %d bytes)", ErrTooLarge, limit)
	}
	data := make([]byte, size+1)
	if _, err := io.ReadFull(r.out, data); err != nil {
		return object{}, r.fail(err)
	}
	return object{fields[0], fields[1], data[:size]}, nil
}

// fail says why git ended.
func (r *Repository) fail(err error) error {
	r.cat.Stdin.Close()
	if r.ctx.Err() != nil {
		err = r.ctx.Err()
	}
	if ended := r.cat.Wait(); ended != nil && r.ctx.Err() == nil {
		err = ended
	}
	var said *process.Error
	if errors.As(err, &said) && said.Stderr != "" {
		err = errors.New(strings.Join(strings.Fields(said.Stderr), " "))
	}
	r.broken = fmt.Errorf("git cannot read the repository: %w", err)
	return r.broken
}
