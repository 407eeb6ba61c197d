# Team Payments: the only ones who move money.

team "payments" {
  title      = "Payments"
  codeowners = "@acme/payments"
}

external "cardgate" {
  icon        = "bank"
  title       = "Cardgate"
  description = "Charges cards"
  hosts       = ["api.cardgate.example"]
  docs        = "https://docs.cardgate.example"
}

api "charges" {
  of   = external.cardgate
  http = { operations = ["POST /v1/charges", "POST /v1/refunds"] }
  code { go = ["./gen/cardgate"] }
}

component "payments" {
  kind        = kind.service
  icon        = "card"
  in          = system.shop
  owner       = team.payments
  title       = "Payments"
  description = "Takes money once, gives it back once"
  technology  = "Go"
  tags        = ["pci"]
  docs        = "docs/payments.md"
  code { go = ["./services/payments/...", "./cmd/payments"] }
  runtime {
    compose    = "payments"
    kubernetes = "Deployment/shop/payments"
    otel       = "payments"
  }
  capacity {
    replicas  = 2
    stateless = true
  }

  depends_on = [datastore.ledger]
  uses {
    to         = api.charges
    label      = "charges cards"
    technology = "HTTPS"
  }
  uses {
    to    = queue.shop_events
    label = "publishes refunds"
    async = true
  }
}

api "payments_v1" {
  of    = component.payments
  title = "Payments API"
  grpc  = { proto = "protos/shop/payments/v1/payments.proto", service = "shop.payments.v1.Payments" }
  code { go = ["./gen/paymentspb"] }
}

datastore "ledger" {
  in     = system.shop
  owner  = team.payments
  title  = "Ledger"
  engine = "Postgres"
  tags   = ["pci"]
  code { go = ["./services/payments/ledger"] }
  runtime {
    compose    = "ledger-db"
    kubernetes = "StatefulSet/shop/ledger-db"
  }
}
