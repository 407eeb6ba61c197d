# Team Insight: a system of its own that listens to the shop.

team "insight" {
  title      = "Insight"
  codeowners = "@acme/insight"
}

system "insight" {
  title       = "Insight"
  description = "What sells, and what comes back"
  owner       = team.insight
}

component "reporting" {
  kind        = kind.service
  icon        = "chart"
  in          = system.insight
  owner       = team.insight
  title       = "Reporting"
  description = "Adds up turnover as it happens"
  technology  = "Go"
  code { go = ["./services/reporting", "./cmd/reporting"] }
  runtime {
    compose    = "reporting"
    kubernetes = "Deployment/shop/reporting"
    otel       = "reporting"
  }

  uses {
    to    = queue.shop_events
    label = "hears orders and refunds"
    async = true
  }
}
