# Team Web: what people see.

team "web" {
  title      = "Web"
  codeowners = "@acme/web"
}

component "storefront" {
  kind        = kind.website
  in          = system.shop
  owner       = team.web
  title       = "Storefront"
  description = "The pages that customers see"
  technology  = "Go, HTML"
  code { go = ["./services/storefront/...", "./cmd/storefront"] }
  runtime {
    compose    = "storefront"
    kubernetes = "Deployment/shop/storefront"
    otel       = "storefront"
  }
  capacity {
    replicas  = 4
    stateless = true
  }

  uses {
    to    = api.catalog_v1
    label = "lists products"
  }
  uses {
    to    = api.orders_v1
    label = "places orders"
  }
  uses {
    to    = api.shipping_v1
    label = "tracks parcels"
  }
  uses {
    to     = component.recommendations
    label  = "asks what fits"
    status = "planned"
  }
}

component "backoffice" {
  kind        = kind.website
  in          = system.shop
  owner       = team.web
  title       = "Back office"
  description = "What support works with"
  technology  = "Go"
  code { go = ["./services/backoffice", "./cmd/backoffice"] }
  runtime {
    compose    = "backoffice"
    kubernetes = "Deployment/shop/backoffice"
    otel       = "backoffice"
  }
  capacity {
    replicas  = 1
    stateless = true
  }

  uses {
    to    = api.orders_v1
    label = "looks up orders"
  }
  uses {
    to    = api.payments_v1
    label = "refunds"
  }
}

# Not there yet: it is in the model so that we can talk about it with the picture in front of us.
component "recommendations" {
  kind        = kind.service
  in          = system.shop
  owner       = team.web
  title       = "Recommendations"
  description = "What others bought with it"
  technology  = "Go"
  status      = "planned"

  uses {
    to    = queue.shop_events
    label = "hears orders"
    async = true
  }
}
