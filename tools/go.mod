module github.com/asbuilt/asbuilt/tools

go 1.26.0
