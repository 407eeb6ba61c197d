package workspace

import (
	"errors"
	"fmt"
	"io/fs"
	"path"
	"path/filepath"

	"github.com/asbuilt/asbuilt/internal/enginehome"
	"github.com/asbuilt/asbuilt/internal/files"
)

// CleanCache removes what the layout engine keeps, and says how much that was.
func CleanCache() (removed int, size int64, err error) {
	home := enginehome.Home()
	if home == "" {
		return 0, 0, nil
	}
	tree, err := files.Open(home, "")
	if errors.Is(err, fs.ErrNotExist) {
		return 0, 0, nil
	}
	if err != nil {
		return 0, 0, fmt.Errorf("the cache: %s", reason(err))
	}
	defer tree.Close()
	return clean(tree, ".")
}

// KeepCrash keeps the report of a crash in the cache, in place of an earlier one, and says where. There is no other
// place that a run may write to unasked.
func KeepCrash(report []byte) (file string, err error) {
	home := enginehome.Home()
	if home == "" {
		return "", errors.New("there is no cache folder")
	}
	tree, err := files.Open(home, "")
	if err != nil {
		return "", err
	}
	defer tree.Close()
	return filepath.Join(home, crashFile), tree.Write(crashFile, report)
}

const crashFile = "crash.txt"

func clean(tree *files.Tree, dir string) (removed int, size int64, err error) {
	entries, err := tree.Entries(dir)
	if err != nil {
		return 0, 0, fmt.Errorf("the cache: %s", reason(err))
	}
	for _, e := range entries {
		p := path.Join(dir, e.Name())
		if e.IsDir() {
			n, bytes, err := clean(tree, p)
			removed, size = removed+n, size+bytes
			if err != nil {
				return removed, size, err
			}
			continue
		}
		if !e.Type().IsRegular() {
			continue
		}
		if info, err := e.Info(); err == nil {
			size += info.Size()
		}
		if err := tree.Remove(p); err != nil {
			return removed, size, fmt.Errorf("the cache: %s", reason(err))
		}
		removed++
	}
	return removed, size, nil
}
