// The hint beside what is pointed at: its name, then the evidence or the description, as the picture says it.
import {byId, make} from './dom.js';

const hint = byId('hint'), stage = byId('stage');
let leaving;

// showHint says it of a thing, beside the pointer's place if there is one: never under it, where it would take the click.
export function showHint(thing, at) {
  clearTimeout(leaving);
  const [name, ...rest] = thing.hint.split('\n');
  const evidence = thing.from !== undefined;
  hint.replaceChildren(make('strong', {}, name),
    ...rest.map((line) => evidence ? make('code', {}, line) : make('span', {}, line)));
  hint.hidden = false;
  const target = thing.part.getBoundingClientRect(), around = stage.getBoundingClientRect(), box = hint.getBoundingClientRect();
  const clamp = (v, least, most) => Math.max(least, Math.min(v, most));
  const below = Math.min(target.bottom, around.bottom) + 8, above = Math.max(target.top, around.top) - box.height - 8;
  let y = below + box.height < around.bottom ? below : above;
  let x = (target.left + target.right - box.width) / 2;
  if (evidence) { // an edge's box may be large: stand near its middle
    const way = thing.part.querySelector('.ab-way');
    const p = at ?? way.getPointAtLength(way.getTotalLength() / 2).matrixTransform(way.getScreenCTM());
    x = p.x + 14 + box.width < around.right ? p.x + 14 : p.x - 14 - box.width;
    y = p.y + 14;
  }
  hint.style.left = `${clamp(x, around.left + 8, around.right - box.width - 8) - around.left}px`;
  hint.style.top = `${clamp(y, around.top + 8, around.bottom - box.height - 8) - around.top}px`;
  thing.part.setAttribute('aria-describedby', 'hint');
}

export function hideHint(atOnce) {
  clearTimeout(leaving);
  leaving = setTimeout(() => { hint.hidden = true; }, atOnce ? 0 : 200);
}

hint.addEventListener('pointerenter', () => clearTimeout(leaving));
hint.addEventListener('pointerleave', () => hideHint());
