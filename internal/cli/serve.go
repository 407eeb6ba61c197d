package cli

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/spf13/cobra"

	"github.com/asbuilt/asbuilt/internal/web"
	"github.com/asbuilt/asbuilt/internal/workspace"
)

func (a *app) serveCommand() *cobra.Command {
	var port int
	cmd := &cobra.Command{
		Use:   "serve",
		Short: "Show the views in a browser, drawn again on every save",
		Long: "Serves a page with the views to this machine alone: to look at, to search, to go from a system\n" +
			"into its parts. It is drawn again on every save of the HCL, or of the code that it shows. Nothing\n" +
			"is written. The first line on standard output is the address; it holds a secret, and who knows\n" +
			"it can see the page until the command ends. An interrupt ends it, with status 0.",
		Example: "  asbuilt serve\n  asbuilt serve --port 8080",
		Args:    noArguments,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if port < 0 || port > 65535 {
				return fmt.Errorf("--port=%d: it is a number up to 65535, or 0 for any free one", port)
			}
			return a.serve(cmd.Context(), port)
		},
	}
	cmd.Flags().IntVar(&port, "port", 0, "the `number` of the port (default: any free one)")
	a.flagTimeout(cmd.Flags())
	return cmd
}

func (a *app) serve(ctx context.Context, port int) error {
	a.endless.Store(true)
	w, err := a.open()
	if err != nil {
		return err
	}
	defer w.Close()
	server, err := web.Listen(port)
	if err != nil {
		return err
	}
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	ended := make(chan error, 1)
	go func() {
		ended <- server.Serve(ctx)
		stop()
	}()
	told := &account{app: a}
	var shown error
	how := workspace.Watching{
		Now:   a.Now,
		Show:  func(e *workspace.Exhibit) { shown = server.Show(e) },
		Ready: func(int) { a.out.Printf("%s\n", server.URL()) },
		Built: func(b workspace.Build) { told.findings(w, b) },
		Say:   func(what string) { a.err.Printf("serve: %s\n", what) },
	}
	if a.flags.today == "" {
		how.Today = func() time.Time { return a.Now().UTC() }
	}
	watching := w.Watch(ctx, how)
	stop()
	return errors.Join(watching, shown, <-ended)
}
