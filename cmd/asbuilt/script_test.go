package main

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"

	"github.com/asbuilt/asbuilt/internal/enginehome"
	"github.com/asbuilt/asbuilt/internal/git/gittest"
)

// asProgram is set where the test's executable is to be asbuilt.
const asProgram = "ASBUILT_TEST_MAIN"

// canary stands in the environment of every script; no output may ever hold it.
const canary = "canary-8c1f"

func TestMain(m *testing.M) {
	enginehome.Restore()
	if os.Getenv(asProgram) != "" || len(os.Args) > 1 && os.Args[1] == "layout-worker" { // a script's render starts its own executable again
		os.Exit(run())
	}
	testscript.Main(m, map[string]func(){"asbuilt": func() { os.Exit(run()) }})
}

// TestScripts runs one file a behaviour: testdata/script/*.txtar.
func TestScripts(t *testing.T) {
	testscript.Run(t, testscript.Params{
		Dir:                 filepath.Join("..", "..", "testdata", "script"),
		RequireExplicitExec: true,
		Setup: func(env *testscript.Env) error {
			// The engine's code is kept between scripts; everything else is each script's own.
			cache, err := os.UserCacheDir()
			if err != nil {
				return err
			}
			env.Setenv("XDG_CACHE_HOME", cache)
			env.Setenv("ASBUILT_SECRET", canary)
			env.Vars = append(env.Vars, gittest.Identity()...)
			return nil
		},
		Cmds: map[string]func(*testscript.TestScript, bool, []string){"status": status, "conforms": conforms},
	})
}

// status runs a program and asserts its exit status: status 2 asbuilt check.
func status(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 2 {
		ts.Fatalf("usage: status N program [args...]")
	}
	err := ts.Exec(args[1], args[2:]...)
	got := 0
	if exit, ok := err.(interface{ ExitCode() int }); ok {
		got = exit.ExitCode()
	} else if err != nil {
		ts.Fatalf("%v", err)
	}
	if want := args[0]; want != string(rune('0'+got)) {
		ts.Fatalf("status %d, want %s", got, want)
	}
}
