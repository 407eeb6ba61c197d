package palette

// theme is a look: a light and a dark side, and how clear what is drawn must be.
type theme struct {
	name        string
	text, line  float64 // the least contrast of words and lines, by WCAG 2.2: 1.4.3 and 1.4.11
	light, dark side
}

// side is a theme's colours on light or on dark pages. Colours of cards are made of the accents.
type side struct {
	canvas, ink, body, muted, way, frameLine     string
	frames                                       [FrameTints]string
	divergence, waived, absence, crossing, focus string
	card                                         string  // what a card is filled with before it is tinted
	border                                       string  // of cards; "": of the accent's colour
	tint, field                                  float64 // how much of the accent is in a card, and in a chip on it
	accents                                      [len(hueNames)]string
}

var hueNames = [...]string{"blue", "green", "amber", "red", "purple", "teal", "grey", "pink"}

var neutralNames = [firstHue]string{
	Canvas: "canvas", Ink: "ink", Body: "body", Muted: "muted", Way: "way", FrameLine: "frame-line",
	Frame1: "frame-1", Frame2: "frame-2", Frame3: "frame-3", Frame4: "frame-4",
	Divergence: "divergence", Waived: "waived", Absence: "absence", Crossing: "crossing", Focus: "focus",
}

var partNames = [parts]string{Fill: "fill", Outline: "line", Word: "word", Field: "field", Mark: "mark"}

// neutrals are the colours that are not a hue's, clear enough on what they stand on.
func (s *side) neutrals(t *theme) (out [firstHue]rgb) {
	for c, value := range [firstHue]string{
		Canvas: s.canvas, Ink: s.ink, Body: s.body, Muted: s.muted, Way: s.way, FrameLine: s.frameLine,
		Frame1: s.frames[0], Frame2: s.frames[1], Frame3: s.frames[2], Frame4: s.frames[3],
		Divergence: s.divergence, Waived: s.waived, Absence: s.absence, Crossing: s.crossing, Focus: s.focus,
	} {
		out[c] = read(value)
		switch Color(c) {
		case Canvas, Frame1, Frame2, Frame3, Frame4:
		case Way, FrameLine, Crossing, Focus:
			out[c] = s.pushed(out[c], t.line, s.grounds()...)
		default:
			out[c] = s.pushed(out[c], t.text, s.grounds()...)
		}
	}
	return out
}

// grounds are what lines and the words beside them stand on, but for cards.
func (s *side) grounds() []rgb {
	out := []rgb{read(s.canvas)}
	for _, f := range s.frames {
		out = append(out, read(f))
	}
	return out
}

// tones are what is made of an accent.
func (s *side) tones(accent rgb, t *theme) (out [parts]rgb) {
	card, ink, body := read(s.card), read(s.ink), read(s.body)
	fill := card
	for tint := s.tint; tint > 0.005; tint *= 0.8 { // words must be read on it
		fill = card.mixed(accent, tint)
		if contrast(ink, fill) >= t.text && contrast(body, fill) >= t.text {
			break
		}
	}
	field := fill.mixed(accent, s.field)
	under := append(s.grounds(), fill, field)
	out[Fill], out[Field] = fill, field
	out[Mark] = s.pushed(accent, t.line, under...)
	out[Outline] = out[Mark]
	if s.border != "" {
		out[Outline] = s.pushed(read(s.border), t.line, under...)
	}
	strong := accent.mixed(rgb{}, 0.25)
	if s.isDark() {
		strong = accent.mixed(rgb{255, 255, 255}, 0.4)
	}
	out[Word] = s.pushed(strong, t.text, under...)
	return out
}

func (s *side) isDark() bool { return read(s.canvas).luminance() < 0.18 }

// pushed is a colour, darker or on a dark side lighter until it is clear enough on all that is under it.
func (s *side) pushed(c rgb, goal float64, under ...rgb) rgb {
	end := rgb{}
	if s.isDark() {
		end = rgb{255, 255, 255}
	}
	start := c
	for step := 1; step <= 50; step++ {
		clear := true
		for _, u := range under {
			clear = clear && contrast(c, u) >= goal
		}
		if clear {
			return c
		}
		c = start.mixed(end, float64(step)/50)
	}
	return c
}
