package config

import "github.com/asbuilt/asbuilt/pkg/arch"

// observed decodes the observe blocks; without any, Go is observed where there is Go.
func (l *loader) observed() []*arch.Observer {
	root := []arch.Pattern{{Text: "."}}
	if !l.anyObserve && l.HasGo {
		return []*arch.Observer{{Kind: observeGo, Roots: root, Tests: "label"}}
	}
	var out []*arch.Observer
	for _, b := range l.observers {
		f := l.frame(b, early)
		o := &arch.Observer{
			Kind: b.labels[0], Roots: f.patterns("roots"), Files: f.patterns("files"), Exclude: f.patterns("exclude"),
			Tests: f.word("tests"), Exact: f.flag("exact"), At: l.report.place(b.header()),
		}
		if o.Kind == observeGo && b.attrs["roots"] == nil {
			o.Roots = root
		}
		f.graphFiles(o)
		if o.Tests == "" {
			o.Tests = "label"
		}
		out = append(out, o)
	}
	return out
}

// graphFiles reports an observer of evidence files that has none: it would see nothing.
func (f *frame) graphFiles(o *arch.Observer) {
	a := f.block.attrs["files"]
	switch {
	case o.Kind != observeGraph:
	case a == nil:
		f.wrong(ruleMissing, f.block.header(), `observe "graph" has no files`, "add files = … (list of paths)")
	case len(f.items("files")) == 0 && len(o.Files) == 0 && !a.bad:
		f.wrong(ruleValue, f.at("files"), "files is empty: nothing would be observed", "name the evidence files")
	}
}

// baseline decodes the baseline block.
func (l *loader) baseline() *arch.Baseline {
	b := l.names.singles["baseline"]
	if b == nil {
		return nil
	}
	file := l.frame(b, early).path("file")
	if file == "" {
		return nil
	}
	return &arch.Baseline{File: file, At: l.report.place(b.header())}
}
