# What to draw. `asbuilt render` writes each view into docs/architecture.

view "landscape" "landscape" {
  title = "Who uses what"
}

view "context" "shop_context" {
  of    = system.shop
  title = "The web shop and its surroundings"
}

view "container" "shop" {
  of    = system.shop
  title = "Inside the web shop, as built"
  drift = true # what the code says, drawn over what we say

  group "PCI scope" { members = local.pci }
  layout {
    direction = "right"
    same_rank = [of_kind("datastore", "queue", "external")]
  }
}

view "component" "checkout" {
  of    = component.checkout
  title = "Inside checkout, as built"
  drift = true

  layout { same_rank = [[component.checkout_api, api.orders_v1]] }
}

view "container" "money" {
  title       = "Where the money goes"
  description = "Everything in PCI scope, and everyone who talks to it"
  include     = [local.pci, neighbors(local.pci), external.cardgate]
  exclude     = [component.ordering, api.charges] # whole services and companies are enough here

  group "PCI scope" { members = local.pci }
  layout { direction = "right" }
}

locals {
  pci = tagged("pci")
}

style "pci" {
  match = contains(self.tags, "pci")
  color = "purple"
}

style "libraries" {
  match = self.shared
  color = "grey"
}

view "team" "teams" {
  title       = "Who owns what"
  description = "Strong lines lead from one team to another: whoever changes one talks to the other"
  where       = !self.shared && !self.root # libraries are everybody's business
}

view "impact" "ledger_fails" {
  of          = datastore.ledger
  title       = "When the ledger fails"
  description = "Who notices, and after how many hops"
  exclude     = component.local # nobody runs the shop on one machine when it matters
}

view "deployment" "production" {
  environment = environment.production
}

environment "production" {
  title = "Production"

  node "cluster" {
    title      = "Frankfurt"
    technology = "Kubernetes"

    node "edge" {
      title = "Reached from outside"
      instance {
        of       = component.storefront
        replicas = 4
      }
      runs = [component.backoffice]
    }
    node "services" {
      title = "Services"
      runs  = [component.catalog, component.checkout, component.payments, component.shipping, component.notifications, component.reporting]
    }
  }
  node "data" {
    title      = "Data centre"
    technology = "Backed up every hour"
    runs       = [of_kind("datastore"), queue.shop_events]
  }
}
