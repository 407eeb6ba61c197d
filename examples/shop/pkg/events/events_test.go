package events

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"net"
	"strings"
	"testing"
	"time"
)

func TestMemory(t *testing.T) {
	bus := NewMemory()
	var got []string
	for _, group := range []string{"shipping", "mail"} {
		err := On(bus, TopicOrderPlaced, group, func(_ context.Context, e OrderPlaced) error {
			got = append(got, e.OrderID)
			return errors.New("a failing subscriber must not fail the publisher")
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := bus.Publish(context.Background(), TopicOrderPlaced, OrderPlaced{OrderID: "o-1"}); err != nil {
		t.Fatal(err)
	}
	if strings.Join(got, " ") != "o-1 o-1" {
		t.Fatalf("got %v", got)
	}
}

// TestNATS plays the server: it hands a published message back to the one subscriber.
func TestNATS(t *testing.T) {
	server, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer server.Close()
	go func() {
		conn, err := server.Accept()
		if err != nil {
			return
		}
		r := bufio.NewReader(conn)
		for {
			line, err := r.ReadString('\n')
			if err != nil {
				return
			}
			if words := strings.Fields(line); words[0] == "PUB" {
				data, _ := r.ReadString('\n')
				fmt.Fprintf(conn, "PING\r\nMSG %s 1 %d\r\n%s", words[1], len(data)-2, data)
			}
		}
	}()
	bus, err := Open(server.Addr().String())
	if err != nil {
		t.Fatal(err)
	}
	got := make(chan ParcelSent, 1)
	err = On(bus, TopicParcelSent, "mail", func(_ context.Context, e ParcelSent) error {
		got <- e
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	want := ParcelSent{OrderID: "o-1", Email: "a@example.com", Tracking: "T1"}
	if err := bus.Publish(context.Background(), TopicParcelSent, want); err != nil {
		t.Fatal(err)
	}
	select {
	case e := <-got:
		if e != want {
			t.Fatalf("got %+v", e)
		}
	case <-time.After(10 * time.Second):
		t.Fatal("the event did not arrive")
	}
}
