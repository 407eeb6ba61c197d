# The commands of the project. `make test` is what the README names; the rest is for developers and CI.

.PHONY: build test lint

build: ## the one static binary
	CGO_ENABLED=0 go build -trimpath -ldflags='-s -w' -o bin/asbuilt ./cmd/asbuilt

test: ## all tests but the browser's
	go test ./...

lint:
	@test -z "$$(gofmt -l cmd pkg internal)" || { gofmt -l cmd pkg internal; echo 'run gofmt -w on these'; exit 1; }
	go vet ./...
