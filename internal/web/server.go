// Package web is the door for a browser on the same machine: it serves the viewer and the pictures, and says when there
// are newer ones. It serves from memory what it was shown; nothing that a request says reaches a file.
//
// Other pages that the same browser shows, and other users of the machine, must not see the pictures. So it listens on
// the loopback address alone, and answers only who knows a secret of 256 bits: it is the first part of every path. (A
// cookie would be sent to every other port of the machine, too.) What names another host, comes from another page or is no
// GET is refused, even with the secret.
package web

import (
	"context"
	"crypto/rand"
	"encoding/base64"
	"errors"
	"fmt"
	"io"
	"log"
	"net"
	"net/http"
	"strconv"
	"sync/atomic"
	"syscall"
	"time"

	"github.com/asbuilt/asbuilt/internal/workspace"
)

const (
	secretBytes = 32
	mostStreams = 64       // open at a time: more are refused
	mostHeaders = 16 << 10 // bytes
	patience    = 5 * time.Second
	heartbeat   = 15 * time.Second
)

// Server is a page on the loopback address.
type Server struct {
	listener net.Listener
	host     string // as a browser must name it
	secret   string
	page     atomic.Pointer[page]
	streams  chan struct{}
}

// Listen takes a port of the loopback address, any one for 0.
func Listen(port int) (*Server, error) {
	listener, err := loopback(port)
	if err != nil {
		return nil, err
	}
	secret := make([]byte, secretBytes)
	rand.Read(secret) // never fails
	s := &Server{
		listener: listener, host: listener.Addr().String(), secret: base64.RawURLEncoding.EncodeToString(secret),
		streams: make(chan struct{}, mostStreams),
	}
	first, err := newPage(nil)
	if err != nil {
		return nil, errors.Join(err, listener.Close())
	}
	s.page.Store(first)
	return s, nil
}

// loopback listens where only this machine reaches it.
func loopback(port int) (net.Listener, error) {
	p := strconv.Itoa(port)
	listener, err := net.Listen("tcp4", net.JoinHostPort("127.0.0.1", p))
	if err == nil {
		return listener, nil
	}
	if errors.Is(err, syscall.EADDRINUSE) {
		return nil, fmt.Errorf("port %d is taken; without --port a free one is found", port)
	}
	if six, err := net.Listen("tcp6", net.JoinHostPort("::1", p)); err == nil { // there are machines without the other
		return six, nil
	}
	return nil, err
}

// URL is the address of the page, with the secret.
func (s *Server) URL() string { return "http://" + s.host + "/" + s.secret + "/" }

// Show puts a state of the project in place of the one before, and tells the pages that are open.
func (s *Server) Show(e *workspace.Exhibit) error {
	next, err := newPage(e)
	if err != nil {
		return err
	}
	if old := s.page.Load(); old.sum != next.sum {
		s.page.Store(next)
		close(old.stale)
	}
	return nil
}

// Serve answers until ctx is done.
func (s *Server) Serve(ctx context.Context) error {
	server := &http.Server{
		Handler: s, ReadHeaderTimeout: patience, IdleTimeout: time.Minute, MaxHeaderBytes: mostHeaders,
		DisableGeneralOptionsHandler: true, ErrorLog: log.New(io.Discard, "", 0),
		BaseContext: func(net.Listener) context.Context { return ctx },
	}
	defer context.AfterFunc(ctx, func() { server.Close() })()
	if err := server.Serve(s.listener); !errors.Is(err, http.ErrServerClosed) {
		return err
	}
	return nil
}
