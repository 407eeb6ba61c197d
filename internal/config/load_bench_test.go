package config

import (
	"fmt"
	"strings"
	"testing"
)

// large is an architecture of n components in systems of fifty, each using three others, with a view a system.
func large(n int) []File {
	var files []File
	for s := 0; s*50 < n; s++ {
		var b strings.Builder
		fmt.Fprintf(&b, "system \"s%d\" {}\nview \"container\" \"v%d\" {\n  of = system.s%d\n  include = [children(system.s%d), neighbors(system.s%d)]\n  where = !contains(self.tags, \"gone\")\n}\n", s, s, s, s, s)
		for i := s * 50; i < (s+1)*50; i++ {
			fmt.Fprintf(&b, `component "c%d" {
  in          = system.s%d
  title       = "Component ${%d}"
  description = "Does what component %d does"
  tags        = ["a", "b"]
  depends_on  = [component.c%d, component.c%d]
  uses {
    to    = component.c%d
    label = "asks"
  }
  code { go = ["./c%d/..."] }
}
`, i, s, i, i, (i+1)%n, (i+7)%n, (i+53)%n, i)
		}
		files = append(files, File{fmt.Sprintf("s%d.arch.hcl", s), []byte(b.String())})
	}
	return files
}

func BenchmarkLoad(b *testing.B) {
	files := large(5000)
	size := 0
	for _, f := range files {
		size += len(f.Data)
	}
	b.SetBytes(int64(size))
	b.ReportAllocs()
	for b.Loop() {
		if m, findings := Load(files, Options{}); len(findings) > 0 || len(m.Elements) != 5100 {
			b.Fatal(findings[0].Message)
		}
	}
}
