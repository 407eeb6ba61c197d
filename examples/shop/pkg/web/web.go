// Package web is what every service of the shop does with HTTP: serve until told to stop, answer in
// JSON, call others in JSON.
package web

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"os"
	"os/signal"
	"syscall"
	"time"
)

const (
	maxBody     = 1 << 20
	callTimeout = 5 * time.Second
	stopTimeout = 10 * time.Second
)

// Run serves handler, with a health check, on $ADDR (or fallback) until the process is told to stop.
func Run(name, fallback string, handler http.Handler) {
	log := slog.New(slog.NewJSONHandler(os.Stderr, nil)).With("service", name)
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()

	mux := http.NewServeMux()
	mux.HandleFunc("GET /healthz", func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusNoContent) })
	mux.Handle("/", handler)
	server := &http.Server{Addr: Env("ADDR", fallback), Handler: mux, ReadHeaderTimeout: callTimeout}

	go func() {
		<-ctx.Done()
		ctx, cancel := context.WithTimeout(context.Background(), stopTimeout)
		defer cancel()
		if err := server.Shutdown(ctx); err != nil {
			log.Error("stopping", "error", err)
		}
	}()
	log.Info("serving", "addr", server.Addr)
	if err := server.ListenAndServe(); !errors.Is(err, http.ErrServerClosed) {
		log.Error("serving", "error", err)
		os.Exit(1)
	}
}

// Env is an environment variable, or a fallback.
func Env(name, fallback string) string {
	if v := os.Getenv(name); v != "" {
		return v
	}
	return fallback
}

// Error is an answer that is not a success. Handlers return one to choose the status.
type Error struct {
	Status  int    `json:"-"`
	Message string `json:"message"`
}

func (e *Error) Error() string { return fmt.Sprintf("%d: %s", e.Status, e.Message) }

// Errorf makes an Error.
func Errorf(status int, format string, args ...any) error {
	return &Error{status, fmt.Sprintf(format, args...)}
}

// Handle turns a function of a request into a handler that answers in JSON.
func Handle[Out any](f func(r *http.Request) (Out, error)) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		r.Body = http.MaxBytesReader(w, r.Body, maxBody)
		out, err := f(r)
		if err != nil {
			fail(w, err)
			return
		}
		write(w, http.StatusOK, out)
	}
}

// Read decodes a request's body.
func Read[In any](r *http.Request) (In, error) {
	var in In
	if err := json.NewDecoder(r.Body).Decode(&in); err != nil {
		return in, Errorf(http.StatusBadRequest, "the body is not what this operation takes: %v", err)
	}
	return in, nil
}

func fail(w http.ResponseWriter, err error) {
	var e *Error
	if !errors.As(err, &e) {
		slog.Error("request failed", "error", err)
		e = &Error{http.StatusInternalServerError, "internal error"}
	}
	write(w, e.Status, e)
}

func write(w http.ResponseWriter, status int, v any) {
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	if err := json.NewEncoder(w).Encode(v); err != nil {
		slog.Error("writing the answer", "error", err)
	}
}

// Call sends in (nil: no body) and decodes the answer into out (nil: ignored).
func Call(ctx context.Context, method, url string, in, out any) error {
	ctx, cancel := context.WithTimeout(ctx, callTimeout)
	defer cancel()
	var body io.Reader
	if in != nil {
		data, err := json.Marshal(in)
		if err != nil {
			return err
		}
		body = bytes.NewReader(data)
	}
	req, err := http.NewRequestWithContext(ctx, method, url, body)
	if err != nil {
		return err
	}
	req.Header.Set("Content-Type", "application/json")
	res, err := http.DefaultClient.Do(req)
	if err != nil {
		return err
	}
	defer res.Body.Close()
	answer := io.LimitReader(res.Body, maxBody)
	if res.StatusCode >= 300 {
		e := &Error{Status: res.StatusCode}
		if json.NewDecoder(answer).Decode(e) != nil || e.Message == "" {
			e.Message = http.StatusText(res.StatusCode)
		}
		return e
	}
	if out == nil {
		return nil
	}
	return json.NewDecoder(answer).Decode(out)
}

// Status is the HTTP status of an error that a call returned, or 0.
func Status(err error) int {
	var e *Error
	if errors.As(err, &e) {
		return e.Status
	}
	return 0
}
