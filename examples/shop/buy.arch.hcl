# How an order is placed, step by step. A step that no declared edge allows fails the check.

view "sequence" "buy" {
  title       = "Buying a grinder"
  description = "From the cart to the parcel, as it is meant to go and when the card is declined"

  step {
    from  = person.customer
    to    = component.storefront
    label = "places the order"
  }
  step {
    from  = component.storefront
    to    = component.checkout
    label = "POST /orders"
  }
  loop "each line of the cart" {
    step {
      from  = component.checkout
      to    = component.catalog
      label = "asks for today's price"
    }
  }
  step {
    from  = component.checkout
    to    = component.checkout
    label = "adds up the total"
  }
  step {
    from  = component.checkout
    to    = component.payments
    label = "charges the card"
  }
  step {
    from  = component.payments
    to    = external.cardgate
    label = "POST /v1/charges"
  }
  alt "the card is accepted" {
    step {
      from  = external.cardgate
      to    = component.payments
      label = "charge id"
      reply = true
    }
    step {
      from  = component.payments
      to    = datastore.ledger
      label = "books the charge, once"
    }
    note {
      over = [component.payments, datastore.ledger]
      text = "The order's number is the key: charging twice books once."
    }
    step {
      from  = component.payments
      to    = component.checkout
      label = "paid"
      reply = true
    }
    step {
      from  = component.checkout
      to    = queue.shop_events
      label = "orders.placed"
      async = true
    }
    step {
      from  = component.checkout
      to    = component.storefront
      label = "the order, placed"
      reply = true
    }
    step {
      from  = component.storefront
      to    = person.customer
      label = "Thank you!"
      reply = true
    }
    else "it is declined" {
      step {
        from  = component.payments
        to    = component.checkout
        label = "declined, with a reason"
        reply = true
      }
      step {
        from  = component.checkout
        to    = component.storefront
        label = "the cart, as it was"
        reply = true
      }
      step {
        from  = component.storefront
        to    = person.customer
        label = "Another card?"
        reply = true
      }
    }
  }
}
