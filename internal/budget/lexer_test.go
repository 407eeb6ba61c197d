package budget

import (
	"bytes"
	"math/rand"
	"strings"
	"testing"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"
	"github.com/stretchr/testify/require"
)

// pieces are what random sources are made of: all that changes the lexer's mode, and some that does not.
func pieces() []string {
	return []string{
		"a", "E", "for", "if", "endfor", "é", "·", "¬", "E\n", "<<E\n", "<<-E\n", "<<E\r\n", "<<", "\"", "\"", "\"", "$", "%", "${", "%{", "${~",
		"~}", "}", "}", "{", "$$", "$${", "%%{", "~", "\\", "\\\"", "\n", "\r\n", "#", "//", "/*", "*/", "*", "/", " ", "\t", "(", ")", "[", "]",
		".", "..", "...", "::", "1", "2", "1e5", "1.", "e", "+", "-", "=", "==", "=>", "<", ">", "!", "?", ":", "&&", "||", "|", "&", ",", ";", "'", "`", "@",
	}
}

func randomSource(rnd *rand.Rand, n int) []byte {
	all := pieces()
	var b bytes.Buffer
	for range 1 + rnd.Intn(n) {
		b.WriteString(all[rnd.Intn(len(all))])
	}
	return b.Bytes()
}

// lexed are the tokens of our lexer; whole is false where it stopped.
func lexed(src []byte) (out []string, whole bool) {
	l := newLexer(src)
	for {
		t := l.next()
		if t.kind == hclsyntax.TokenNil {
			return out, false
		}
		out = append(out, string(t.kind)+" "+string(src[t.start:t.end]))
		if t.kind == hclsyntax.TokenEOF {
			return out, true
		}
	}
}

func lexedByHCL(src []byte) []string {
	tokens, _ := hclsyntax.LexConfig(src, "", hcl.InitialPos)
	out := make([]string, len(tokens))
	for i, t := range tokens {
		out[i] = string(t.Type) + " " + string(t.Bytes)
	}
	return out
}

func requireSameTokens(t *testing.T, src []byte) {
	t.Helper()
	got, whole := lexed(src)
	want := lexedByHCL(src)
	if !whole {
		require.GreaterOrEqual(t, len(want), len(got), "%q", src)
		want = want[:len(got)]
	}
	require.Equal(t, strings.Join(want, "\x00"), strings.Join(got, "\x00"), "%q", src)
}

func TestTokensAreThoseOfHCL(t *testing.T) {
	rnd := rand.New(rand.NewSource(1))
	for range 60_000 {
		requireSameTokens(t, randomSource(rnd, 16))
	}
}

func FuzzTokensAreThoseOfHCL(f *testing.F) {
	rnd := rand.New(rand.NewSource(2))
	for range 50 {
		f.Add(randomSource(rnd, 30))
	}
	f.Fuzz(func(t *testing.T, src []byte) {
		for _, c := range src {
			if c >= 0x80 { // which letters are letters depends on the version of Unicode
				return
			}
		}
		if s := (&scanner{src: src}); s.bytes() != nil {
			return
		}
		requireSameTokens(t, src)
	})
}
