package config

import (
	"fmt"
	"slices"
	"strings"

	"github.com/asbuilt/asbuilt/pkg/arch"
)

// bindingKeys are what the objects of an api may hold.
var bindingKeys = map[string][]string{
	"grpc": {"proto", "service"},
	"http": {"operations"},
}

// checkAPI checks the objects that bind an api to its specification.
func (f *frame) checkAPI(e *arch.Element) {
	if len(e.Facts) == 0 {
		return
	}
	for _, name := range sortedKeys(bindingKeys) {
		object, _ := fact(e, name).(map[string]any)
		for _, key := range sortedKeys(object) {
			if !slices.Contains(bindingKeys[name], key) {
				f.wrong(ruleUnknown, f.at(name), fmt.Sprintf("%s has no %q", name, clip(key)), choose(key, bindingKeys[name], nil))
				continue
			}
			f.checkBinding(name, key, object[key])
		}
	}
}

func (f *frame) checkBinding(name, key string, value any) {
	if key == "operations" {
		f.checkOperations(value)
		return
	}
	s, ok := value.(string)
	switch {
	case !ok || s == "":
		f.wrong(ruleType, f.at(name), fmt.Sprintf("%s of %s is a string", key, name), "")
	case key == "proto" && pathProblem(s) != "":
		f.wrong(ruleValue, f.at(name), fmt.Sprintf("proto %q %s", clip(s), pathProblem(s)), "write a path relative to the root, with slashes")
	}
}

func (f *frame) checkOperations(value any) {
	list, ok := value.([]any)
	if !ok {
		f.wrong(ruleType, f.at("http"), "operations is a list of strings", `such as ["POST /v1/charges"]`)
		return
	}
	for _, x := range list {
		s, _ := x.(string)
		method, path, found := strings.Cut(s, " ")
		if !found || method == "" || method != strings.ToUpper(method) || !strings.HasPrefix(path, "/") {
			f.wrong(ruleValue, f.at("http"), fmt.Sprintf("%q is no operation", clip(fmt.Sprint(x))), "write METHOD /path")
		}
	}
}
