package layout

import (
	"bytes"
	"io"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/asbuilt/asbuilt/internal/geometry"
)

func instant(q question) answer {
	return answer{Plan: geometry.Plan{Size: geometry.Size{W: float64(q.Manner)}}}
}

func TestServeAnswersInOrder(t *testing.T) {
	var in, out bytes.Buffer
	require.NoError(t, send(&in, question{Manner: 1}))
	asked, w := io.Pipe()
	answered := make(chan struct{})
	go func() { // the second question follows the first answer
		io.Copy(w, &in)
		<-answered
		send(w, question{Manner: 2})
		<-answered
		w.Close()
	}()
	require.NoError(t, serve(asked, signalling{&out, answered}, instant))
	for _, want := range []float64{1, 2} {
		var a answer
		require.NoError(t, receive(&out, &a))
		require.Equal(t, want, a.Plan.Size.W)
	}
	require.Equal(t, io.EOF, receive(&out, &answer{}))
}

// signalling tells of every write.
type signalling struct {
	io.Writer
	written chan struct{}
}

func (s signalling) Write(b []byte) (int, error) {
	n, err := s.Writer.Write(b)
	s.written <- struct{}{}
	return n, err
}

func TestServeEndsAfterAFault(t *testing.T) {
	var in, out bytes.Buffer
	require.NoError(t, send(&in, question{}))
	asked, w := io.Pipe()
	defer w.Close()
	go io.Copy(w, &in)
	require.EqualError(t, serve(asked, &out, func(question) answer { return answer{Fault: "no"} }), "no")
	var a answer
	require.NoError(t, receive(&out, &a))
	require.Equal(t, "no", a.Fault)
}

// A layout cannot be stopped, but a worker whose asker is gone ends.
func TestServeEndsWhenNobodyWaits(t *testing.T) {
	var in bytes.Buffer
	require.NoError(t, send(&in, question{}))
	forever := make(chan answer)
	defer close(forever)
	err := serve(&in, io.Discard, func(question) answer { return <-forever })
	require.ErrorIs(t, err, io.EOF)
}

func TestServeRefusesGarbage(t *testing.T) {
	for _, in := range []string{"\x00", "\xff\xff\xff\xff", "\x00\x00\x00\x05{}", "\x00\x00\x00\x01{"} {
		require.Error(t, serve(bytes.NewBufferString(in), io.Discard, instant), "%q", in)
	}
	require.NoError(t, serve(bytes.NewReader(nil), io.Discard, instant))
}

func TestUnknownMannerIsAFault(t *testing.T) {
	r := geometry.Request{Nodes: []geometry.Box{{Group: -1, Size: geometry.Size{W: 1, H: 1}}}}
	for _, m := range []int{-1, len(manners)} {
		require.NotEmpty(t, solve(question{r, m}).Fault)
	}
	require.NotEmpty(t, solve(question{}).Fault, "an empty request")
}
