package cli

import (
	"errors"
	"fmt"
	"runtime"
	"strings"

	"github.com/spf13/cobra"

	"github.com/asbuilt/asbuilt/internal/collector"
)

// settings are the flags that the environment may set: ASBUILT_FAIL_ON=warning is --fail-on=warning where the command
// has that flag and it is not written. What changes files, or means another thing to each command, is not among them.
func settings() []string {
	return []string{"code", "color", "fail-on", "jobs", "out", "quiet", "timeout", "today", "verbose"}
}

func variableOf(flag string) string {
	return "ASBUILT_" + strings.ToUpper(strings.ReplaceAll(flag, "-", "_"))
}

// fromEnvironment sets the flags that are not written.
func (a *app) fromEnvironment(cmd *cobra.Command) error {
	var wrong []error
	for _, name := range settings() {
		f, value := cmd.Flags().Lookup(name), a.Getenv(variableOf(name))
		if f == nil || f.Changed || value == "" {
			continue
		}
		if err := f.Value.Set(value); err != nil {
			wrong = append(wrong, fmt.Errorf("%s=%q is no value of --%s", variableOf(name), value, name))
		}
	}
	return errors.Join(wrong...)
}

// tuneCollector sets when garbage is collected, until the returned function is called; GOGC, where it is set, says otherwise.
func (a *app) tuneCollector() (restore func()) {
	if a.Getenv("GOGC") != "" {
		return func() {}
	}
	return collector.Tune()
}

// limitJobs bounds how much goes on at a time; 0 is a job for every processor.
func (a *app) limitJobs() error {
	switch {
	case a.flags.jobs < 0:
		return fmt.Errorf("--jobs=%d: it is a number of jobs, or 0 for one a processor", a.flags.jobs)
	case a.flags.jobs > 0:
		runtime.GOMAXPROCS(a.flags.jobs)
	}
	return nil
}
