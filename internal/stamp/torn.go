package stamp

import "bytes"

// sides are the two texts of a file in which a merge left its markers. What we write has no line that begins as one does.
func sides(data []byte) (first, second []byte, torn bool) {
	if _, _, dots := pngText(data); dots || !bytes.Contains(data, []byte("<<<<<<< ")) {
		return nil, nil, false
	}
	inFirst, inSecond := true, true
	for line := range bytes.Lines(data) {
		switch marker, between := string(line[:min(len(line), 7)]), !inFirst || !inSecond; {
		case marker == "<<<<<<<":
			inFirst, inSecond = true, false
		case between && marker == "|||||||": // what both began with
			inFirst, inSecond = false, false
		case between && marker == "=======":
			inFirst, inSecond = false, true
		case between && marker == ">>>>>>>":
			inFirst, inSecond, torn = true, true, true
		default:
			if inFirst {
				first = append(first, line...)
			}
			if inSecond {
				second = append(second, line...)
			}
		}
	}
	return first, second, torn
}
