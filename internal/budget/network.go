package budget

import (
	"math/big"
	"net"
	"net/netip"

	"github.com/zclconf/go-cty/cty"
	"github.com/zclconf/go-cty/cty/function"
)

// networkFunctions calculate with address ranges such as 10.0.0.0/8 or fd00::/8; none reaches a network.
func (m *Meter) networkFunctions() map[string]function.Function {
	prefix, number := parameter("prefix", cty.String), parameter("number", cty.Number)
	return map[string]function.Function{
		"cidrcontains": m.function(takes(cty.Bool, prefix, parameter("contained", cty.String)), cidrContains),
		"cidrhost":     m.function(takes(cty.String, prefix, number), m.cidrHost),
		"cidrnetmask":  m.function(takes(cty.String, prefix), m.cidrNetmask),
		"cidrsubnet":   m.function(takes(cty.String, prefix, parameter("newbits", cty.Number), number), m.cidrSubnet),
		"cidrsubnets":  m.function(takes(cty.List(cty.String), prefix).more(parameter("newbits", cty.Number)), m.cidrSubnets),
	}
}

func prefixed(args []cty.Value, i int) (netip.Prefix, error) {
	p, err := netip.ParsePrefix(args[i].AsString())
	if err != nil {
		return p, function.NewArgErrorf(i, "an address range such as 10.0.0.0/8 is required")
	}
	return p.Masked(), nil
}

// offset is the address that stands n addresses after another.
func offset(a netip.Addr, n *big.Int) (netip.Addr, bool) {
	sum := new(big.Int).SetBytes(a.AsSlice())
	sum.Add(sum, n)
	if sum.Sign() < 0 || sum.BitLen() > a.BitLen() {
		return a, false
	}
	return netip.AddrFromSlice(sum.FillBytes(make([]byte, a.BitLen()/8)))
}

func cidrContains(args []cty.Value) (cty.Value, error) {
	outer, err := prefixed(args, 0)
	if err != nil {
		return cty.NilVal, err
	}
	inner, err := netip.ParseAddr(args[1].AsString())
	if err == nil {
		return cty.BoolVal(outer.Contains(inner)), nil
	}
	p, err := prefixed(args, 1)
	if err != nil {
		return cty.NilVal, err
	}
	return cty.BoolVal(outer.Bits() <= p.Bits() && outer.Contains(p.Addr())), nil
}

// cidrHost counts from the end of the range when the number is negative.
func (m *Meter) cidrHost(args []cty.Value) (cty.Value, error) {
	p, err := prefixed(args, 0)
	if err != nil {
		return cty.NilVal, err
	}
	n, accuracy := args[1].AsBigFloat().Int(nil)
	size := new(big.Int).Lsh(big.NewInt(1), uint(p.Addr().BitLen()-p.Bits()))
	if n.Sign() < 0 {
		n.Add(n, size)
	}
	if accuracy != 0 || n.Sign() < 0 || n.Cmp(size) >= 0 {
		return cty.NilVal, function.NewArgErrorf(1, "the range has no such address")
	}
	a, _ := offset(p.Addr(), n)
	return m.string(a.String())
}

func (m *Meter) cidrNetmask(args []cty.Value) (cty.Value, error) {
	p, err := prefixed(args, 0)
	if err != nil {
		return cty.NilVal, err
	}
	if !p.Addr().Is4() {
		return cty.NilVal, function.NewArgErrorf(0, "only IPv4 has netmasks")
	}
	return m.string(net.IP(net.CIDRMask(p.Bits(), 32)).String())
}

func (m *Meter) cidrSubnet(args []cty.Value) (cty.Value, error) {
	p, err := prefixed(args, 0)
	if err != nil {
		return cty.NilVal, err
	}
	bits, err := longer(p, args, 1)
	if err != nil {
		return cty.NilVal, err
	}
	n, accuracy := args[2].AsBigFloat().Int(nil)
	if accuracy != 0 || n.Sign() < 0 || n.BitLen() > bits-p.Bits() {
		return cty.NilVal, function.NewArgErrorf(2, "the range has no such part")
	}
	a, _ := offset(p.Addr(), n.Lsh(n, uint(p.Addr().BitLen()-bits)))
	return m.string(netip.PrefixFrom(a, bits).String())
}

// longer is the length of a range's part, in bits.
func longer(p netip.Prefix, args []cty.Value, i int) (int, error) {
	more, err := whole(args, i)
	if err != nil {
		return 0, err
	}
	if more < 0 || more > p.Addr().BitLen()-p.Bits() {
		return 0, function.NewArgErrorf(i, "the range cannot be divided by that many bits")
	}
	return p.Bits() + more, nil
}

// cidrSubnets divides a range into parts of the given lengths, one after another.
func (m *Meter) cidrSubnets(args []cty.Value) (cty.Value, error) {
	p, err := prefixed(args, 0)
	if err != nil {
		return cty.NilVal, err
	}
	next := p.Addr()
	room := true
	var out []cty.Value
	for i := 1; i < len(args); i++ {
		bits, err := longer(p, args, i)
		if err != nil {
			return cty.NilVal, err
		}
		next, room = aligned(next, bits, room)
		if !room || !p.Contains(next) {
			return cty.NilVal, function.NewArgErrorf(i, "there is no room left for it")
		}
		s, err := m.string(netip.PrefixFrom(next, bits).String())
		if err != nil {
			return cty.NilVal, err
		}
		out = append(out, s)
		next, room = offset(next, new(big.Int).Lsh(big.NewInt(1), uint(next.BitLen()-bits)))
	}
	if len(out) == 0 {
		return cty.ListValEmpty(cty.String), nil
	}
	return cty.ListVal(out), m.collect(len(out))
}

// aligned is the first address from a on that begins a range of the given length.
func aligned(a netip.Addr, bits int, room bool) (netip.Addr, bool) {
	start := netip.PrefixFrom(a, bits).Masked().Addr()
	if !room || start == a {
		return a, room
	}
	return offset(start, new(big.Int).Lsh(big.NewInt(1), uint(a.BitLen()-bits)))
}
