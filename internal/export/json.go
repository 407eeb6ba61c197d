package export

import (
	"encoding/json"

	"github.com/asbuilt/asbuilt/internal/console"
	"github.com/asbuilt/asbuilt/internal/stamp"
	"github.com/asbuilt/asbuilt/pkg/diagram"
)

// schemaVersion counts the incompatible changes of the JSON document.
const schemaVersion = 1

// document is a diagram with its mark.
type document struct {
	SchemaVersion int              `json:"schema_version"`
	View          string           `json:"view"`
	Version       string           `json:"version"`
	Digest        string           `json:"digest"`
	Sum           string           `json:"sum"`
	Diagram       *diagram.Diagram `json:"diagram"`
}

// JSON writes a diagram as data: what is drawn, without places and colours.
func JSON(d *diagram.Diagram) []byte {
	b, err := json.MarshalIndent(document{schemaVersion, d.Name, d.Version, d.Digest(), stamp.Unsealed, d}, "", "  ")
	if err != nil { // strings, numbers and booleans always marshal
		panic(err)
	}
	return append([]byte(console.EscapeJSON(string(b))), '\n')
}
