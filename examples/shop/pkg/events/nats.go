package events

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"log/slog"
	"net"
	"os"
	"strconv"
	"strings"
	"sync"
)

// nats speaks the part of the NATS client protocol that the shop needs
// (https://docs.nats.io/reference/reference-protocols/nats-protocol).
type nats struct {
	conn net.Conn

	mu       sync.Mutex // guards writes and handlers
	handlers map[string]func(context.Context, []byte) error
}

func dial(addr string) (*nats, error) {
	conn, err := net.Dial("tcp", addr)
	if err != nil {
		return nil, err
	}
	n := &nats{conn: conn, handlers: map[string]func(context.Context, []byte) error{}}
	if err := n.send("CONNECT {\"verbose\":false}\r\n"); err != nil {
		return nil, err
	}
	go n.read()
	return n, nil
}

func (n *nats) send(s string) error {
	n.mu.Lock()
	defer n.mu.Unlock()
	_, err := io.WriteString(n.conn, s)
	return err
}

// Publish implements Bus.
func (n *nats) Publish(_ context.Context, topic string, event any) error {
	data, err := json.Marshal(event)
	if err != nil {
		return err
	}
	return n.send(fmt.Sprintf("PUB %s %d\r\n%s\r\n", topic, len(data), data))
}

// Subscribe implements Bus.
func (n *nats) Subscribe(topic, group string, handle func(context.Context, []byte) error) error {
	n.mu.Lock()
	id := strconv.Itoa(len(n.handlers) + 1)
	n.handlers[id] = handle
	n.mu.Unlock()
	return n.send(fmt.Sprintf("SUB %s %s %s\r\n", topic, group, id))
}

// read handles what the server sends. A lost connection ends the process: it is started again, and
// subscribes anew.
func (n *nats) read() {
	r := bufio.NewReader(n.conn)
	for {
		line, err := r.ReadString('\n')
		if err != nil {
			slog.Error("the connection to the event bus is lost", "error", err)
			os.Exit(1)
		}
		switch words := strings.Fields(line); {
		case len(words) == 0:
		case words[0] == "PING":
			err = n.send("PONG\r\n")
		case words[0] == "MSG" && len(words) >= 4:
			err = n.message(r, words)
		case words[0] == "-ERR":
			err = fmt.Errorf("the server says: %s", strings.TrimSpace(line))
		}
		if err != nil {
			slog.Error("reading events", "error", err)
		}
	}
}

// message reads and handles MSG topic id [reply] size.
func (n *nats) message(r io.Reader, words []string) error {
	size, err := strconv.Atoi(words[len(words)-1])
	if err != nil || size < 0 || size > 1<<20 {
		return fmt.Errorf("a message of size %q", words[len(words)-1])
	}
	data := make([]byte, size+len("\r\n"))
	if _, err := io.ReadFull(r, data); err != nil {
		return err
	}
	n.mu.Lock()
	handle := n.handlers[words[2]]
	n.mu.Unlock()
	if handle == nil {
		return fmt.Errorf("a message for subscription %s, which is not ours", words[2])
	}
	return handle(context.Background(), data[:size])
}
