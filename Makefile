# The commands of the project. They are for developers and CI; the README needs none.

GO ?= go
FUZZTIME ?= 10s

.PHONY: build
build: ## the one static binary
	CGO_ENABLED=0 $(GO) build -trimpath -ldflags='-s -w' -o bin/asbuilt ./cmd/asbuilt

.PHONY: test
test: ## all tests but the browser's
	$(GO) test ./...
	cd tools && $(GO) test ./gallery

.PHONY: lint
lint:
	cd tools && $(GO) build -o ../bin/gofumpt mvdan.cc/gofumpt
	@test -z "$$(bin/gofumpt -l cmd pkg internal)" || { bin/gofumpt -l cmd pkg internal; echo 'run make format'; exit 1; }
	$(GO) vet ./...
	cd tools && $(GO) build -o ../bin/staticcheck honnef.co/go/tools/cmd/staticcheck
	bin/staticcheck ./...
	cd tools && $(GO) build -o ../bin/actionlint github.com/rhysd/actionlint/cmd/actionlint
	bin/actionlint -shellcheck= -pyflakes= examples/ci/github-actions.yml

.PHONY: format
format: ## the one form of the Go text
	cd tools && $(GO) build -o ../bin/gofumpt mvdan.cc/gofumpt
	bin/gofumpt -w cmd pkg internal

VIEWER = internal/viewer
NPM_CI = cd $(VIEWER) && npm ci --ignore-scripts --no-audit --no-fund

.PHONY: viewer
viewer: ## the viewer's script, from its sources and two packages
	$(NPM_CI)
	cd tools && $(GO) build -o ../bin/esbuild github.com/evanw/esbuild/cmd/esbuild
	cd $(VIEWER) && ../../bin/esbuild src/main.js --bundle --minify --format=iife --target=es2022 --charset=utf8 --legal-comments=none \
	  --alias:d3-transition=./src/still.js --alias:d3-interpolate=./src/still.js '--mangle-props=^_[a-z]' \
	  '--banner:js=/* asbuilt viewer; licenses.txt beside it names what it holds */' --outfile=viewer.js
	$(GO) test ./$(VIEWER) -run TestFresh -update

.PHONY: man
man: build ## the manual page: bin/asbuilt.1
	bin/asbuilt man > bin/asbuilt.1

.PHONY: arch
arch: build ## the project held to its own declaration, and its picture fresh
	bin/asbuilt fmt --check
	bin/asbuilt check --fail-on warning
	bin/asbuilt prove
	bin/asbuilt render --check

EXAMPLES = examples/hello examples/shop examples/monolith/before examples/monolith/after

.PHONY: examples
examples: build ## every example formatted, checked, and its pictures fresh
	@set -e; for e in $(EXAMPLES); do echo "$$e"; \
	  bin/asbuilt -C $$e fmt --check; bin/asbuilt -C $$e check -q --fail-on warning; \
	  bin/asbuilt -C $$e prove -q; bin/asbuilt -C $$e render -q --check; \
	  (cd $$e && $(GO) vet ./...); done

REF ?= HEAD

.PHONY: gallery
gallery: build ## every committed picture at REF beside what is drawn now: gallery/index.html
	cd tools && $(GO) build -o ../bin/gallery ./gallery
	bin/gallery -ref $(REF) . $(EXAMPLES)

.PHONY: test-browser
test-browser: ## what Chromium and Poppler show; installs them, and fonts of many scripts, where they are missing (Debian)
	@command -v chromium >/dev/null && command -v pdftoppm >/dev/null && fc-list | grep -q NotoSansCJK && fc-list | grep -q NotoColorEmoji && fc-list | grep -q NotoSansThai || \
	  { apt-get update -q && apt-get install -y -q --no-install-recommends chromium poppler-utils fontconfig fonts-liberation fonts-noto-core fonts-noto-cjk fonts-noto-color-emoji; }
	$(NPM_CI)
	$(GO) test -count=1 -timeout 30m -v -tags browser ./internal/browser/...

.PHONY: test-lock
test-lock: ## a hundred pictures changed, a hundred merges: nothing that stood moves
	$(GO) test -count=1 -timeout 30m -v -run WhatStandsDoesNotMove ./internal/layout -graphs 100
	$(GO) test -count=1 -timeout 30m -v -run ConcurrentChangesKeepPictures ./internal/workspace -pairs 100

.PHONY: test-peers
test-peers: ## import, then check, against what go-arch-lint and arch-go say themselves
	cd tools/peers && $(GO) build -o ../../bin/peers/ github.com/fe3dback/go-arch-lint github.com/arch-go/arch-go
	$(GO) test -count=1 -tags peers -run TestPeers -v ./internal/foreign

.PHONY: test-drawers
test-drawers: ## other drawing tools read what we export to them
	cd tools/drawers && $(GO) build -o ../../bin/drawers/ oss.terrastruct.com/d2
	$(GO) test -count=1 -tags drawers -run Draws -v ./internal/export

.PHONY: mutants
mutants: ## hundreds of changes to real architectures: which the gate catches, and what it says of clean twins
	$(GO) test -count=1 -timeout 30m -v -tags mutants -run TestMutants ./internal/mutants

.PHONY: test-watch
test-watch: ## a thousand saves of eight kinds, five hundred folders in folders: none missed, none torn
	$(GO) test -count=1 -timeout 10m -v -run 'TestSaves|TestFolders' ./internal/workspace -saves 1000

.PHONY: soak
soak: ## the same with ten thousand, in another order
	$(GO) test -count=1 -timeout 60m -v -run 'TestSaves|TestFolders' ./internal/workspace -saves 10000 -seed 7

.PHONY: bench-watch
bench-watch: ## from a save to the picture: thirty nodes beside D2's own watch, and large trees
	cd tools/drawers && $(GO) build -o ../../bin/drawers/ oss.terrastruct.com/d2
	$(GO) test -run '^$$' -bench Watch -benchtime 100x ./internal/workspace
	$(GO) test -run '^$$' -tags drawers -bench SaveBesideD2 -benchtime 100x ./cmd/asbuilt

.PHONY: bench
bench: ## ratios in one run
	$(GO) test -run '^$$' -bench . -benchtime 20x ./internal/observe/golang ./internal/workspace
	$(GO) test -run '^$$' -bench . -benchtime 1x ./cmd/asbuilt

.PHONY: bench-peers
bench-peers: ## ratios against other drawing tools, each by its own command
	cd tools/drawers && $(GO) build -o ../../bin/drawers/ oss.terrastruct.com/d2 && npm ci --ignore-scripts --silent
	$(GO) test -run '^$$' -tags drawers -bench Peers -benchtime 1x -timeout 30m ./cmd/asbuilt

.PHONY: side-by-side
side-by-side: ## one view by asbuilt, D2 and LikeC4, for docs/comparison.md: bin/side-by-side
	cd tools/drawers && $(GO) build -o ../../bin/drawers/ oss.terrastruct.com/d2 && npm ci --ignore-scripts --silent
	$(GO) test -count=1 -tags drawers -run TestSideBySide -v ./cmd/asbuilt -side-by-side ../../bin/side-by-side

.PHONY: fuzz
fuzz: ## every fuzz target for FUZZTIME
	@set -e; for p in $$($(GO) list ./...); do for f in $$($(GO) test -list '^Fuzz' $$p | grep '^Fuzz' || true); do \
	  echo "$$p $$f"; $(GO) test -run '^$$' -fuzz "^$$f$$" -fuzztime $(FUZZTIME) $$p; done; done

.PHONY: cross
cross: ## the systems it builds for
	@set -e; for os in linux darwin windows; do for arch in amd64 arm64; do \
	  echo "$$os/$$arch"; CGO_ENABLED=0 GOOS=$$os GOARCH=$$arch $(GO) build -o /dev/null ./cmd/asbuilt; done; done
