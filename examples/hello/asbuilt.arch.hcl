architecture "hello" {
  title = "Hello"
}

person "visitor" {
  title      = "Visitor"
  depends_on = [component.web]
}

system "hello" {
  title = "Hello"
}

component "program" {
  in          = system.hello
  title       = "Program"
  description = "Puts the parts together"
  code { go = ["."] } # the package of this folder

  uses {
    to    = component.web
    label = "serves"
  }
  uses {
    to    = component.visits
    label = "opens the book"
  }
}

component "web" {
  in          = system.hello
  title       = "Web"
  description = "Answers visitors"
  code { go = ["./web"] }

  uses {
    to    = component.greeting
    label = "asks for words"
  }
  uses {
    to    = component.visits
    label = "counts"
  }
}

component "greeting" {
  in          = system.hello
  title       = "Greeting"
  description = "Finds the words"
  code { go = ["./greeting"] }
}

component "visits" {
  in          = system.hello
  title       = "Visits"
  description = "Remembers who was here"
  code { go = ["./visits"] }
}

view "container" "hello" {
  of    = system.hello
  title = "Hello, as built"
  drift = true
}
