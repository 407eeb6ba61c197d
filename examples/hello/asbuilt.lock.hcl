format = 1 # where cards stand in pictures; written by asbuilt render, to be committed, merged line by line
view "hello" { direction = "down" }
node "hello" "component.greeting" "system.hello" { place = [208, 422, 168, 80, 0] }
node "hello" "component.program" "system.hello" { place = [357, 46, 168, 80, 0] }
node "hello" "component.visits" "system.hello" { place = [416, 414, 168, 96, 0] }
node "hello" "component.web" "system.hello" { place = [228, 230, 168, 80, 0] }
node "hello" "person.visitor" "" { place = [0, 56, 168, 60, 0] }
