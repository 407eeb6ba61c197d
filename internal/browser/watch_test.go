//go:build browser

package browser

import (
	"context"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"
	"github.com/stretchr/testify/require"
)

// watch sees what a picture must never cause: dialogs, and requests other than that for the picture.
type watch struct{ seen chan string }

// alarm is a page that does both, so that a watch is known to be awake, and to have seen all that came before.
const alarm = "<!doctype html><title>alarm</title><img src='alarm.png'><script>setTimeout(() => alert('alarm'))</script>"

func newWatch(t *testing.T, tab context.Context) *watch { return newWatchOf(t, tab, "") }

// newWatchOf expects requests that begin with own, too; none when that is "".
func newWatchOf(t *testing.T, tab context.Context, own string) *watch {
	require.NoError(t, chromedp.Do(tab, chromedp.Func(func(ctx context.Context, target *chromedp.Target) error {
		_, err := cdp.Call(ctx, target, network.Enable, network.EnableParams{})
		return err
	})))
	w := &watch{make(chan string, 1000)}
	dialogs := chromedp.Events(tab, page.JavascriptDialogOpening)
	requests := chromedp.Events(tab, network.RequestWillBeSent)
	go func() {
		for e, err := range dialogs {
			if err != nil {
				return
			}
			w.seen <- "dialog " + e.Message
			dismiss(tab)
		}
	}()
	go func() {
		for e, err := range requests {
			if err != nil {
				return
			}
			document := e.Type == network.ResourceTypeDocument && strings.HasPrefix(e.Request.URL, "file:")
			if !document && (own == "" || !strings.HasPrefix(e.Request.URL, own)) {
				w.seen <- "request " + e.Request.URL
			}
		}
	}()
	return w
}

func dismiss(tab context.Context) error {
	return chromedp.Do(tab, chromedp.Func(func(ctx context.Context, target *chromedp.Target) error {
		_, err := cdp.Call(ctx, target, page.HandleJavaScriptDialog, page.HandleJavaScriptDialogParams{Accept: true})
		return err
	}))
}

// requireQuiet sounds the alarm, and expects to hear of nothing else.
func (w *watch) requireQuiet(t *testing.T, tab context.Context) {
	file := write(t, t.TempDir(), "alarm.html", []byte(alarm))
	require.NoError(t, chromedp.Do(tab, chromedp.Navigate("file://"+file)))
	heard := []string{<-w.seen, <-w.seen}
	require.ElementsMatch(t, []string{"dialog alarm", "request file://" + strings.TrimSuffix(file, "html") + "png"}, heard)
	require.Empty(t, w.seen)
}
