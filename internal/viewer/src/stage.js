// The stage moves the picture: wheel, pinch, drag, buttons and keys all end in one transform.
import {select} from 'd3-selection';
import {zoom, zoomIdentity} from 'd3-zoom';

import {byId} from './dom.js';

const margin = 24, closest = 4, stride = 80;
const stage = byId('stage');
const calm = matchMedia('(prefers-reduced-motion: reduce)');

let picture, size = {w: 1, h: 1}, at = zoomIdentity, goal = at, fitted = true, frame = 0;

const behavior = zoom()
  .filter((e) => (!e.ctrlKey || e.type === 'wheel') && !e.button && !e.target.closest?.('.overlay'))
  .clickDistance(4)
  .on('zoom', ({transform, sourceEvent}) => {
    at = transform;
    if (sourceEvent) {
      goal = at;
      fitted = false;
      cancelAnimationFrame(frame);
    }
    place();
  })
  .on('start', ({sourceEvent}) => stage.classList.toggle('moving', !!sourceEvent && sourceEvent.type !== 'wheel'))
  .on('end', () => stage.classList.remove('moving'));
const selected = select(stage).call(behavior).on('dblclick.zoom', null);

function place() {
  if (picture) picture.style.transform = `translate(${at.x}px, ${at.y}px) scale(${at.k})`;
  byId('scale').textContent = `${Math.round(at.k * 100)} %`;
}

// limits keep a part of the picture on the stage.
function limits() {
  const {clientWidth: w, clientHeight: h} = stage, k = whole().k;
  behavior.extent([[0, 0], [w, h]]).scaleExtent([Math.min(k, 1) / 2, Math.max(closest, k)])
    .translateExtent([[-w / k, -h / k], [size.w + w / k, size.h + h / k]]);
}

// whole shows all of the picture, and no card larger than it is.
function whole() {
  const {clientWidth: w, clientHeight: h} = stage;
  const k = Math.max(0.05, Math.min(1.25, (w - 2 * margin) / size.w, (h - 2 * margin) / size.h));
  return zoomIdentity.translate((w - k * size.w) / 2, (h - k * size.h) / 2).scale(k);
}

function glide(to, isWhole = false) {
  cancelAnimationFrame(frame);
  fitted = isWhole;
  goal = to;
  const from = at, began = performance.now(), length = calm.matches ? 0 : 180;
  const step = (now) => {
    const t = length ? Math.min(1, (now - began) / length) : 1, s = 1 - (1 - t) ** 3;
    const mix = (a, b) => a + (b - a) * s;
    selected.call(behavior.transform, t < 1 ? zoomIdentity.translate(mix(from.x, to.x), mix(from.y, to.y)).scale(mix(from.k, to.k)) : to);
    if (t < 1) frame = requestAnimationFrame(step);
  };
  step(began);
}

// show puts a picture on the stage: as a whole, or where the one before it was.
export function show(next, stay) {
  const box = next.viewBox.baseVal;
  size = {w: box.width, h: box.height};
  picture?.remove();
  picture = next;
  stage.prepend(next);
  limits();
  if (stay && !fitted) place();
  else fit(true);
}

export function fit(atOnce = false) {
  if (atOnce) {
    cancelAnimationFrame(frame);
    fitted = true;
    goal = whole();
    selected.call(behavior.transform, goal);
  } else {
    glide(whole(), true);
  }
}

// zoomBy and panBy start from where the picture is going, so that a key pressed twice moves it twice.
export function zoomBy(factor) {
  const {clientWidth: w, clientHeight: h} = stage, [least, most] = behavior.scaleExtent();
  const k = Math.min(most, Math.max(least, goal.k * factor)), f = k / goal.k;
  glide(zoomIdentity.translate(w / 2 - (w / 2 - goal.x) * f, h / 2 - (h / 2 - goal.y) * f).scale(k));
}

export function panBy(x, y) {
  glide(zoomIdentity.translate(goal.x - x * stride, goal.y - y * stride).scale(goal.k));
}

// center brings a part of the picture to the middle, large enough to read.
export function center(part) {
  const b = part.getBoundingClientRect(), s = stage.getBoundingClientRect();
  const x = ((b.left + b.right) / 2 - s.left - at.x) / at.k, y = ((b.top + b.bottom) / 2 - s.top - at.y) / at.k;
  const k = Math.min(behavior.scaleExtent()[1], Math.max(at.k, 0.9));
  glide(zoomIdentity.translate(s.width / 2 - k * x, s.height / 2 - k * y).scale(k));
}

// reveal moves the picture no more than it must so that a part is seen.
export function reveal(part) {
  const b = part.getBoundingClientRect(), s = stage.getBoundingClientRect();
  const miss = (low, high, from, to) => high - low > to - from ? 0 : low < from + margin ? from + margin - low : high > to - margin ? to - margin - high : 0;
  const x = miss(b.left, b.right, s.left, s.right), y = miss(b.top, b.bottom, s.top, s.bottom);
  if (x || y) glide(zoomIdentity.translate(at.x + x, at.y + y).scale(at.k));
}

new ResizeObserver(() => {
  if (!picture) return;
  limits();
  if (fitted) fit(true);
}).observe(stage);
