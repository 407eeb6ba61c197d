package workspace

import (
	"errors"
	"io/fs"
	"syscall"

	"github.com/fsnotify/fsnotify"
)

// hints are the events of the watched folders, where the system gives any. Without them a watch looks by itself.
type hints struct {
	open    func() (*fsnotify.Watcher, error)
	watcher *fsnotify.Watcher // nil: there are none
	say     func(string)
}

// reset begins anew, with no folder.
func (h *hints) reset() {
	h.close()
	w, err := h.open()
	if err != nil {
		h.fail(err)
		return
	}
	h.watcher = w
}

// fail goes on without events.
func (h *hints) fail(err error) {
	h.close()
	why := bare(err).Error()
	switch {
	case errors.Is(err, syscall.ENOSPC):
		why = "there are more folders than the system lets one user watch (on Linux, fs.inotify.max_user_watches)"
	case errors.Is(err, syscall.EMFILE), errors.Is(err, syscall.ENFILE):
		why = "there are more watches or open files than the system allows (on Linux, fs.inotify.max_user_instances)"
	}
	h.say("no events: " + why + "; looking for changes instead, every second or so")
}

func (h *hints) close() {
	if h.watcher != nil {
		h.watcher.Close()
		h.watcher = nil
	}
}

// add asks for the events of a folder. One that is gone, or must not be read, has none; its scan says so, too.
func (h *hints) add(abs string) {
	if h.watcher == nil {
		return
	}
	err := h.watcher.Add(abs)
	if err != nil && !errors.Is(err, fs.ErrNotExist) && !errors.Is(err, fs.ErrPermission) && !errors.Is(err, syscall.ENOTDIR) {
		h.fail(err)
	}
}

func (h *hints) events() <-chan fsnotify.Event {
	if h.watcher == nil {
		return nil
	}
	return h.watcher.Events
}

func (h *hints) errors() <-chan error {
	if h.watcher == nil {
		return nil
	}
	return h.watcher.Errors
}
