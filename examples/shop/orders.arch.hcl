# Team Orders: what is for sale, and how it is sold.

team "orders" {
  title      = "Orders"
  codeowners = "@acme/orders"
}

component "catalog" {
  kind        = kind.service
  icon        = "search"
  in          = system.shop
  owner       = team.orders
  title       = "Catalog"
  description = "Knows what is for sale, and for how much"
  technology  = "Go"
  code { go = ["./services/catalog/...", "./cmd/catalog"] }
  runtime {
    compose    = "catalog"
    kubernetes = "Deployment/shop/catalog"
    otel       = "catalog"
  }
  capacity {
    replicas  = 3
    stateless = true
  }

  depends_on = [datastore.products]
}

api "catalog_v1" {
  of      = component.catalog
  title   = "Catalog API"
  openapi = "api/catalog.yaml"
  code { go = ["./gen/catalog"] } # the generated client: importing it is a use of this API
}

datastore "products" {
  in     = system.shop
  owner  = team.orders
  title  = "Products"
  engine = "Postgres"
  code { go = ["./services/catalog/store"] }
  runtime {
    compose    = "products-db"
    kubernetes = "StatefulSet/shop/products-db"
  }
}

component "checkout" {
  kind        = kind.service
  icon        = "cart"
  in          = system.shop
  owner       = team.orders
  title       = "Checkout"
  description = "Turns a cart into a paid order"
  technology  = "Go"
  docs        = "docs/checkout.md"
  code { go = ["./services/checkout/...", "./cmd/checkout"] }
  runtime {
    compose    = "checkout"
    kubernetes = "Deployment/shop/checkout"
    otel       = "checkout"
  }
  capacity {
    replicas  = 2
    stateless = false # carts live in memory
  }

  depends_on = [datastore.orders]
  uses {
    to    = api.catalog_v1
    label = "asks for prices"
  }
  uses {
    to    = api.payments_v1
    label = "charges the card"
  }
  uses {
    to    = queue.shop_events
    label = "publishes orders"
    async = true
  }
}

api "orders_v1" {
  of      = component.checkout
  title   = "Orders API"
  openapi = "api/orders.yaml"
  code { go = ["./gen/orders"] }
}

datastore "orders" {
  in     = system.shop
  owner  = team.orders
  title  = "Orders"
  engine = "Postgres"
  code { go = ["./services/checkout/store"] }
  runtime {
    compose    = "orders-db"
    kubernetes = "StatefulSet/shop/orders-db"
  }
}

# Inside checkout.

component "checkout_api" {
  in          = component.checkout
  title       = "Handlers"
  description = "Requests in, answers out"
  code { go = ["./services/checkout/api"] }

  depends_on = [datastore.orders]
  uses {
    to    = api.orders_v1
    label = "answers"
  }
  uses {
    to    = component.cart
    label = "adds items"
  }
  uses {
    to    = component.ordering
    label = "places orders"
  }
}

component "cart" {
  in          = component.checkout
  title       = "Carts"
  description = "What customers are about to buy, at today's prices"
  code { go = ["./services/checkout/cart"] }

  uses {
    to    = api.catalog_v1
    label = "asks for prices"
  }
}

component "ordering" {
  in          = component.checkout
  title       = "Ordering"
  description = "Writes the order down, takes the money, tells the others"
  code { go = ["./services/checkout/ordering"] }

  depends_on = [datastore.orders]
  uses {
    to    = component.cart
    label = "empties the cart"
  }
  uses {
    to    = api.payments_v1
    label = "charges the card"
  }
  uses {
    to    = queue.shop_events
    label = "publishes orders"
    async = true
  }
}
