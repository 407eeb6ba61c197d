// Package browser holds the pictures against a real browser. Its tests need Chromium and the build tag
// "browser": go test -tags browser ./internal/browser
package browser
