// Package cart holds what customers are about to buy, at today's prices.
package cart

import (
	"context"
	"errors"
	"maps"
	"slices"
	"sync"

	"example.com/shop/gen/catalog"
	"example.com/shop/pkg/money"
)

// Catalog is what carts ask the Catalog API.
type Catalog interface {
	GetProduct(ctx context.Context, sku string) (catalog.Product, error)
}

// Cart is one customer's.
type Cart struct {
	Items map[string]int
	Total money.Amount
}

// ErrQuantity is a quantity that nobody can buy.
var ErrQuantity = errors.New("cart: a quantity is between 1 and 99")

// Carts are all carts. They live in memory: a lost cart is a nuisance, not a loss.
type Carts struct {
	catalog Catalog

	mu    sync.Mutex
	items map[string]map[string]int // cart → SKU → how many
}

// New makes empty carts.
func New(c Catalog) *Carts { return &Carts{catalog: c, items: map[string]map[string]int{}} }

// Add puts a product into a cart.
func (c *Carts) Add(ctx context.Context, cart, sku string, quantity int) (Cart, error) {
	if quantity < 1 || quantity > 99 {
		return Cart{}, ErrQuantity
	}
	if _, err := c.catalog.GetProduct(ctx, sku); err != nil {
		return Cart{}, err
	}
	c.mu.Lock()
	if c.items[cart] == nil {
		c.items[cart] = map[string]int{}
	}
	c.items[cart][sku] += quantity
	c.mu.Unlock()
	return c.Get(ctx, cart)
}

// Get returns a cart at today's prices.
func (c *Carts) Get(ctx context.Context, cart string) (Cart, error) {
	c.mu.Lock()
	out := Cart{Items: maps.Clone(c.items[cart])}
	c.mu.Unlock()
	for _, sku := range slices.Sorted(maps.Keys(out.Items)) {
		p, err := c.catalog.GetProduct(ctx, sku)
		if err != nil {
			return Cart{}, err
		}
		if out.Total, err = out.Total.Add(p.Price.Times(out.Items[sku])); err != nil {
			return Cart{}, err
		}
	}
	return out, nil
}

// Drop forgets a cart.
func (c *Carts) Drop(cart string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	delete(c.items, cart)
}
