package budget

import (
	"crypto/md5"
	"crypto/sha1"
	"crypto/sha256"
	"crypto/sha512"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"errors"
	"net/url"
	"strings"
	"unicode/utf8"

	"github.com/zclconf/go-cty/cty"
	"github.com/zclconf/go-cty/cty/function"
	"github.com/zclconf/go-cty/cty/function/stdlib"
)

func (m *Meter) encodingFunctions() map[string]function.Function {
	text := func(f func(s string) (string, error)) function.Function {
		return m.function(takes(cty.String, parameter("str", cty.String)), func(args []cty.Value) (cty.Value, error) {
			s, err := f(args[0].AsString())
			if err != nil {
				return cty.NilVal, function.NewArgError(0, err)
			}
			return m.string(s)
		})
	}
	hash := func(sum func(b []byte) []byte, write func(b []byte) string) function.Function {
		return text(func(s string) (string, error) { return write(sum([]byte(s))), nil })
	}
	inBase64 := base64.StdEncoding.EncodeToString
	return map[string]function.Function{
		"base64decode": text(decodeBase64),
		"base64encode": text(func(s string) (string, error) { return inBase64([]byte(s)), nil }),
		"base64sha256": hash(sumSHA256, inBase64),
		"base64sha512": hash(sumSHA512, inBase64),
		"csvdecode":    m.standard(stdlib.CSVDecodeFunc, makesText, m.beforeCSV),
		"jsondecode":   m.standard(stdlib.JSONDecodeFunc, makesText, m.beforeJSON),
		"jsonencode":   m.standard(stdlib.JSONEncodeFunc, makesText, func(args []cty.Value) error { return m.room(jsonSize(args[0])) }),
		"md5":          hash(func(b []byte) []byte { s := md5.Sum(b); return s[:] }, hex.EncodeToString),
		"sha1":         hash(func(b []byte) []byte { s := sha1.Sum(b); return s[:] }, hex.EncodeToString),
		"sha256":       hash(sumSHA256, hex.EncodeToString),
		"sha512":       hash(sumSHA512, hex.EncodeToString),
		"urldecode":    text(url.QueryUnescape),
		"urlencode":    text(func(s string) (string, error) { return url.QueryEscape(s), nil }),
	}
}

func sumSHA256(b []byte) []byte { s := sha256.Sum256(b); return s[:] }
func sumSHA512(b []byte) []byte { s := sha512.Sum512(b); return s[:] }

func decodeBase64(s string) (string, error) {
	b, err := base64.StdEncoding.DecodeString(s)
	if err != nil {
		return "", err
	}
	if !utf8.Valid(b) {
		return "", errors.New("what it encodes is not UTF-8 text")
	}
	return string(b), nil
}

// beforeCSV counts the cells: each ends with a comma or a line.
func (m *Meter) beforeCSV(args []cty.Value) error {
	const stepsPerCell = 10
	s := args[0].AsString()
	rows := 1 + strings.Count(s, "\n")
	cells := rows + strings.Count(s, ",")
	if err := m.fits(cells); err != nil {
		return err
	}
	return m.spend(cells * stepsPerCell)
}

// beforeJSON counts the values, follows the nesting and reads the numbers.
func (m *Meter) beforeJSON(args []cty.Value) error {
	const stepsPerValue = 20
	s := args[0].AsString()
	values, depth := 1, 0
	for i := 0; i < len(s); {
		switch c := s[i]; {
		case c == '"':
			i += jsonString(s[i:])
			continue
		case c == '-' || isDigit(c):
			n := len(s[i:]) - len(strings.TrimLeft(s[i:], "+-.0123456789eE"))
			if !numberFits([]byte(s[i : i+n])) {
				return m.over("A number in this JSON is beyond ±1e308 or has more than %d digits.", MaxDigits)
			}
			i += n
			continue
		case c == ',':
			values++
		case c == '[' || c == '{':
			values++
			depth++
		case c == ']' || c == '}':
			depth--
		}
		if depth > MaxDepth {
			return m.over("This JSON nests more than %d levels deep.", MaxDepth)
		}
		i++
	}
	if err := m.fits(values); err != nil {
		return err
	}
	if !json.Valid([]byte(s)) {
		return function.NewArgErrorf(0, "it is not valid JSON")
	}
	return m.spend(values * stepsPerValue)
}

// jsonString measures the string that s begins with, quotes included.
func jsonString(s string) int {
	for i := 1; i < len(s); i++ {
		switch s[i] {
		case '\\':
			i++
		case '"':
			return i + 1
		}
	}
	return len(s)
}
