# What to draw. `asbuilt render` writes each view into docs/architecture.

view "landscape" "landscape" {
  title = "Who uses what"

  override {
    of   = system.shop
    view = view.shop # a click leads inside
  }
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

# The same as it was meant, for whoever is new here: by what it is for, not by who owns it.
view "container" "capabilities" {
  extends     = view.shop
  title       = "What the web shop does"
  description = "As it is meant to be, by what a customer comes for"
  drift       = false
  exclude     = [component.backoffice, person.support, external.postbird, external.swiftparcel]

  group "Selling" {
    members = [component.storefront, component.recommendations]
    group "Behind the counter" { members = [component.catalog, datastore.products, component.checkout, datastore.orders] }
  }
  group "Delivering" { members = [component.shipping, datastore.parcels, component.notifications] }
  override {
    of   = component.checkout
    view = view.checkout
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

  style "ways_of_money" {
    match_edges = contains(source.tags, "pci") || contains(target.tags, "pci") || target == external.cardgate
    title       = "card data"
    color       = "purple"
    width       = 2
  }
  group "PCI scope" { members = local.pci }
  layout { direction = "right" }
}

locals {
  pci = tagged("pci")
}

style "pci" {
  match = contains(self.tags, "pci")
  color = "purple"
  title = "in PCI scope"
}

view "drift" "drift" {
  title       = "What is built and was not agreed"
  description = "What a waiver accepts, until its last day"
}

view "code" "payments_code" {
  of          = component.payments
  title       = "The code of Payments"
  description = "Its packages, what they import, and who imports them"
  drift       = true
  exclude     = component.local # it puts everything together
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
