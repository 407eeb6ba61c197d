package paint

import "net/url"

// safeLink is a link that may be followed: https, http, mailto, or relative to the picture. Anything else
// makes no link.
func safeLink(link string) (href string, ok bool) {
	u, err := url.Parse(link)
	if err != nil || link == "" {
		return "", false
	}
	switch u.Scheme {
	case "https", "http":
		return u.String(), u.Host != ""
	case "mailto":
		return u.String(), true
	case "":
		return u.String(), u.Host == "" && u.Opaque == ""
	}
	return "", false
}
