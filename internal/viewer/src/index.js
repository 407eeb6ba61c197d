// What is known of views and elements, and the ways between them.
// Menus go from the outside in, and what looks at the same from another side comes last.
const levels = ['landscape', 'context', 'container', 'component', 'code', 'deployment', 'sequence', 'team', 'drift', 'impact'];
const level = (v) => (levels.indexOf(v.kind) + 99) % 99;

// The kinds that show the inside of what they are of.
const insides = ['container', 'component', 'code'];

export function makeIndex(data) {
  const list = data.elements ?? [];
  const views = [...data.views ?? []].sort((a, b) => level(a) - level(b));
  const elements = new Map(list.map((e) => [e.address, e]));
  const named = new Map(views.map((v) => [v.name, v]));
  const home = views.find((v) => v.kind === 'landscape') ?? views.find((v) => v.kind === 'context') ?? views[0];
  const inside = new Map();
  for (const v of views) {
    if (v.of && insides.includes(v.kind)) inside.set(v.of, [...inside.get(v.of) ?? [], v]);
  }

  // above are the elements around one, the outermost first, and the one itself.
  const above = (address) => {
    const way = [];
    for (let e = elements.get(address); e && !way.includes(e); e = elements.get(e.parent)) way.unshift(e);
    return way;
  };
  // An instance in an environment is called by its place and its element: environment.live/cluster/component.a.
  const element = (address) => {
    for (let rest = address ?? ''; rest; rest = rest.slice(rest.indexOf('/') + 1)) {
      if (elements.has(rest)) return elements.get(rest);
      if (!rest.includes('/')) break;
    }
    return undefined;
  };
  // opens are the views behind an address: the one that its card leads to in this picture, then those of its inside.
  const opens = (address, except, link) => {
    const led = named.get(/^([^/]*)\.svg$/.exec(link ?? '')?.[1]);
    return [...new Set([led, ...inside.get(element(address)?.address) ?? []])].filter((v) => v && v !== except);
  };
  const drawn = (address) => (elements.get(address)?.views ?? []).map((name) => named.get(name)).filter(Boolean);

  return {
    name: data.title, version: data.version, views, home, trouble: data.trouble ?? [], evidence: data.evidence ?? {}, opens, drawn,
    view: (name) => named.get(name),
    element,
    // way leads from the home view, through those of what is around, to a view: through those that were seen last, by name.
    way(v, seen) {
      const through = (all) => seen.map((name) => named.get(name)).find((s) => all.includes(s)) ?? all[0];
      const steps = [home, ...above(v.of).slice(0, -1).map((e) => through(opens(e.address))), v];
      return steps.filter((s, i) => s && steps.lastIndexOf(s) === i);
    },
    // best is the view to see an element in: the one that is shown, else the nearest around it.
    best(address, now) {
      const all = drawn(address);
      const near = above(address).reverse().flatMap((e) => opens(e.address)).find((v) => all.includes(v) && !(v.auto && v.of === address));
      return all.includes(now) ? now : near ?? all[0];
    },
    documents: () => [
      ...list.map((e) => ({
        id: `element ${e.address}`, address: e.address, title: e.title, type: e.type, owner: e.owner ?? '', technology: e.technology ?? '',
        tags: (e.tags ?? []).join(' '), description: e.description ?? '',
        where: [e.type, above(e.address).slice(0, -1).map((a) => a.title).join(' › ')].filter(Boolean).join(' · '),
      })),
      ...views.map((v) => ({id: `view ${v.name}`, view: v.name, address: v.name, title: v.title, type: `${v.kind} view`, description: v.description ?? '', where: `${v.kind} view`})),
    ],
  };
}
