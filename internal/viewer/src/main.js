// The viewer of pictures: it shows one view at a time, finds what is in it, and goes from one to the other. The address
// bar names what is shown: #/VIEW/ADDRESS.
import {loadIndex, loadPicture, onChange} from './data.js';
import * as details from './details.js';
import {announce, byId, make, on} from './dom.js';
import {hideHint, showHint} from './hint.js';
import {makeIndex} from './index.js';
import {startKeys} from './keys.js';
import {dress, prepare} from './picture.js';
import * as search from './search.js';
import * as stage from './stage.js';
import {startTheme} from './theme.js';

const place = byId('stage');
let index, known, shown, view, chosen, pressed, calm = false, wanted = 0, seen = [];

// where is the view and the address that the address bar names.
function where() {
  const [, name, ...rest] = location.hash.startsWith('#/') ? location.hash.split('/') : [];
  let address = rest.join('/');
  try {
    address = decodeURIComponent(address);
  } catch {
    address = '';
  }
  return {name, address};
}

const hash = (name, address) => `#/${name}${address ? `/${encodeURIComponent(address)}` : ''}`;

// open goes to a view, and to an element in it.
function open(name, address) {
  history.pushState(null, '', hash(name, address));
  return route();
}

async function route(reloaded) {
  const {name, address} = where();
  const next = index.view(name) ?? index.home;
  document.title = next ? `${next.title} – ${index.name}` : index.name;
  byId('empty').hidden = !!next;
  menu(next);
  if (!next) return;
  if (next !== view || !shown) {
    const ticket = ++wanted;
    let picture;
    try {
      picture = await loadPicture(next);
    } catch (e) {
      known = undefined; // it is tried again
      announce(e.message);
      return;
    }
    if (ticket !== wanted) return; // another view was asked for meanwhile
    put(picture, next);
  }
  const thing = shown.get(address);
  if (thing) {
    choose(thing, {far: !reloaded});
  } else if (address && index.element(address)) {
    about(undefined, index.element(address));
  } else if (!reloaded) {
    unchoose();
  }
}

function put({svg: picture, css}, next) {
  const same = view?.name === next.name, focus = same && shown ? shown.find(document.activeElement) : undefined;
  hideHint(true);
  picture.removeAttribute('role');
  dress(css);
  stage.show(picture, same);
  shown = prepare(picture, (address, link) => index.opens(address, next, link)[0]);
  for (const edge of shown.edges) edge.hint = [edge.hint, ...index.evidence[`${edge.from} ${edge.to}`] ?? []].join('\n');
  picture.setAttribute('role', 'group');
  view = next;
  seen = [next.name, ...seen.filter((name) => name !== next.name)];
  if (!same) announce(`${next.title}: ${shown.nodes.size} elements, ${shown.edges.length} relationships`);
  const again = focus && (focus.address ? shown.get(focus.address) : shown.edges.find((e) => e.from === focus.from && e.to === focus.to));
  if (again) {
    calm = true; // nobody moved the focus: the picture stays where it is
    again.part.focus({preventScroll: true});
    calm = false;
  }
}

function menu(now) {
  byId('views').replaceChildren(...index.views.filter((v) => !v.auto || v === now).map((v) =>
    make('li', {}, make('a', {href: hash(v.name), 'aria-current': v === now ? 'page' : undefined}, make('span', {class: 'what'}, v.title), make('span', {class: 'kind'}, v.kind)))));
  byId('crumbs').replaceChildren(...(now ? index.way(now, seen) : []).map((v) =>
    make('li', {}, v === now ? make('span', {'aria-current': 'page'}, v.title) : make('a', {href: hash(v.name)}, v.title))));
}

// choose makes a thing the one that the details are about.
function choose(thing, {far} = {}) {
  if (!thing) return;
  chosen = thing;
  shown.svg.querySelectorAll('.v-chosen').forEach((e) => e.classList.remove('v-chosen'));
  thing.part.classList.add('v-chosen');
  shown.light(thing);
  if (thing.address) history.replaceState(null, '', hash(view.name, thing.address));
  about(thing, thing.address && index.element(thing.address));
  if (far) stage.center(thing.frame ?? thing.part);
}

function about(thing, element) {
  const address = element?.address ?? thing?.address;
  details.fill({
    thing, element, picture: shown,
    views: {opens: index.opens(address, view, thing?.link), also: index.drawn(address).filter((v) => v !== view)},
    index: {title: (a) => index.element(a)?.title ?? a, find: (a) => shown.get(a)},
  }, {
    close: () => {
      const part = chosen?.part;
      unchoose();
      (part?.hasAttribute('tabindex') ? part : place).focus({preventScroll: true});
    },
    open,
    choose: (next) => {
      choose(next);
      if (next) stage.reveal(next.part);
    },
  });
}

function unchoose() {
  chosen = undefined;
  shown?.svg.querySelectorAll('.v-chosen').forEach((e) => e.classList.remove('v-chosen'));
  shown?.light();
  details.clear();
  if (view) history.replaceState(null, '', hash(view.name));
}

// enter opens the view of a thing's inside, if there is one.
function enter(thing) {
  const inside = thing?.address && index.opens(thing.address, view, thing.link)[0];
  if (inside) open(inside.name);
  return !!inside;
}

function point(thing, at) {
  shown?.light(thing ?? chosen);
  if (thing) showHint(thing, at);
  else hideHint();
}

on(place, 'pointerover', (e) => {
  if (e.pointerType === 'touch' || place.classList.contains('moving') || e.target.closest('.overlay')) return;
  point(shown?.find(e.target), e);
});
on(place, 'pointerleave', () => point(undefined));
on(place, 'focusin', (e) => {
  const thing = shown?.find(e.target);
  if (calm || !thing || !e.target.matches(':focus-visible')) return;
  stage.reveal(thing.part);
  point(thing);
});
on(place, 'focusout', (e) => { if (shown?.find(e.target)) point(undefined); });
on(place, 'click', (e) => {
  if (e.target.closest('.overlay')) return;
  const thing = e.detail > 1 ? pressed : pressed = shown?.find(e.target); // the details may have moved another thing there
  if (!thing) unchoose();
  else if (!e.target.closest('.v-mark') || !enter(thing)) choose(thing);
  hideHint(true);
});
on(place, 'dblclick', (e) => {
  if (e.target.closest('.overlay')) return;
  if (!pressed) stage.fit();
  else enter(pressed);
});
startKeys({
  enter: (e) => {
    const thing = shown?.find(e);
    if (thing && !enter(thing)) choose(thing);
    return !!thing;
  },
  choose: (e) => {
    const thing = shown?.find(e);
    choose(thing);
    return !!thing;
  },
  escape: () => {
    hideHint(true);
    if (chosen || !byId('details').hidden) unchoose();
  },
});
on(byId('skip'), 'click', (e) => {
  e.preventDefault();
  place.focus();
});
on(byId('zoom-in'), 'click', () => stage.zoomBy(1.4));
on(byId('zoom-out'), 'click', () => stage.zoomBy(1 / 1.4));
on(byId('zoom-fit'), 'click', () => stage.fit());
on(byId('menu'), 'click', () => {
  const open = byId('menu').getAttribute('aria-expanded') !== 'true';
  byId('menu').setAttribute('aria-expanded', String(open));
  document.body.classList.toggle('with-views', open);
});

// trouble says what keeps the pictures from being of the newest state.
function trouble(list) {
  const box = byId('trouble');
  box.hidden = !list.length;
  if (box.hidden) {
    box.replaceChildren();
    return;
  }
  box.replaceChildren(
    make('h2', {}, index.views.length ? 'The pictures are as they were: the newest state cannot be drawn' : 'There is nothing to draw yet'),
    make('ul', {}, ...list.map((t) => make('li', {}, t.place ? make('code', {}, t.place) : '', ' ', t.message, t.fix ? make('span', {class: 'fix'}, `fix: ${t.fix}`) : ''))));
}

// load reads what there is to see. Where that is what is known already, nothing happens; a view whose picture is the same stays as it is.
async function load(reloaded) {
  const before = view;
  try {
    const text = await loadIndex();
    if (text === known) return;
    index = makeIndex(JSON.parse(text));
    known = text;
  } catch {
    connected(false);
    return;
  }
  byId('name').textContent = index.version ? `${index.name} ${index.version}` : index.name;
  const now = before && index.view(before.name), changed = now && now.sum !== before.sum;
  if (!changed) view = now;
  search.fill(index.documents(), (d) => d.view ? open(d.view) : open(index.best(d.address, view)?.name ?? view?.name, d.address));
  trouble(index.trouble);
  await route(reloaded);
  if (changed) announce('The picture was drawn again');
}

function connected(yes) {
  byId('gone').hidden = yes;
}

addEventListener('popstate', () => { if (index) route(); });
startTheme();
load(false).then(() => onChange(() => load(true), connected));
