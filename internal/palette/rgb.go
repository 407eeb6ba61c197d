package palette

import (
	"fmt"
	"math"
	"strconv"
	"strings"
)

// rgb is a colour as screens show it.
type rgb [3]uint8

// Parse reads #rgb and #rrggbb, and gives the latter in small letters.
func Parse(text string) (string, bool) {
	hex, marked := strings.CutPrefix(strings.ToLower(text), "#")
	if len(hex) == 3 {
		hex = string([]byte{hex[0], hex[0], hex[1], hex[1], hex[2], hex[2]})
	}
	if _, err := strconv.ParseUint(hex, 16, 32); err != nil || !marked || len(hex) != 6 || hex[0] == '+' {
		return "", false
	}
	return "#" + hex, true
}

// read reads #rrggbb; anything else is black.
func read(text string) (c rgb) {
	if len(text) != 7 {
		return c
	}
	for i := range c {
		v, _ := strconv.ParseUint(text[1+2*i:3+2*i], 16, 8)
		c[i] = uint8(v)
	}
	return c
}

func (c rgb) String() string { return fmt.Sprintf("#%02x%02x%02x", c[0], c[1], c[2]) }

// mixed is so much of another colour in this one.
func (c rgb) mixed(other rgb, part float64) rgb {
	for i := range c {
		c[i] = uint8(float64(float64(c[i])*(1-part)) + float64(float64(other[i])*part) + 0.5)
	}
	return c
}

// luminance and contrast are those of WCAG 2.2.
func (c rgb) luminance() float64 {
	return float64(0.2126*linear[c[0]]) + float64(0.7152*linear[c[1]]) + float64(0.0722*linear[c[2]])
}

func contrast(a, b rgb) float64 {
	x, y := a.luminance(), b.luminance()
	return (max(x, y) + 0.05) / (min(x, y) + 0.05)
}

// Contrast is the ratio of the luminances of two colours, from 1 to 21.
func Contrast(a, b string) float64 { return contrast(read(a), read(b)) }

// linear is how much light a step of a screen gives.
var linear = newLinear()

func newLinear() (t [256]float64) {
	for i := range t {
		c := float64(i) / 255
		if c <= 0.04045 {
			t[i] = c / 12.92
		} else {
			t[i] = math.Pow((c+0.055)/1.055, 2.4)
		}
	}
	return t
}
