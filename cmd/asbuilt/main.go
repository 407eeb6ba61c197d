// Command asbuilt draws the architecture a team declares and says where the code has drifted from it.
package main

import (
	"context"
	"os"
	"os/signal"
	"syscall"

	"github.com/asbuilt/asbuilt/internal/cli"
	"github.com/asbuilt/asbuilt/internal/enginehome"
)

func main() {
	enginehome.Restore()
	os.Exit(run())
}

// run is main, for the tests too.
func run() int {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	context.AfterFunc(ctx, stop) // a second signal ends the process at once
	return cli.Run(ctx, cli.OS())
}
