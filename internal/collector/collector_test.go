package collector

import (
	"runtime"
	"runtime/debug"
	"runtime/metrics"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

func TestPercent(t *testing.T) {
	for _, c := range []struct {
		live uint64
		want int
	}{
		{0, 2400},
		{4 << 20, 2300},
		{24 << 20, 300},
		{48 << 20, 100},
		{68 << 20, 41},
		{69 << 20, 40},
		{1 << 30, 40},
	} {
		require.Equal(t, c.want, percent(c.live), "%d MiB", c.live>>20)
	}
}

// The collector waits while little is in use, and no longer when much is.
func TestTune(t *testing.T) {
	before := debug.SetGCPercent(100)
	defer debug.SetGCPercent(before)
	restore := Tune()
	held := make([]byte, 200<<20)
	require.Eventually(t, func() bool {
		runtime.GC()
		return garbage() == 40
	}, 10*time.Second, time.Millisecond, "200 MiB in use")
	runtime.KeepAlive(held)
	require.Eventually(t, func() bool {
		runtime.GC()
		return garbage() > 100
	}, 10*time.Second, time.Millisecond, "nearly nothing in use")
	restore()
	require.Equal(t, 100, garbage())
	runtime.GC()
	time.Sleep(10 * time.Millisecond)
	require.Equal(t, 100, garbage(), "what was watched for has an end")
}

// garbage is the per cent that is set.
func garbage() int {
	sample := []metrics.Sample{{Name: "/gc/gogc:percent"}}
	metrics.Read(sample)
	return int(sample[0].Value.Uint64())
}
