# The house of this project: nouns on the ground, verbs in the middle, one conductor, doors on top.
# `make arch` holds the code to it; internal/house holds it to the same laws from `go list` alone.

architecture "asbuilt" {
  title  = "asbuilt"
  strict = true
}

observe "go" {
  exclude = ["examples/..."] # modules of their own
}

team "maintainers" {
  title = "Maintainers"
}

system "asbuilt" {
  title       = "asbuilt"
  description = "Architecture as code that cannot drift"
  owner       = team.maintainers
}

# ---------------------------------------------------------------- doors

component "cmd" {
  in          = system.asbuilt
  title       = "cmd/asbuilt"
  description = "The process"
  root        = true
  depends_on  = [component.cli]
  code { go = ["./cmd/..."] }
}

component "cli" {
  in          = system.asbuilt
  title       = "cli"
  description = "Flags in, exit status out; one file a command"
  depends_on  = [component.workspace]
  code { go = ["./internal/cli"] }
}

# ---------------------------------------------------------------- the conductor

component "workspace" {
  in          = system.asbuilt
  title       = "workspace"
  description = "The conductor: the only room that knows the order"
  depends_on  = [component.phase]
  code { go = ["./internal/workspace"] }
}

# ---------------------------------------------------------------- phases: no arrows between them

locals {
  phases = {
    config   = "HCL text becomes the model"
    rewrite  = "The one form of HCL text"
    observe  = "Code becomes evidence"
    compare  = "Model and evidence meet: the reflexion"
    check    = "The comparison becomes findings"
    prove    = "Violations are put in: can the gate go red?"
    answer   = "Why does this use that, and how is it built?"
    view     = "The model becomes diagrams"
    typeset  = "Words become cards of a size"
    layout   = "Cards find their places, by Graphviz"
    paint    = "Diagrams become SVG"
    export   = "Diagrams become DOT, Mermaid, JSON"
    report   = "Findings become reports"
    scaffold = "Evidence becomes a first architecture"
  }
}

component "phase" {
  for_each    = local.phases
  in          = system.asbuilt
  title       = each.key
  description = each.value
  code { go = ["./internal/${each.key}/..."] }
}

# ---------------------------------------------------------------- the ground

component "nouns" {
  in          = system.asbuilt
  title       = "nouns"
  description = "source, arch, evidence, reflexion, finding, diagram: what crosses the borders"
  shared      = true
  code { go = ["./pkg/..."] }
}

component "ground" {
  in          = system.asbuilt
  title       = "ground tools"
  description = "The choke points – files, console, process – and small tools"
  shared      = true
  depends_on  = [component.nouns]
  code { go = ["./internal/..."] }
}

view "container" "house" {
  of    = system.asbuilt
  title = "The house of asbuilt"
  drift = true
  group "reading" { members = [component.phase["config"], component.phase["observe"]] }
  group "judging" { members = [component.phase["compare"], component.phase["check"], component.phase["prove"], component.phase["answer"], component.phase["report"]] }
  group "drawing" {
    members = [for p in ["view", "typeset", "layout", "paint", "export"] : component.phase[p]]
  }
  group "writing" { members = [component.phase["rewrite"], component.phase["scaffold"]] }
  layout { direction = "right" }
}
