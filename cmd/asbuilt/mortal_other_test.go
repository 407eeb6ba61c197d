//go:build unix && !linux

package main

import "syscall"

func mortal() *syscall.SysProcAttr { return nil }
