package workspace

import (
	"strings"
)

// interest says which files of a folder count.
type interest uint8

const (
	inText     interest = 1 << iota // *.arch.hcl
	inCode                          // Go files, and what says how they belong together
	inModule                        // go.mod and go.work alone
	inPictures                      // products of views
	inData                          // every file: evidence of other tools
)

// kind says what a change touches.
type kind uint8

const (
	ofText    kind = 1 << iota
	ofCode         // what observers read
	ofAside        // what is neither: pictures, the baseline
	ofIgnores      // what git ignores
)

// kindOf is what a file of this name is to those who are interested; 0: nothing.
func (i interest) kindOf(name string) kind {
	var k kind
	if isEditors(name) {
		return 0
	}
	if i&inText != 0 && isArchitecture(name) {
		k |= ofText
	}
	if i&inPictures != 0 && !strings.HasPrefix(name, ".") {
		if _, ours := fileFormat(name); ours {
			k |= ofAside
		}
	}
	if i&inData != 0 || i&(inCode|inModule) != 0 && isModule(name) || i&inCode != 0 && strings.HasSuffix(name, ".go") {
		k |= ofCode
	}
	if i&(inCode|inData) != 0 && name == ".gitignore" {
		k |= ofIgnores
	}
	return k
}

func isModule(name string) bool {
	switch name {
	case "go.mod", "go.sum", "go.work", "go.work.sum", "modules.txt":
		return true
	}
	return false
}

// enters reports whether what is interesting can lie below a folder of this name: where the go command looks for
// packages. What a package imports from elsewhere is watched for itself.
func (i interest) enters(name string) bool {
	switch name {
	case "testdata", "vendor", "node_modules":
		return i&inData != 0 && name != "node_modules"
	}
	return name[0] != '.' && name[0] != '_'
}

// isEditors reports whether a file is one that an editor or a tool keeps beside the one that it saves.
func isEditors(name string) bool {
	for _, end := range []string{"~", ".swp", ".swo", ".swx", ".tmp", ".bak", "#", "___jb_tmp___", "___jb_old___"} {
		if strings.HasSuffix(name, end) {
			return true
		}
	}
	for _, begin := range []string{".#", "#", ".goutputstream-"} {
		if strings.HasPrefix(name, begin) {
			return true
		}
	}
	return name == "4913"
}
