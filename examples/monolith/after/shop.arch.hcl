architecture "after" {
  title = "The shop as services"
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

component "storefront" {
  in          = system.shop
  title       = "Storefront"
  description = "What customers see"
  technology  = "Go service"
  code { go = ["./services/storefront", "./cmd/storefront"] }
  capacity {
    replicas  = 8
    stateless = true
  }

  depends_on = [api.catalog, api.checkout]
}

component "checkout" {
  in          = system.shop
  title       = "Checkout"
  description = "Sells"
  technology  = "Go service"
  code { go = ["./services/checkout", "./cmd/checkout"] }
  capacity {
    replicas  = 2
    stateless = true
  }

  depends_on = [api.catalog, api.payments]
  uses {
    to    = datastore.orders
    label = "writes orders"
  }
}

component "catalog" {
  in          = system.shop
  title       = "Catalog"
  description = "Knows what is for sale"
  technology  = "Go service"
  code { go = ["./services/catalog", "./cmd/catalog"] }
  capacity {
    replicas  = 4
    stateless = true
  }

  uses {
    to    = datastore.products
    label = "reads products"
  }
}

component "payments" {
  in          = system.shop
  title       = "Payments"
  description = "Takes money"
  technology  = "Go service"
  code { go = ["./services/payments", "./cmd/payments"] }
  capacity {
    replicas  = 2
    stateless = true
  }

  uses {
    to    = datastore.ledger
    label = "writes payments"
  }
}

# What the services offer one another. A use of an API allows the import of its own package, and of
# nothing else that the provider has.

api "catalog" {
  of    = component.catalog
  title = "Catalog API"
  http  = { operations = ["POST /v1/list", "POST /v1/price"] }
  code { go = ["./api/catalog"] }
}

api "checkout" {
  of    = component.checkout
  title = "Checkout API"
  http  = { operations = ["POST /v1/buy"] }
  code { go = ["./api/checkout"] }
}

api "payments" {
  of    = component.payments
  title = "Payments API"
  http  = { operations = ["POST /v1/charge"] }
  code { go = ["./api/payments"] }
}

datastore "products" {
  in     = system.shop
  title  = "Products"
  engine = "Postgres"
  code { go = ["./services/catalog/products"] }
}

datastore "orders" {
  in     = system.shop
  title  = "Orders"
  engine = "Postgres"
  code { go = ["./services/checkout/orders"] }
}

datastore "ledger" {
  in     = system.shop
  title  = "Ledger"
  engine = "Postgres"
  code { go = ["./services/payments/ledger"] }
}

component "call" {
  in     = system.shop
  title  = "HTTP and JSON"
  shared = true
  code { go = ["./call"] }
}

view "container" "after" {
  of    = system.shop
  title = "After: services behind APIs"
  drift = true
}
