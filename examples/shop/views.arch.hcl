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
