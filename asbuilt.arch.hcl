# The house of this project: nouns on the ground, verbs in the middle, one conductor, doors on top.
# `make arch` holds the code to it; internal/house holds it to the same laws from `go list` alone.

architecture "asbuilt" {
  title  = "asbuilt"
  strict = true
}

observe "go" {
  exclude = ["examples/...", "tools/..."] # modules of their own
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
  icon        = "terminal"
  in          = system.asbuilt
  title       = "cmd/asbuilt"
  description = "The process"
  root        = true
  depends_on  = [component.cli]
  code { go = ["./cmd/..."] }
}

component "cli" {
  icon        = "terminal"
  in          = system.asbuilt
  title       = "cli"
  description = "Flags in, exit status out; one file a command"
  depends_on  = [component.workspace, component.web]
  code { go = ["./internal/cli"] }
}

component "web" {
  icon        = "browser"
  in          = system.asbuilt
  title       = "web"
  description = "Pictures for a browser on this machine"
  depends_on  = [component.workspace]
  code { go = ["./internal/web"] }
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
  reading = {
    config  = "HCL text becomes the model"
    observe = "Code becomes evidence"
    foreign = "Other tools' rules become HCL"
  }
  judging = {
    compare = "Model and evidence meet: the reflexion"
    check   = "The comparison becomes findings"
    policy  = "An older policy judges a change"
    prove   = "Violations are put in: can the gate go red?"
    debt    = "What is accepted for a while, by impact"
    answer  = "Why does this use that, and how is it built?"
    report  = "Findings become reports"
  }
  drawing = {
    view     = "The model becomes diagrams"
    typeset  = "Words become cards of a size"
    layout   = "Cards find their places, by Graphviz"
    sequence = "Steps find their rows, lifelines their columns"
    paint    = "Diagrams become SVG, PNG, PDF"
    export   = "Diagrams become DOT, Mermaid, JSON"
  }
  writing = {
    rewrite  = "The one form of HCL text"
    scaffold = "Evidence becomes a first architecture"
  }
  phases = merge(local.reading, local.judging, local.drawing, local.writing)
}

component "reading" {
  in          = system.asbuilt
  title       = "reading"
  description = "Text, code and other tools' rules become nouns"
  icon        = "search"
}

component "judging" {
  in          = system.asbuilt
  title       = "judging"
  description = "Model and evidence meet, and findings come of it"
  icon        = "shield"
}

component "drawing" {
  in          = system.asbuilt
  title       = "drawing"
  description = "The model becomes pictures"
  icon        = "chart"
}

component "writing" {
  in          = system.asbuilt
  title       = "writing"
  description = "Changes become text, code a first text"
  icon        = "document"
}

component "phase" {
  for_each    = local.phases
  in          = contains(keys(local.reading), each.key) ? component.reading : contains(keys(local.judging), each.key) ? component.judging : contains(keys(local.drawing), each.key) ? component.drawing : component.writing
  title       = each.key
  description = each.value
  code { go = ["./internal/${each.key}/..."] }
}

# ---------------------------------------------------------------- the ground

component "nouns" {
  icon        = "package"
  in          = system.asbuilt
  title       = "nouns"
  description = "source, arch, evidence, reflexion, finding, diagram: what crosses the borders"
  shared      = true
  code {
    go      = ["./pkg/..."]
    modules = [] # the standard library only
  }
}

component "ground" {
  in          = system.asbuilt
  title       = "ground tools"
  description = "The choke points – files, console, process – and small tools"
  shared      = true
  depends_on  = [component.nouns]
  code { go = ["./internal/..."] }
}

component "process" {
  in          = component.ground
  title       = "process"
  description = "The only room that starts programs"
  code { go = ["./internal/process"] }
}

# ---------------------------------------------------------------- the laws

rule "layers" {
  layers  = [[component.cmd, component.cli], component.web, component.workspace, component.phase, component.ground, component.nouns]
  because = "what is below can be used, tested and changed without what is above"
}

rule "phases_apart" {
  independent = component.phase
  because     = "a phase knows nouns, not how they came to be: the conductor alone knows the order"
}

rule "one_conductor" {
  only    = component.workspace
  may_use = component.phase
  because = "one room knows the order of the phases"
}

rule "doors_are_last" {
  only    = component.cmd
  may_use = component.cli
  because = "what a command does must be possible without the command line"
}

rule "doors_are_started" {
  only    = component.cli
  may_use = component.web
  because = "one door starts the others"
}

rule "no_circles" {
  acyclic = components()
}

rule "programs" {
  because = "every other program is started in one place, with a fixed environment"
  deny {
    imports = ["os/exec"]
    except  = [component.process, component.phase["observe"]] # that one hands the go command's errors on
  }
}

rule "no_network" {
  because = "a check needs no network, and reads no memory but its own"
  deny {
    imports = ["net/http"]
    except  = component.web # it answers this machine, and asks nobody
  }
  deny { imports = ["net/rpc", "unsafe", "plugin"] }
}

rule "one_door_a_dependency" {
  because = "what one room wraps can be replaced in one room"
  deny {
    imports = ["github.com/hashicorp/hcl/v2/...", "github.com/zclconf/go-cty/..."]
    except  = [component.phase["config"], component.phase["rewrite"], component.ground]
  }
  deny {
    imports = ["github.com/goccy/go-graphviz/..."]
    except  = component.phase["layout"]
  }
  deny {
    imports = ["github.com/fsnotify/..."]
    except  = component.workspace
  }
  deny {
    imports = ["github.com/spf13/..."]
    except  = component.cli
  }
}

rule "described" {
  for_each      = components()
  condition     = self.description != ""
  error_message = "${self.address} says nowhere what it is for"
}

view "container" "house" {
  of    = system.asbuilt
  title = "The house of asbuilt"
  drift = true
  group "phases" { members = [component.reading, component.judging, component.drawing, component.writing] }
}
