package main

import "syscall"

// mortal ends a program with the one that started it, even when that is killed.
func mortal() *syscall.SysProcAttr { return &syscall.SysProcAttr{Pdeathsig: syscall.SIGKILL} }
