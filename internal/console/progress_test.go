package console

import (
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"
)

func TestProgress(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var out strings.Builder
		p := NewProgress(&out, time.Second)
		p.Say("%d of %d", 1, 21)
		time.Sleep(999 * time.Millisecond)
		synctest.Wait()
		require.Empty(t, out.String(), "what is done in time says nothing")
		time.Sleep(time.Millisecond)
		synctest.Wait()
		require.Equal(t, "\r\x1b[K1 of 21", out.String())
		p.Say("view %s", "a\x1b[31m")
		require.Equal(t, "\r\x1b[K1 of 21\r\x1b[Kview a\\x1b[31m", out.String())
		p.End()
		require.True(t, strings.HasSuffix(out.String(), "\r\x1b[K"), "the line is gone")
		before := out.String()
		p.Say("late")
		require.Equal(t, before, out.String())
	})
}

func TestProgressOfShortWork(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var out strings.Builder
		p := NewProgress(&out, time.Second)
		p.Say("1 of 2")
		p.End()
		time.Sleep(time.Minute)
		synctest.Wait()
		require.Empty(t, out.String())
	})
}
