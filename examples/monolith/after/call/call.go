// Package call is HTTP and JSON, both ways.
package call

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"os"
	"strings"
)

const limit = 1 << 20

// Env is an environment variable, or a fallback.
func Env(name, fallback string) string {
	if v := os.Getenv(name); v != "" {
		return v
	}
	return fallback
}

// Post sends in and reads the answer into an Out. An answer that is not a success is an error.
func Post[Out any](url string, in any) (out Out, err error) {
	data, err := json.Marshal(in)
	if err != nil {
		return out, err
	}
	res, err := http.Post(url, "application/json", bytes.NewReader(data))
	if err != nil {
		return out, err
	}
	defer res.Body.Close()
	answer, err := io.ReadAll(io.LimitReader(res.Body, limit))
	if err != nil {
		return out, err
	}
	if res.StatusCode != http.StatusOK {
		return out, fmt.Errorf("%s", strings.TrimSpace(string(answer)))
	}
	return out, json.Unmarshal(answer, &out)
}

// Answer turns a function into a handler.
func Answer[In, Out any](f func(In) (Out, error)) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		var in In
		if err := json.NewDecoder(http.MaxBytesReader(w, r.Body, limit)).Decode(&in); err != nil {
			http.Error(w, err.Error(), http.StatusBadRequest)
			return
		}
		out, err := f(in)
		if err != nil {
			http.Error(w, err.Error(), http.StatusUnprocessableEntity)
			return
		}
		if err := json.NewEncoder(w).Encode(out); err != nil {
			panic(http.ErrAbortHandler)
		}
	}
}
