package web

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/asbuilt/asbuilt/internal/viewer"
	"github.com/asbuilt/asbuilt/internal/workspace"
)

// secretWord stands in everything that the test's page holds, and the viewer's own word in what the page is made of.
const secretWord = "canary-4711"

func exhibit(sum string) *workspace.Exhibit {
	index := viewer.Empty(secretWord)
	index.Views = append(index.Views, viewer.View{Name: "shop", Title: secretWord, Picture: viewer.PictureFile("shop"), Sum: sum})
	return &workspace.Exhibit{Index: index, Pictures: map[string][]byte{"shop": []byte("<svg>\n<style>\n." + secretWord + "{}\n</style>\n" + secretWord + "</svg>")}}
}

// start serves a page for a test.
func start(t *testing.T) *Server {
	s, err := Listen(0)
	require.NoError(t, err)
	require.NoError(t, s.Show(exhibit("1")))
	ctx, stop := context.WithCancel(t.Context())
	ended := make(chan error)
	go func() { ended <- s.Serve(ctx) }()
	t.Cleanup(func() {
		stop()
		require.NoError(t, <-ended)
	})
	return s
}

// send writes a request as it is, and returns all that comes back.
func send(t *testing.T, s *Server, request string) (status, body string) {
	conn, err := net.Dial("tcp", s.host)
	require.NoError(t, err)
	defer conn.Close()
	require.NoError(t, conn.SetDeadline(time.Now().Add(20*time.Second)))
	_, err = io.WriteString(conn, request)
	require.NoError(t, err)
	answer, err := io.ReadAll(conn)
	require.True(t, err == nil || len(answer) > 0, err)
	head, body, _ := strings.Cut(string(answer), "\r\n\r\n")
	status, _, _ = strings.Cut(strings.TrimPrefix(head, "HTTP/1.1 "), " ")
	return status, body
}

// What an honest browser sends is answered, file by file.
func TestHonest(t *testing.T) {
	s := start(t)
	names := []string{"", "viewer.js", "viewer.css", "icon.svg", "licenses.txt", "index.json", "views/shop.svg", "views/shop.css"}
	require.Len(t, s.page.Load().files, len(names))
	for _, name := range names {
		for _, extra := range []string{"", "Origin: http://" + s.host + "\r\n", "Sec-Fetch-Site: none\r\n", "Sec-Fetch-Site: same-origin\r\n"} {
			status, body := send(t, s, fmt.Sprintf("GET /%s/%s HTTP/1.1\r\nHost: %s\r\n%sConnection: close\r\n\r\n", s.secret, name, s.host, extra))
			require.Equal(t, "200", status, "%s %s", name, extra)
			require.NotEmpty(t, body)
		}
	}
	answer, err := http.Get(s.URL())
	require.NoError(t, err)
	defer answer.Body.Close()
	require.Equal(t, viewer.Policy, answer.Header.Get("Content-Security-Policy"))
	require.NotContains(t, viewer.Policy, "unsafe")
	require.NotContains(t, viewer.Policy, "http")
	for name, want := range map[string]string{
		"X-Content-Type-Options": "nosniff", "Referrer-Policy": "no-referrer", "Cross-Origin-Resource-Policy": "same-origin", "Cache-Control": "no-store",
		"X-Frame-Options": "DENY", "Cross-Origin-Opener-Policy": "same-origin", "Access-Control-Allow-Origin": "", "Server": "",
	} {
		require.Equal(t, want, answer.Header.Get(name), name)
	}
}

// Forged requests get nothing: each is like an honest one but for one thing or several.
func TestForged(t *testing.T) {
	s := start(t)
	port := s.host[strings.LastIndexByte(s.host, ':'):]
	wrong := strings.Repeat("A", len(s.secret))
	honest := request{"GET", "/" + s.secret + "/index.json", "Host: " + s.host + "\r\n", ""}
	methods := []string{"GET", "POST", "PUT", "DELETE", "HEAD", "OPTIONS", "TRACE", "CONNECT", "PATCH", "get", "PROPFIND"}
	hosts := []string{
		"Host: " + s.host, "Host: localhost" + port, "Host: 127.0.0.1", "Host: evil.example", "Host: evil.example" + port, "Host: 127.0.0.1.evil.example" + port,
		"Host: 127.1" + port, "Host: 0.0.0.0" + port, "Host: [::1]" + port, "Host: 2130706433" + port, "Host: user@" + s.host, "Host: " + s.host + ".", "Host: ",
		"X-Forwarded-Host: " + s.host, "Host: evil.example\r\nHost: " + s.host, "Host: " + s.host + ",evil.example",
	}
	origins := []string{
		"", "Origin: null", "Origin: http://evil.example", "Origin: https://" + s.host, "Origin: http://localhost" + port, "Origin: http://127.0.0.1", "Origin: http://" + s.host + "/",
		"Origin: http://" + s.host + ".evil.example", "Origin: http://127.0.0.1:1", "Origin: file://", "Origin:", "Origin: http://" + s.host + "\r\nOrigin: http://evil.example",
		"Sec-Fetch-Site: cross-site", "Sec-Fetch-Site: same-site", "Sec-Fetch-Site: ", "Sec-Fetch-Site: same-origin\r\nSec-Fetch-Site: cross-site",
	}
	paths := []string{
		"/", "/index.json", "//index.json", "/" + wrong + "/", "/" + wrong + "/index.json", "/" + s.secret, "/" + s.secret[:42] + "/index.json", "/" + s.secret + "A/index.json",
		"/" + strings.ToLower(s.secret) + "/index.json", "/" + strings.ToUpper(s.secret) + "/index.json", "//" + s.secret + "/index.json", "/x/" + s.secret + "/index.json",
		"/?" + s.secret, "/index.json?token=" + s.secret, "/" + s.secret + "/index.json?", "/" + s.secret + "/index.json?a=b", "/" + s.secret + "//index.json", "/" + s.secret + "/./index.json",
		"/" + s.secret + "/views/", "/" + s.secret + "/views", "/" + s.secret + "/views/../index.json", "/" + s.secret + "/../../etc/passwd", "/" + s.secret + "/..%2f..%2fetc%2fpasswd",
		"/" + s.secret + "/%2e%2e/%2e%2e/go.mod", "/" + s.secret + "/views/shop.svg%00", "/" + s.secret + "/views/shop", "/" + s.secret + "/views/shop.SVG", "/" + s.secret + "/views\\shop.svg",
		"/" + s.secret + "/index.html", "/" + s.secret + "/server.go", "/" + s.secret + "/src/main.js", "/" + s.secret + "/index%2ejson", "/" + s.secret + "%2findex.json", "/%" + fmt.Sprintf("%x", s.secret[0]) + s.secret[1:] + "/index.json",
		"http://" + s.host + "/" + s.secret + "/index.json", "http://evil.example/" + s.secret + "/index.json", "*", s.secret + "/index.json", "/./" + s.secret + "/index.json",
		"/" + wrong + "/events", "/events", "/favicon.ico", "/robots.txt", "/debug/pprof/", "/.git/config", "/asbuilt.arch.hcl", "/" + s.secret + "/asbuilt.arch.hcl", "/C:/Windows/win.ini",
	}
	var forged []request
	add := func(r request) {
		if r != honest {
			forged = append(forged, r)
		}
	}
	for _, m := range methods {
		add(request{m, honest.target, honest.host, ""})
	}
	for _, h := range hosts {
		for _, m := range methods[:2] {
			add(request{m, honest.target, h + "\r\n", ""})
		}
	}
	for _, o := range origins {
		if o != "" {
			o += "\r\n"
		}
		for _, m := range methods[:3] {
			add(request{m, honest.target, honest.host, o})
		}
		add(request{"GET", honest.target, "Host: evil.example" + port + "\r\n", o})
	}
	for _, p := range paths {
		for _, o := range []string{"", "Origin: http://" + s.host + "\r\n"} {
			add(request{"GET", p, honest.host, o})
		}
	}
	require.GreaterOrEqual(t, len(forged), 200)
	status, body := send(t, s, honest.String())
	require.Equal(t, "200", status)
	require.Contains(t, body, secretWord)
	for _, r := range forged {
		status, body := send(t, s, r.String())
		require.NotRegexp(t, `^[23]`, status, "%q", r)
		require.NotContains(t, body, secretWord, "%q", r)
		require.True(t, body == "" || strings.HasPrefix(body, "4"), "%q: %q", r, body) // net/http's own "400 Bad Request"
	}
	t.Logf("%d forged requests, none with content", len(forged))
}

type request struct{ method, target, host, more string }

func (r request) String() string {
	return r.method + " " + r.target + " HTTP/1.1\r\n" + r.host + r.more + "Connection: close\r\n\r\n"
}

// It listens where only this machine is, and two servers have two secrets, of 256 bits.
func TestListen(t *testing.T) {
	a, b := start(t), start(t)
	address := a.listener.Addr().(*net.TCPAddr)
	require.True(t, address.IP.IsLoopback())
	require.NotEqual(t, a.secret, b.secret)
	require.Len(t, a.secret, 43)
	require.Equal(t, "http://"+a.host+"/"+a.secret+"/", a.URL())
	_, err := Listen(address.Port)
	require.ErrorContains(t, err, "is taken")
}

// A page that listens hears of every other state, and not of the same again.
func TestStream(t *testing.T) {
	s := start(t)
	answer, err := http.Get(s.URL() + "events")
	require.NoError(t, err)
	defer answer.Body.Close()
	require.Equal(t, "text/event-stream", answer.Header.Get("Content-Type"))
	lines := bufio.NewScanner(answer.Body)
	next := func() string {
		for lines.Scan() {
			if data, ok := strings.CutPrefix(lines.Text(), "data: "); ok {
				return data
			}
		}
		require.NoError(t, lines.Err())
		return ""
	}
	require.Equal(t, s.page.Load().sum, next())
	first := s.page.Load()
	require.NoError(t, s.Show(exhibit("1")))
	require.Same(t, first, s.page.Load())
	for _, sum := range []string{"2", "3"} {
		require.NoError(t, s.Show(exhibit(sum)))
		require.Equal(t, s.page.Load().sum, next())
	}
}

// More streams than a person opens are refused, and there is room again when one ends.
func TestStreams(t *testing.T) {
	s := start(t)
	client := &http.Client{Transport: &http.Transport{}}
	var open []*http.Response
	for range mostStreams {
		answer, err := client.Get(s.URL() + "events")
		require.NoError(t, err)
		require.Equal(t, http.StatusOK, answer.StatusCode)
		open = append(open, answer)
	}
	answer, err := client.Get(s.URL() + "events")
	require.NoError(t, err)
	require.Equal(t, http.StatusServiceUnavailable, answer.StatusCode)
	answer.Body.Close()
	for _, o := range open {
		o.Body.Close()
	}
	require.Eventually(t, func() bool { return len(s.streams) == 0 }, 20*time.Second, 10*time.Millisecond)
}

// Whatever is sent, there is an answer without content, or none.
func FuzzTarget(f *testing.F) {
	s := &Server{host: "127.0.0.1:1", secret: strings.Repeat("s", 43), streams: make(chan struct{}, mostStreams)}
	page, err := newPage(exhibit("1"))
	require.NoError(f, err)
	s.page.Store(page)
	f.Add("GET", "/x/", "127.0.0.1:1", "")
	f.Add("GET", "/"+s.secret+"x/index.json", s.host, "null")
	f.Fuzz(func(t *testing.T, method, target, host, origin string) {
		if strings.Contains(target, s.secret) {
			return
		}
		w := &sink{header: http.Header{}}
		s.ServeHTTP(w, &http.Request{Method: method, RequestURI: target, Host: host, Header: http.Header{"Origin": {origin}}})
		require.Empty(t, w.Bytes())
		require.GreaterOrEqual(t, w.status, 400)
	})
}

// sink is an answer that is looked at.
type sink struct {
	bytes.Buffer
	header http.Header
	status int
}

func (s *sink) Header() http.Header    { return s.header }
func (s *sink) WriteHeader(status int) { s.status = status }

// Serving ends without an error when it is told to.
func TestEnd(t *testing.T) {
	s, err := Listen(0)
	require.NoError(t, err)
	ctx, stop := context.WithCancel(t.Context())
	ended := make(chan error)
	go func() { ended <- s.Serve(ctx) }()
	answer, err := http.Get(s.URL() + "events")
	require.NoError(t, err)
	defer answer.Body.Close()
	stop()
	require.NoError(t, <-ended)
	_, err = io.ReadAll(answer.Body)
	require.True(t, err == nil || errors.Is(err, io.ErrUnexpectedEOF))
	_, err = net.Dial("tcp", s.host)
	require.Error(t, err)
}
