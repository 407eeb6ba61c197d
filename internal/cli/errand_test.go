package cli

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestSplit(t *testing.T) {
	for line, want := range map[string]string{
		"":                           "",
		"  make   reload ":           "make|reload",
		`say "two words" 'it''s' ""`: "say|two words|its|",
		`a\ b '\n' "\"" \\`:          `a b|\n|"|\`,
		"x; rm $HOME | y > z":        "x;|rm|$HOME|\x00|y|>|z",
		"ü 'ß'\tя":                   "ü|ß|я",
	} {
		words, err := split(line)
		require.NoError(t, err)
		for i := range words {
			words[i] = strings.ReplaceAll(words[i], "|", "\x00")
		}
		require.Equal(t, want, strings.Join(words, "|"), line)
	}
	for _, line := range []string{`"`, `a 'b`, `a\`} {
		_, err := split(line)
		require.ErrorContains(t, err, "open", line)
	}
}
