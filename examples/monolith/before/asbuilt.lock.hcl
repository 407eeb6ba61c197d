format = 1 # where cards stand in pictures; written by asbuilt render, to be committed, merged line by line
view "before" { direction = "down" }
node "before" "component.catalog" "component.program" { place = [40, 637, 168, 80, 0] }
node "before" "component.checkout" "component.program" { place = [244, 435, 168, 80, 0] }
node "before" "component.payments" "component.program" { place = [248, 637, 168, 80, 0] }
node "before" "component.storefront" "component.program" { place = [106, 233, 168, 80, 0] }
node "before" "datastore.database" "system.shop" { place = [248, 839, 168, 132, 0] }
node "before" "person.customer" "" { place = [106, 0, 168, 60, 0] }
