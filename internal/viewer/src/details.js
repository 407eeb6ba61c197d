// The panel about the thing that was chosen.
import {follow} from './data.js';
import {byId, make} from './dom.js';

const panel = byId('details');

// verdictWord is how a verdict is called where it is not what was declared.
const verdictWord = {divergence: 'not declared', absence: 'not in the code', waived: 'waived', unknown: 'unknown'};

// fill writes the panel: about is the thing's data, act what its buttons do.
export function fill({thing, element, views, index, picture}, act) {
  const parts = [];
  if (thing?.from !== undefined) parts.push(...edge(thing, index, act));
  else parts.push(...card(thing, element, views, index, picture, act));
  panel.replaceChildren(make('button', {class: 'close', type: 'button', 'aria-label': 'Close the details', onclick: act.close}, '×'), ...parts);
  panel.hidden = false;
}

export function clear() {
  panel.hidden = true;
  panel.replaceChildren();
}

const row = (name, ...value) => [make('dt', {}, name), make('dd', {}, ...value)];

function card(thing, element, views, index, picture, act) {
  const address = element?.address ?? thing.address;
  const teams = element?.owner;
  const opens = views.opens[0];
  const given = views.opens.some((v) => thing?.link === `${v.name}.svg`) ? element?.docs : thing?.link ?? element?.docs;
  const link = follow(given);
  const rows = [
    teams ? row('Owner', teams) : [],
    element?.technology ? row('Technology', element.technology) : [],
    element?.tags?.length ? row('Tags', element.tags.join(', ')) : [],
    row('Address', make('code', {}, address)),
    link ? row('Documentation', make('a', {href: link, target: '_blank', rel: 'noopener noreferrer'}, given)) :
      element?.docs ? row('Documentation', make('code', {}, element.docs)) : [],
  ].flat();
  const edges = thing && !thing.frame ? picture.edges : [], here = thing?.address;
  return [
    make('p', {class: 'kind'}, element?.type ?? (thing.frame ? 'group' : ''), element?.status ? ` · ${element.status}` : ''),
    make('h2', {}, element?.title ?? thing.name),
    element?.description ? make('p', {}, element.description) : '',
    opens ? make('button', {type: 'button', class: 'primary', onclick: () => act.open(opens.name)}, `Open “${opens.title}”`) : '',
    make('dl', {}, ...rows),
    ...list('Uses', edges.filter((e) => e.from === here), 'to', index, act),
    ...list('Used by', edges.filter((e) => e.to === here), 'from', index, act),
    ...also(views.also, address, act),
  ].filter(Boolean);
}

function list(title, edges, end, index, act) {
  if (!edges.length) return [];
  return [make('h3', {}, title), make('ul', {}, ...edges.map((e) =>
    make('li', {}, make('button', {type: 'button', onclick: () => act.choose(e)}, index.title(e[end])), badge(e))))];
}

function badge(edge) {
  const word = verdictWord[edge.verdict];
  return word ? make('span', {class: `verdict ${edge.verdict}`}, word) : '';
}

function also(views, address, act) {
  if (!views.length) return [];
  return [make('h3', {}, 'Also drawn in'), make('ul', {}, ...views.map((v) =>
    make('li', {}, make('button', {type: 'button', onclick: () => act.open(v.name, address)}, v.title))))];
}

function edge(thing, index, act) {
  const [sentence, ...evidence] = thing.hint.split('\n');
  const said = sentence.replace(`, ${thing.verdict}`, ''); // the badge says it better
  return [
    make('p', {class: 'kind'}, 'relationship', badge(thing)),
    make('h2', {}, said),
    make('h3', {}, 'Between'),
    make('ul', {}, ...['from', 'to'].map((end) =>
      make('li', {}, make('button', {type: 'button', onclick: () => act.choose(index.find(thing[end]))}, index.title(thing[end]))))),
    ...evidence.length ? [make('h3', {}, 'Evidence'), make('ul', {class: 'evidence'}, ...evidence.map((line) => make('li', {}, make('code', {}, line))))] : [],
  ];
}
