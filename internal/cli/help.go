package cli

import (
	"strings"

	"github.com/spf13/cobra"
)

// helpWidth is how wide help may be, in columns.
const helpWidth = 80

// fold breaks the description of every command into lines that fit.
func fold(cmd *cobra.Command) {
	cmd.Long = folded(cmd.Long)
	for _, c := range cmd.Commands() {
		fold(c)
	}
}

// folded breaks paragraphs into lines; an empty line parts them.
func folded(text string) string {
	paragraphs := strings.Split(text, "\n\n")
	for i, p := range paragraphs {
		var lines []string
		line := ""
		for word := range strings.FieldsSeq(p) {
			switch {
			case line == "":
				line = word
			case len(line)+1+len(word) <= helpWidth:
				line += " " + word
			default:
				lines, line = append(lines, line), word
			}
		}
		paragraphs[i] = strings.Join(append(lines, line), "\n")
	}
	return strings.Join(paragraphs, "\n\n")
}
