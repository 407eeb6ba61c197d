//go:build !unix

package budgettest

import (
	"testing"
	"time"
)

// CPU is not measured here.
func CPU(testing.TB) time.Duration { return 0 }
