package golang

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/asbuilt/asbuilt/pkg/evidence"
	"github.com/asbuilt/asbuilt/pkg/source"
)

func TestWaiversOfAnOlderText(t *testing.T) {
	require.Equal(t, []evidence.Waiver{
		{Rule: "code/denied", Until: "2027-01-31", Reason: "soon", At: source.At("", 3)},
		{Rule: "rule.layers", Reason: "x: y", At: source.At("", 4)},
	}, Waivers([]byte("package p\n//asbuilt:waiver x\n\t//asbuilt:waive code/denied until 2027-01-31: soon\r\nimport _ \"m\" //asbuilt:waive rule.layers: x: y")))
}
