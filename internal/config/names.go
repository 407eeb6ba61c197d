package config

import (
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

const (
	maxNameBytes = 100
	maxKeyBytes  = 200
	maxShown     = 60 // bytes of the user's text in a message
)

// nameProblem says why a text cannot be a name, or "". Names become parts of addresses, files and links.
func nameProblem(s string) string {
	switch {
	case s == "":
		return "is empty"
	case len(s) > maxNameBytes:
		return "is longer than " + strconv.Itoa(maxNameBytes) + " bytes"
	}
	for i, c := range s {
		letter := c == '_' || 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z'
		if !letter && (i == 0 || c != '-' && (c < '0' || c > '9')) {
			return "holds " + strconv.QuoteRune(c) + " where it may not"
		}
	}
	return ""
}

// keyProblem says why a text cannot be the key of an instance, or "".
func keyProblem(s string) string {
	switch {
	case s == "":
		return "is empty"
	case len(s) > maxKeyBytes:
		return "is longer than " + strconv.Itoa(maxKeyBytes) + " bytes"
	case !utf8.ValidString(s):
		return "is not valid UTF-8"
	}
	for _, c := range s {
		if !unicode.IsPrint(c) {
			return "holds " + strconv.QuoteRune(c) + ", which cannot be printed"
		}
	}
	return ""
}

// instanceAddress writes component.worker["eu"], with the key as HCL would quote it.
func instanceAddress(block, key string) string {
	return block + `["` + quoteHCL(key) + `"]`
}

func quoteHCL(s string) string { return quoted.Replace(s) }

var quoted = strings.NewReplacer(`\`, `\\`, `"`, `\"`, "${", "$${", "%{", "%%{")

// textProblem says why a text cannot be shown, or "". Prose may have several lines.
func textProblem(s string, prose bool) string {
	for _, c := range s {
		switch {
		case c == '\n' && !prose:
			return "has several lines"
		case unicode.IsControl(c) && !(prose && (c == '\n' || c == '\t' || c == '\r')):
			return "holds " + strconv.QuoteRune(c) + ", which cannot be printed"
		}
	}
	return ""
}

// clip shortens a text of the user's for a message.
func clip(s string) string {
	if len(s) <= maxShown {
		return s
	}
	cut := maxShown
	for cut > 0 && !utf8.RuneStart(s[cut]) {
		cut--
	}
	return s[:cut] + "…"
}
