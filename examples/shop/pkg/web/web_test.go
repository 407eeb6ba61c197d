package web

import (
	"context"
	"net/http"
	"net/http/httptest"
	"testing"
)

type note struct{ Text string }

func TestCallAndHandle(t *testing.T) {
	server := httptest.NewServer(Handle(func(r *http.Request) (note, error) {
		in, err := Read[note](r)
		if err != nil {
			return note{}, err
		}
		if in.Text == "" {
			return note{}, Errorf(http.StatusUnprocessableEntity, "say something")
		}
		return note{in.Text + "!"}, nil
	}))
	defer server.Close()

	var out note
	if err := Call(context.Background(), "POST", server.URL, note{"hello"}, &out); err != nil || out.Text != "hello!" {
		t.Fatalf("got %q, %v", out.Text, err)
	}
	err := Call(context.Background(), "POST", server.URL, note{}, nil)
	if Status(err) != http.StatusUnprocessableEntity || err.Error() != "422: say something" {
		t.Fatalf("got %v", err)
	}
}
