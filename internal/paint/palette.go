package paint

// color is a colour of the palette. Each has a value for light and one for dark pages.
type color uint8

// The colours that are not a hue's.
const (
	canvas color = iota
	ink
	body
	muted
	way // of edges
	frameLine
	frame1 // of groups, outermost first
	frame2
	frame3
	frame4
	divergence
	waived
	absence
	crossing // of what leads from one team to another
	focus
	firstHue
)

// frameTints is how many nested groups have backgrounds of their own; deeper ones repeat the last.
const frameTints = 4

// part is what a hue is used for.
type part uint8

const (
	fill    part = iota // of a card
	outline             // of a card
	word                // on a card
	field               // of a chip on a card
	parts
)

// hue is a colour name of the language.
type hue uint8

const (
	blue hue = iota
	green
	amber
	red
	purple
	teal
	grey
	pink
	hues
)

func (h hue) color(p part) color { return firstHue + color(h)*color(parts) + color(p) }

const colors = firstHue + color(hues)*color(parts)

// tone is a colour's name in CSS, its values, and the classes that fill and draw with it.
type tone struct{ name, light, dark, fill, stroke string }

// palette holds every colour that is ever drawn. Contrasts are held by TestContrast.
var palette = newPalette()

// neutrals are the names and values, light and dark, of the colours that are not a hue's.
var neutrals = [firstHue][3]string{
	canvas:     {"canvas", "#ffffff", "#0d1117"},
	ink:        {"ink", "#111827", "#f0f3f6"},
	body:       {"body", "#4b5563", "#b6bfca"},
	muted:      {"muted", "#566173", "#9aa5b3"},
	way:        {"way", "#64708a", "#8b97a8"},
	frameLine:  {"frame-line", "#788396", "#707c91"},
	frame1:     {"frame-1", "#f7f8fa", "#141a22"},
	frame2:     {"frame-2", "#f0f2f6", "#1a212b"},
	frame3:     {"frame-3", "#e9ecf2", "#212935"},
	frame4:     {"frame-4", "#e2e6ee", "#28313f"},
	divergence: {"divergence", "#c4232f", "#ff7b78"},
	waived:     {"waived", "#8f5a00", "#e0a33c"},
	absence:    {"absence", "#5d6676", "#9aa4b2"},
	crossing:   {"crossing", "#1f4fa3", "#7db3ff"},
	focus:      {"focus", "#0b5fff", "#7db3ff"},
}

var partNames = [parts]string{fill: "fill", outline: "line", word: "word", field: "field"}

// hueTable holds the values of a hue, light and dark, by part.
var hueTable = [hues]struct {
	name   string
	values [parts][2]string
}{
	blue:   {"blue", [parts][2]string{fill: {"#eff5ff", "#12233d"}, outline: {"#3b76d6", "#5b93e6"}, word: {"#1f4fa3", "#9cc4ff"}, field: {"#dde9fd", "#1d355b"}}},
	green:  {"green", [parts][2]string{fill: {"#effaf3", "#10281c"}, outline: {"#2f8f57", "#4fae78"}, word: {"#1d6b3e", "#8fdcae"}, field: {"#d9f1e2", "#1b3d2b"}}},
	amber:  {"amber", [parts][2]string{fill: {"#fdf7e8", "#2b2110"}, outline: {"#a87516", "#c9963d"}, word: {"#7a5206", "#efc673"}, field: {"#f8eaca", "#433318"}}},
	red:    {"red", [parts][2]string{fill: {"#fdf2f2", "#311617"}, outline: {"#cf4f55", "#e07479"}, word: {"#9c2a30", "#ffb0b2"}, field: {"#fae0e0", "#4b2325"}}},
	purple: {"purple", [parts][2]string{fill: {"#f6f2ff", "#221a3a"}, outline: {"#8560d6", "#a184e8"}, word: {"#5f3bb0", "#cdb8ff"}, field: {"#e9e0fc", "#352858"}}},
	teal:   {"teal", [parts][2]string{fill: {"#edf9f9", "#0e2829"}, outline: {"#26888c", "#43a9ad"}, word: {"#14666a", "#86dadd"}, field: {"#d5efef", "#183d3f"}}},
	grey:   {"grey", [parts][2]string{fill: {"#f7f8fa", "#1b222c"}, outline: {"#727d90", "#7d899b"}, word: {"#4b5668", "#b9c3cf"}, field: {"#e7eaef", "#2c3543"}}},
	pink:   {"pink", [parts][2]string{fill: {"#fdf2f8", "#311527"}, outline: {"#c74a8c", "#d873aa"}, word: {"#9a2a67", "#ffadd6"}, field: {"#fae0ee", "#4a213c"}}},
}

func newPalette() (p [colors]tone) {
	for i, n := range neutrals {
		p[i] = newTone(n[0], n[1], n[2])
	}
	for h, row := range hueTable {
		for i, v := range row.values {
			p[hue(h).color(part(i))] = newTone(row.name+"-"+partNames[i], v[0], v[1])
		}
	}
	return p
}

func newTone(name, light, dark string) tone {
	return tone{name: name, light: light, dark: dark, fill: "ab-f-" + name, stroke: "ab-s-" + name}
}

var typeHues = map[string]hue{
	"person": purple, "system": blue, "component": blue, "api": teal, "datastore": green, "queue": amber, "external": grey,
	"package": blue,
}

// hueOf is the hue that a style names, else that of the node's type.
func hueOf(nodeType, name string) hue {
	for h, row := range hueTable {
		if row.name == name {
			return hue(h)
		}
	}
	if h, ok := typeHues[nodeType]; ok {
		return h
	}
	return grey
}
