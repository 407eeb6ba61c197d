architecture "before" {
  title = "The shop as one program"
}

person "customer" {
  title = "Customer"

  uses {
    to    = component.storefront
    label = "browses and buys"
  }
}

system "shop" {
  title = "Shop"
}

# One program: what is inside is built, released and scaled together.
component "program" {
  in    = system.shop
  title = "One program, 4 replicas"
  capacity {
    replicas  = 4
    stateless = true
  }
}

component "main" {
  in    = component.program
  title = "main"
  root  = true # it puts the parts together, so it may use them all
  code { go = ["."] }
}

component "storefront" {
  in          = component.program
  title       = "Storefront"
  description = "What customers see"
  technology  = "Go package"
  code { go = ["./storefront"] }

  uses {
    to    = component.catalog
    label = "function call"
  }
  uses {
    to    = component.checkout
    label = "function call"
  }
}

component "checkout" {
  in          = component.program
  title       = "Checkout"
  description = "Sells"
  technology  = "Go package"
  code { go = ["./checkout"] }

  uses {
    to    = component.catalog
    label = "function call"
  }
  uses {
    to    = component.payments
    label = "function call"
  }
  uses {
    to    = datastore.database
    label = "writes orders"
  }
}

component "catalog" {
  in          = component.program
  title       = "Catalog"
  description = "Knows what is for sale"
  technology  = "Go package"
  code { go = ["./catalog"] }

  uses {
    to    = datastore.database
    label = "reads products"
  }
}

component "payments" {
  in          = component.program
  title       = "Payments"
  description = "Takes money"
  technology  = "Go package"
  code { go = ["./payments"] }

  uses {
    to    = datastore.database
    label = "marks orders as paid"
  }
}

datastore "database" {
  in          = system.shop
  title       = "The database"
  description = "One for all; a table that changes changes for everyone"
  engine      = "Postgres"
  code { go = ["./database"] }
}

view "container" "before" {
  of    = component.program
  title = "Before: one program"
  drift = true
}
