package config

import (
	"testing"

	"github.com/stretchr/testify/require"
)

func TestSatisfies(t *testing.T) {
	for _, c := range []struct {
		version, constraint string
		want                bool
	}{
		{"1.2.3", "1.2.3", true},
		{"v1.2.3", "= 1.2.3", true},
		{"1.2.3", "1.2", false},
		{"1.2.0", "1.2", true},
		{"1.2.3", "!= 1.2.3", false},
		{"1.2.3", "> 1.2", true},
		{"1.2.3", ">= 1.2.4", false},
		{"1.2.3", "< 2", true},
		{"1.2.3", "<= 1.2.3", true},
		{"1.2.3", "~> 1.2", true},
		{"1.9.0", "~> 1.2", true},
		{"2.0.0", "~> 1.2", false},
		{"1.2.9", "~> 1.2.3", true},
		{"1.3.0", "~> 1.2.3", false},
		{"1.9.9", "~> 1", true},
		{"2.0.0", "~> 1", false},
		{"1.2.3", ">= 0.1, < 2", true},
		{"2.1.0", ">= 0.1, < 2", false},
		{"1.0.0-rc.1", ">= 1.0.0", false},
		{"1.0.0-rc.1", ">= 1.0.0-rc.1", true},
		{"", ">= 99", true},
		{"(devel)", ">= 99", true},
		{"v0.0.0-20261123104333-69f94dc3a1d4", ">= 99", true},
		{"v0.0.0-20261123104333-69f94dc3a1d4+dirty", ">= 99", true},
		{"v1.4.1-0.20261123104333-69f94dc3a1d4", ">= 99", true},
	} {
		got, err := satisfies(c.version, c.constraint)
		require.NoError(t, err)
		require.Equal(t, c.want, got, "%s %s", c.version, c.constraint)
	}
	for _, bad := range []string{"", "newest", ">= 1.2.3.4", "1.x", ">=1, ", "=> 1", "99999999999999999999999"} {
		_, err := satisfies("1.0.0", bad)
		require.Error(t, err, "%q", bad)
	}
}
