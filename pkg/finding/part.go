package finding

// Part is a share of an architecture that a report is about: what belongs to a team, to an element with all that is
// inside, or to a file or folder with all that is below. Those that are given hold together.
type Part struct {
	Owner   string `json:"owner,omitempty"`   // a team's address
	Element string `json:"element,omitempty"` // an element's address
	Path    string `json:"path,omitempty"`    // a printed name; "." for all
	// LeftOut counts the findings that belong to others alone.
	LeftOut Summary `json:"left_out"`
}

// Whose is the part in words.
func (p *Part) Whose() string {
	text := ""
	for _, name := range []string{p.Owner, p.Element, p.Path} {
		if name == "" {
			continue
		}
		if text != "" {
			text += " in "
		}
		text += name
	}
	return text
}
