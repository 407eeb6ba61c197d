# Team Fulfilment: from a paid order to the parcel at the door.

team "fulfilment" {
  title      = "Fulfilment"
  codeowners = "@acme/fulfilment"
}

external "swiftparcel" {
  icon        = "truck"
  title       = "Swiftparcel"
  description = "Drives the parcels"
  hosts       = ["api.swiftparcel.example"]
}

api "parcels" {
  of   = external.swiftparcel
  http = { operations = ["POST /v1/parcels"] }
  code { go = ["./gen/carrier"] }
}

external "postbird" {
  icon        = "mail"
  title       = "Postbird"
  description = "Sends the mails"
  hosts       = ["api.postbird.example"]
}

api "messages" {
  of   = external.postbird
  http = { operations = ["POST /v1/messages"] }
  code { go = ["./gen/mailer"] }
}

component "shipping" {
  kind        = kind.service
  icon        = "truck"
  in          = system.shop
  owner       = team.fulfilment
  title       = "Shipping"
  description = "Sends what was ordered"
  technology  = "Go"
  code { go = ["./services/shipping/...", "./cmd/shipping"] }
  runtime {
    compose    = "shipping"
    kubernetes = "Deployment/shop/shipping"
    otel       = "shipping"
  }
  capacity {
    replicas  = 2
    stateless = true
  }

  depends_on = [datastore.parcels]
  uses {
    to    = queue.shop_events
    label = "hears orders, publishes parcels"
    async = true
  }
  uses {
    to         = api.parcels
    label      = "orders a pick-up"
    technology = "HTTPS"
  }
}

api "shipping_v1" {
  of    = component.shipping
  title = "Shipping API"
  grpc  = { proto = "protos/shop/shipping/v1/shipping.proto", service = "shop.shipping.v1.Shipping" }
  code { go = ["./gen/shippingpb"] }
}

datastore "parcels" {
  in     = system.shop
  owner  = team.fulfilment
  title  = "Parcels"
  engine = "Postgres"
  code { go = ["./services/shipping/store"] }
  runtime {
    compose    = "parcels-db"
    kubernetes = "StatefulSet/shop/parcels-db"
  }
}

component "notifications" {
  kind        = kind.service
  icon        = "mail"
  in          = system.shop
  owner       = team.fulfilment
  title       = "Notifications"
  description = "Writes to customers"
  technology  = "Go"
  code { go = ["./services/notifications", "./cmd/notifications"] }
  runtime {
    compose    = "notifications"
    kubernetes = "Deployment/shop/notifications"
    otel       = "notifications"
  }
  capacity {
    replicas  = 1
    stateless = true
  }

  uses {
    to    = queue.shop_events
    label = "hears orders and parcels"
    async = true
  }
  uses {
    to         = api.messages
    label      = "sends mails"
    technology = "HTTPS"
  }
}

# A debt that we know: accepted until a date, with a name on it.
waiver "tracking_links" {
  rule    = "code/undeclared"
  from    = component.notifications
  to      = component.shipping
  reason  = "mails need the carrier's tracking links; shipping will put the link into parcels.sent"
  owner   = team.fulfilment
  ticket  = "SHOP-219"
  expires = "2027-06-30"
}
