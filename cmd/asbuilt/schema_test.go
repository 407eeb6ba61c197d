package main

import (
	"bytes"
	"os"
	"path/filepath"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"
	"github.com/santhosh-tekuri/jsonschema/v6"
	"github.com/stretchr/testify/require"
)

// TestReportSchema holds a report with every kind of finding against the schema as it is published, and as scripts use it.
func TestReportSchema(t *testing.T) {
	data, err := os.ReadFile(filepath.Join("..", "..", "internal", "report", "testdata", "report.json"))
	require.NoError(t, err)
	report, err := jsonschema.UnmarshalJSON(bytes.NewReader(data))
	require.NoError(t, err)
	published, err := jsonschema.NewCompiler().Compile(filepath.Join("..", "..", "docs", "report.schema.json"))
	require.NoError(t, err)
	require.NoError(t, published.Validate(report))
	named, err := reportSchema()
	require.NoError(t, err)
	require.NoError(t, named.Validate(report))
	report.(map[string]any)["findings"].([]any)[0].(map[string]any)["news"] = true
	require.NoError(t, published.Validate(report), "fields are added")
	require.Error(t, named.Validate(report), "and the schema has to name them")
}

// conforms holds standard output against docs/report.schema.json, which then has to name every field.
func conforms(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) > 0 {
		ts.Fatalf("usage: conforms")
	}
	schema, err := reportSchema()
	ts.Check(err)
	report, err := jsonschema.UnmarshalJSON(bytes.NewReader([]byte(ts.ReadFile("stdout"))))
	ts.Check(err)
	ts.Check(schema.Validate(report))
}

func reportSchema() (*jsonschema.Schema, error) {
	text, err := os.ReadFile(filepath.Join("..", "..", "docs", "report.schema.json"))
	if err != nil {
		return nil, err
	}
	doc, err := jsonschema.UnmarshalJSON(bytes.NewReader(text))
	if err != nil {
		return nil, err
	}
	closed(doc)
	c := jsonschema.NewCompiler()
	if err := c.AddResource("report.json", doc); err != nil {
		return nil, err
	}
	return c.Compile("report.json")
}

// closed allows no field that is not named. The published schema allows them, for they are added.
func closed(part any) {
	switch part := part.(type) {
	case map[string]any:
		if _, object := part["properties"].(map[string]any); object {
			part["additionalProperties"] = false
		}
		for _, x := range part {
			closed(x)
		}
	case []any:
		for _, x := range part {
			closed(x)
		}
	}
}
