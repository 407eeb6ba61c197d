// The keyboard. Keys of one letter hold only while nothing that takes text or has keys of its own has the focus.
import {byId} from './dom.js';
import * as stage from './stage.js';

export function startKeys({enter, choose, escape}) {
  document.addEventListener('keydown', (e) => {
    if (e.defaultPrevented || e.ctrlKey || e.metaKey || e.altKey) return;
    const at = e.target, inPicture = at === document.body || byId('stage').contains(at);
    if (e.key === 'Escape') escape();
    if (!inPicture || at.closest?.('.overlay')) return;
    const closer = () => stage.zoomBy(1.4), farther = () => stage.zoomBy(1 / 1.4);
    const keys = {
      '+': closer, '=': closer, '-': farther, _: farther,
      0: () => stage.fit(),
      ArrowLeft: () => stage.panBy(-1, 0), ArrowRight: () => stage.panBy(1, 0), ArrowUp: () => stage.panBy(0, -1), ArrowDown: () => stage.panBy(0, 1),
      '/': () => byId('search').focus(),
      Enter: () => enter(at), ' ': () => choose(at),
    };
    if (!Object.hasOwn(keys, e.key) || keys[e.key]() === false) return;
    e.preventDefault();
  });
}
