// A picture as it is drawn is made ready to be moved, pointed at and walked through. What it says stays as it is.
import {svg as element} from './dom.js';

const sheet = new CSSStyleSheet();
document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];

// dress gives the page the styles of the picture that it shows: its policy forbids style elements, not a sheet of its own.
export const dress = (css) => sheet.replaceSync(css);

// prepare returns what can be asked about a picture. opens says which view is behind an address whose card has a link.
export function prepare(svg, opens) {
  const all = (query) => [...svg.querySelectorAll(query)];
  all('svg > desc').forEach((e) => e.remove());

  const nodes = new Map(), groups = new Map(), edges = [], words = new Map(), links = new Map();
  const hint = (e) => {
    const title = e.querySelector(':scope > title');
    title?.remove(); // the browser's own hint would cover ours
    return title?.textContent ?? '';
  };
  svg.querySelector(':scope > title')?.remove();

  // A link around a card becomes a line of the details: a card is pointed at for more than its link.
  for (const a of all('a')) {
    const inside = a.querySelector('.ab-node, .ab-title');
    if (inside) links.set(inside, a.getAttribute('href'));
    a.replaceWith(...a.childNodes);
  }
  for (const g of all('.ab-node')) {
    const address = g.dataset.address;
    const link = links.get(g);
    nodes.set(address, {part: g, address, name: g.getAttribute('aria-label'), hint: hint(g), link});
    ready(g);
    if (opens(address, link)) mark(g);
  }
  const frames = all('.ab-group'), titles = all('.ab-title');
  frames.forEach((frame, i) => {
    const address = frame.dataset.address, title = titles[i];
    frame.setAttribute('role', 'group');
    const said = hint(title);
    groups.set(address, {part: title, frame, address, name: said, hint: said, link: links.get(title)});
    if (address.startsWith('group.')) return; // a set of the view's, no element
    title.dataset.address = address;
    title.setAttribute('aria-label', said);
    ready(title);
  });
  for (const g of all('.ab-edge')) {
    const edge = {part: g, from: g.dataset.from, to: g.dataset.to, verdict: g.dataset.verdict, name: g.getAttribute('aria-label'), hint: hint(g), labels: []};
    edges.push(edge);
    words.set(edge.hint, [...words.get(edge.hint) ?? [], edge]);
    if (g.hasAttribute('tabindex')) ready(g);
    else g.setAttribute('role', 'img');
  }
  for (const label of all('.ab-label')) {
    const owner = words.get(hint(label))?.find((edge) => !edge.labels.length);
    owner?.labels.push(label);
    if (owner) label.dataset.edge = edges.indexOf(owner);
  }
  const own = new Map(edges.map((edge) => [edge.part, edge]));

  // find is the thing under an element of the picture.
  const find = (e) => {
    const part = e?.closest?.('.ab-node, .ab-edge, .ab-label, .ab-title');
    if (!part || !svg.contains(part)) return undefined;
    if (part.matches('.ab-edge')) return own.get(part);
    if (part.matches('.ab-label')) return edges[part.dataset.edge];
    return nodes.get(part.dataset.address) ?? groups.get(part.dataset.address);
  };

  // light shows a thing and what it touches, and lets the rest step back; undefined: everything.
  const light = (thing) => {
    svg.classList.toggle('v-dim', !!thing);
    all('.v-lit').forEach((e) => e.classList.remove('v-lit'));
    if (!thing) return;
    const lit = new Set([thing.part]);
    const around = thing.frame ? new Set([...thing.frame.querySelectorAll('.ab-node')].map((g) => g.dataset.address)) : new Set([thing.address]);
    around.forEach((address) => nodes.has(address) && lit.add(nodes.get(address).part));
    for (const edge of edges) {
      if (edge !== thing && !around.has(edge.from) && !around.has(edge.to)) continue;
      [edge.part, ...edge.labels, nodes.get(edge.from)?.part, nodes.get(edge.to)?.part].forEach((e) => lit.add(e));
    }
    lit.forEach((e) => e?.classList.add('v-lit'));
  };

  return {svg, nodes, groups, edges, find, light, get: (address) => nodes.get(address) ?? groups.get(address)};
}

// ready makes a part of the picture something to point at, with the keyboard too.
function ready(part) {
  part.setAttribute('tabindex', '0');
  part.setAttribute('role', 'button');
}

// mark shows that there is a view of the inside of a card.
function mark(card) {
  const {x, y, width} = card.querySelector('.ab-outline').getBBox();
  const place = `translate(${x + width} ${y})`;
  card.classList.add('v-opens');
  card.append(element('g', {class: 'v-mark', transform: place, 'aria-hidden': 'true'},
    element('circle', {r: 16, class: 'v-room'}), element('circle', {r: 9}), element('path', {d: 'M-3.5 0H3.5M0 -3.5V3.5'})));
}
