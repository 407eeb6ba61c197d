//go:build unix && !linux

package main

import "syscall"

func mortal(attr *syscall.SysProcAttr) *syscall.SysProcAttr { return attr }
