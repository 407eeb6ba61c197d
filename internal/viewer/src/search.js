// Search over all elements and views, in the form of a combobox.
import MiniSearch from 'minisearch';

import {byId, make, on} from './dom.js';

const box = byId('search'), list = byId('found'), most = 12;
let engine, documents = new Map(), results = [], active = -1, go;

// fill takes what can be found.
export function fill(docs, chosen) {
  go = chosen;
  documents = new Map(docs.map((d) => [d.id, d]));
  engine = new MiniSearch({
    fields: ['title', 'type', 'owner', 'technology', 'tags', 'address', 'description'],
    searchOptions: {prefix: true, fuzzy: 0.2, combineWith: 'AND', boost: {title: 4, address: 2}},
  });
  engine.addAll(docs);
  if (!list.hidden) search();
}

function search() {
  const text = box.value.trim();
  results = text ? engine.search(text).map((r) => documents.get(r.id)) : [];
  if (text && !results.length) { // words of languages that write none apart
    const low = text.toLocaleLowerCase();
    results = [...documents.values()].filter((d) => `${d.title} ${d.address}`.toLocaleLowerCase().includes(low));
  }
  const more = results.length - most;
  results = results.slice(0, most);
  active = results.length ? 0 : -1;
  list.replaceChildren(...results.map((d, i) =>
    make('li', {id: `found-${i}`, role: 'option', 'aria-selected': 'false', onpointerdown: (e) => { e.preventDefault(); choose(i); }},
      make('span', {class: 'what'}, d.title), make('span', {class: 'where'}, d.where))));
  byId('count').textContent = !text ? '' : !results.length ? `Nothing is called “${text}”` : more > 0 ? `${most} of ${more + most}` : `${results.length} found`;
  open(!!text);
  point();
}

function point() {
  [...list.children].forEach((li, i) => li.setAttribute('aria-selected', String(i === active)));
  if (active < 0) box.removeAttribute('aria-activedescendant');
  else box.setAttribute('aria-activedescendant', `found-${active}`);
  list.children[active]?.scrollIntoView({block: 'nearest'});
}

function open(yes) {
  byId('results').hidden = !yes;
  list.hidden = !yes || !results.length;
  box.setAttribute('aria-expanded', String(yes && results.length > 0));
  if (!yes) box.removeAttribute('aria-activedescendant');
}

function choose(i) {
  if (!results[i]) return;
  open(false);
  box.value = '';
  box.blur();
  go(results[i]);
}

on(box, 'input', search);
on(box, 'focus', search);
on(box, 'blur', () => open(false));
on(box, 'keydown', (e) => {
  const n = results.length;
  if (e.key === 'ArrowDown' && n) active = (active + 1) % n;
  else if (e.key === 'ArrowUp' && n) active = (active + n - 1) % n;
  else if (e.key === 'Enter') choose(active);
  else if (e.key === 'Escape') {
    box.value = '';
    search();
    byId('stage').focus();
  } else return;
  e.preventDefault();
  point();
});
