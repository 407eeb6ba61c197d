package web

import (
	"crypto/sha256"
	"crypto/subtle"
	"net/http"
	"strconv"
	"strings"
	"time"

	"github.com/asbuilt/asbuilt/internal/viewer"
)

// ServeHTTP answers a request, or refuses it without a word.
func (s *Server) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	guard(w.Header())
	if status := s.refuses(r); status != 0 {
		w.WriteHeader(status)
		return
	}
	name, ok := s.name(r.RequestURI)
	page := s.page.Load()
	file, found := page.files[name]
	switch {
	case ok && name == eventsName:
		s.stream(w, r)
	case ok && found:
		w.Header().Set("Content-Type", file.Type)
		w.Header().Set("Content-Length", strconv.Itoa(len(file.Data)))
		w.Write(file.Data)
	default:
		w.WriteHeader(http.StatusNotFound)
	}
}

// guard sets what every answer says to the browser: do nothing that the page does not need, and tell nobody.
func guard(h http.Header) {
	h.Set("Content-Security-Policy", viewer.Policy)
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("X-Frame-Options", "DENY")
	h.Set("Referrer-Policy", "no-referrer")
	h.Set("Cross-Origin-Opener-Policy", "same-origin")
	h.Set("Cross-Origin-Resource-Policy", "same-origin")
	h.Set("Cache-Control", "no-store")
}

// refuses is the status of a request that is not answered whatever it asks for, else 0. A browser that is led here under
// another name (DNS rebinding) says that name as the host; another page's requests say their origin, or that they come
// from another site.
func (s *Server) refuses(r *http.Request) int {
	origins, sites := r.Header.Values("Origin"), r.Header.Values("Sec-Fetch-Site")
	switch {
	case r.Method != http.MethodGet:
		return http.StatusMethodNotAllowed
	case r.Host != s.host:
		return http.StatusMisdirectedRequest
	case len(origins) > 1, len(origins) == 1 && origins[0] != "http://"+s.host:
		return http.StatusForbidden
	case len(sites) > 1, len(sites) == 1 && sites[0] != "same-origin" && sites[0] != "none":
		return http.StatusForbidden
	}
	return 0
}

// name is what a request with the secret asks for. The target is taken as it was sent: there is one way to write each.
func (s *Server) name(target string) (name string, ok bool) {
	secret, name, cut := strings.Cut(strings.TrimPrefix(target, "/"), "/")
	given, own := sha256.Sum256([]byte(secret)), sha256.Sum256([]byte(s.secret)) // of one length, whatever was sent
	same := subtle.ConstantTimeCompare(given[:], own[:]) == 1
	return name, same && cut && strings.HasPrefix(target, "/")
}

// stream tells a page that is open of every newer state, in server-sent events.
func (s *Server) stream(w http.ResponseWriter, r *http.Request) {
	select {
	case s.streams <- struct{}{}:
		defer func() { <-s.streams }()
	default:
		w.WriteHeader(http.StatusServiceUnavailable)
		return
	}
	w.Header().Set("Content-Type", "text/event-stream")
	control := http.NewResponseController(w)
	say := func(text string) bool {
		_, err := w.Write([]byte(text))
		return err == nil && control.Flush() == nil
	}
	beat := time.NewTicker(heartbeat)
	defer beat.Stop()
	for {
		page := s.page.Load()
		if !say("retry: 1000\ndata: " + page.sum + "\n\n") {
			return
		}
		for fresh := true; fresh; {
			select {
			case <-page.stale:
				fresh = false
			case <-beat.C: // a page that is gone is noticed
				if !say(":\n\n") {
					return
				}
			case <-r.Context().Done():
				return
			}
		}
	}
}
