# The frame: what the whole company agrees on. What is inside is written by the teams, each in its own
# file of this folder; asbuilt reads them as one.

architecture "shop" {
  title       = "Web shop"
  description = "Sells coffee gear: from a visitor's first look to the parcel at the door."
  version     = "1.4.0"
  strict      = true # a package that no element owns is an error
}

observe "go" {
  roots = ["."]
}

# What components are: words and pictures on their cards, and what each must say of itself.
kind "website" {
  title    = "Website"
  shape    = "browser"
  requires = ["owner", "technology"]
}

kind "service" {
  title    = "Service"
  requires = ["owner", "technology"]
}

kind "library" {
  title = "Library"
  icon  = "package"
  color = "grey"
}

person "customer" {
  title       = "Customer"
  description = "Buys coffee gear"

  uses {
    to         = component.storefront
    label      = "browses and orders"
    technology = "HTTPS"
  }
}

person "support" {
  title       = "Support"
  description = "Answers customers, gives money back"

  uses {
    to         = component.backoffice
    label      = "looks up orders, refunds"
    technology = "HTTPS"
  }
}

person "analyst" {
  title       = "Analyst"
  description = "Wants to know what sells"

  uses {
    to    = component.reporting
    label = "reads the report"
  }
}

system "shop" {
  title       = "Web shop"
  description = "Products, carts, orders, payments, parcels and mails"
}

queue "shop_events" {
  in          = system.shop
  title       = "Shop events"
  description = "What happened, for whoever wants to know"
  owner       = team.orders
  engine      = "NATS"
  topics      = ["orders.placed", "payments.refunded", "parcels.sent"]
  docs        = "docs/events.md"
  code { go = ["./pkg/events"] }
  runtime {
    compose    = "nats"
    kubernetes = "StatefulSet/shop/nats"
  }
}

# Libraries: anyone may use them without asking.
locals {
  libraries = {
    money  = "Amounts without rounding errors"
    tables = "Documents by key, in memory or SQL"
    web    = "Serving and calling over HTTP"
  }
}

component "library" {
  kind        = kind.library
  for_each    = local.libraries
  in          = system.shop
  title       = title(each.key)
  description = each.value
  technology  = "Go"
  owner       = team.web
  shared      = true
  code { go = ["./pkg/${each.key}"] }
}

component "local" {
  in          = system.shop
  title       = "Shop on one machine"
  description = "All services in one process, for a first look and for tests"
  technology  = "Go"
  owner       = team.web
  root        = true # it puts everything together, so it may use everything
  code { go = ["./local/...", "./cmd/local"] }
}

# ---------------------------------------------------------------- what must hold, whoever changes what

rule "cards_stay_in" {
  because = "card data leaves the shop through Cardgate alone"
  deny {
    from       = tagged("pci")
    to         = externals()
    except     = [external.cardgate]
    transitive = true
  }
}

rule "one_till" {
  because = "whoever charges a card must book it"
  only    = [component.payments, component.local] # the latter puts the programs together
  may_use = [external.cardgate, datastore.ledger]
}

rule "no_circles" {
  because = "each service is deployed on its own"
  acyclic = components()
}

rule "owned" {
  for_each      = children([system.shop, system.insight])
  condition     = self.owner != null
  error_message = "${self.address} has no owner: who is called at night?"
}
