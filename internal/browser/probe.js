// probe looks at the picture in this page and says what is wrong, as sentences. Evaluated by the browser tests:
// probe.whole() once a page, probe.colors() again when the page changed its colours.
var probe = (() => {
  const svg = document.querySelector('svg.asbuilt');
  const all = (selector) => [...svg.querySelectorAll(selector)];
  const boxes = new Map();
  const box = (e) => {
    let b = boxes.get(e);
    if (!b) boxes.set(e, b = e.getBoundingClientRect());
    return b;
  };
  const name = (e) => JSON.stringify((e.closest('[aria-label]') || e).getAttribute('aria-label') || e.textContent);
  const holds = (outer, inner, slack) =>
    inner.left >= outer.left - slack && inner.right <= outer.right + slack &&
    inner.top >= outer.top - slack && inner.bottom <= outer.bottom + slack;
  const meet = (a, b, slack = 0) =>
    a.left + slack < b.right && b.left + slack < a.right && a.top + slack < b.bottom && b.top + slack < a.bottom;
  const texts = all('text');

  // pairs calls back with every two elements whose boxes share more than a border of slack pixels.
  const pairs = (elements, slack, found) => {
    const sorted = elements.map((e) => [e, box(e)]).sort((a, b) => a[1].top - b[1].top);
    sorted.forEach(([e, b], i) => {
      for (let k = i + 1; k < sorted.length && sorted[k][1].top < b.bottom; k++) {
        if (meet(b, sorted[k][1], slack)) found(e, sorted[k][0]);
      }
    });
  };

  const shapes = (say) => {
    // Text stays inside what it stands on.
    const outlines = all('.ab-node > .ab-outline');
    for (const node of all('.ab-node')) {
      const border = box(node.querySelector('.ab-outline'));
      for (const text of node.querySelectorAll('text')) {
        const field = text.previousElementSibling;
        const chip = field && field.localName === 'rect' && text.getAttribute('text-anchor') === 'middle';
        if (!holds(chip ? box(field) : border, box(text), chip ? 0.5 : -2)) say('text leaves its card:', name(text), text.textContent);
      }
    }
    for (const group of all('.ab-label, .ab-title')) {
      const plate = box(group.querySelector('rect'));
      for (const text of group.querySelectorAll('text')) {
        if (!holds(plate, box(text), 1)) say('text leaves its plate:', text.textContent);
      }
    }
    for (const note of all('.ab-note')) {
      for (const text of note.querySelectorAll('text')) {
        if (!holds(box(note.querySelector('path')), box(text), -2)) say('text leaves its note:', text.textContent);
      }
    }
    const titles = all('.ab-title'), groups = all('.ab-group');
    if (titles.length !== groups.length) say('groups and titles differ in number');
    titles.forEach((title, i) => {
      for (const text of [title.querySelector('rect'), ...title.querySelectorAll('text')]) {
        if (!holds(box(groups[i].querySelector('rect')), box(text), 0)) say('title leaves its group:', title.textContent);
      }
    });
    const page = box(svg);
    for (const text of texts) {
      if (!holds(page, box(text), -4)) say('text leaves the page:', text.textContent);
    }
    pairs(all('.ab-legend > g'), 0, (a, b) => say('legend entries overlap:', a.textContent, b.textContent));

    // Words and cards stand on nothing and on no other.
    pairs(texts, 1, (a, b) => say('texts overlap:', a.textContent, b.textContent));
    pairs(outlines, 1, (a, b) => say('cards overlap:', name(a), name(b)));
    const labels = all('.ab-label').map((label) => label.querySelector('rect'));
    pairs(labels, 0, (a, b) => say('labels overlap:', a.parentNode.textContent, b.parentNode.textContent));
    const numbers = all('g > rect:has(+ text)').filter((rect) => rect.parentNode.querySelector(':scope > .ab-node, :scope > .ab-group'));
    const saying = (plate) => (plate.closest('.ab-label, .ab-title') ?? plate.nextElementSibling).textContent;
    const loose = [...labels, ...titles.map((title) => title.querySelector('rect')), ...numbers];
    pairs([...loose, ...outlines], 0, (a, b) => {
      const [plate, card] = a.matches('.ab-outline') ? [b, a] : [a, b];
      if (card.matches('.ab-outline') && !plate.matches('.ab-outline')) say('a label overlaps a node:', saying(plate), name(card));
    });
    pairs(loose, 1, (a, b) => {
      if (!labels.includes(a) || !labels.includes(b)) say('a label overlaps a title or number:', saying(a), saying(b));
    });

    // Every edge says where it leads.
    for (const edge of all('.ab-edge')) {
      const head = [...edge.querySelectorAll(':scope > path')].pop();
      const {width, height} = box(head);
      if (head.matches('.ab-way') || width + height < 8) say('an edge without a head:', name(edge));
    }

    // Links lead where links may lead.
    for (const a of all('a')) {
      const {protocol} = new URL(a.href.baseVal, document.baseURI);
      if (!['http:', 'https:', 'mailto:', 'file:'].includes(protocol)) say('a link to', a.href.baseVal);
    }
  };

  // passes reports whether a point of an edge is well within a card that is not at its end.
  const cards = all('.ab-node').map((node) => [node.dataset.address, box(node.querySelector('.ab-outline'))]);
  const passes = (e, p) => {
    const {from, to} = e.closest('.ab-edge')?.dataset ?? {};
    return cards.some(([address, b]) => address !== from && address !== to && p.x > b.left + 4 && p.x < b.right - 4 && p.y > b.top + 4 && p.y < b.bottom - 4);
  };
  const through = () => all('.ab-edge > .ab-way').filter((e) => {
    const long = e.getTotalLength(), matrix = e.getScreenCTM();
    return Array.from({length: 40}, (_, i) => e.getPointAtLength(long * i / 40).matrixTransform(matrix)).some((p) => passes(e, p));
  }).length;

  // Colours contrast with what is painted under them: text 4.5 : 1, lines and borders 3 : 1.
  const channel = (v) => (v /= 255) <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4;
  const luminances = new Map();
  const luminance = (color) => {
    let l = luminances.get(color);
    if (l === undefined) {
      const [r, g, b, a] = color.match(/[\d.]+/g).map(Number);
      l = a === undefined || a === 1 ? 0.2126 * channel(r) + 0.7152 * channel(g) + 0.0722 * channel(b) : NaN;
      luminances.set(color, l);
    }
    return l;
  };
  const ratio = (a, b) => {
    const [x, y] = [luminance(a), luminance(b)];
    return (Math.max(x, y) + 0.05) / (Math.min(x, y) + 0.05);
  };
  const colors = (say) => {
    let compared = 0;
    const contrast = (what, e, color, back, least) => {
      compared++;
      if (!(ratio(color, back) >= least)) say('contrast', ratio(color, back).toFixed(2), 'of', what, name(e), color, 'on', back);
    };
    const styles = new Map(); // of all that is painted, in the order of painting
    for (const e of all('rect, path, text')) {
      const {fill, fillOpacity, stroke, strokeWidth} = getComputedStyle(e);
      styles.set(e, {fill: +fillOpacity === 0 ? 'none' : fill, opacity: +fillOpacity, stroke: parseFloat(strokeWidth) > 0 ? stroke : 'none'});
    }
    const painted = [...styles.keys()];
    const areas = painted.filter((e) => e.localName !== 'text' && !e.matches('.ab-edge > path') && styles.get(e).fill !== 'none').map((e) => [e, box(e)]);
    const order = new Map(painted.map((e, i) => [e, i]));
    const mixed = (over, under, part) => {
      const [a, b] = [over, under].map((color) => color.match(/[\d.]+/g).map(Number));
      return 'rgb(' + a.map((v, i) => v * part + b[i] * (1 - part)).join(', ') + ')';
    };
    // filled is the colour of an area at a point, over what is under it where it is not opaque.
    const filled = (e, x, y) => {
      const {fill, opacity} = styles.get(e);
      return opacity < 1 ? mixed(fill, ground(x, y, e), opacity) : fill;
    };
    // ground is the colour at a point under an element.
    const ground = (x, y, above) => {
      for (let i = areas.length - 1; i >= 0; i--) {
        const [e, b] = areas[i];
        if (x < b.left || x > b.right || y < b.top || y > b.bottom || order.get(e) >= order.get(above)) continue;
        if (e.localName === 'rect' || e.isPointInFill(new DOMPoint(x, y).matrixTransform(e.getScreenCTM().inverse()))) return filled(e, x, y);
      }
      return 'rgb(255, 255, 255)';
    };
    const middle = (e) => {
      const b = box(e);
      return [(b.left + b.right) / 2, (b.top + b.bottom) / 2];
    };
    for (const [e, {fill, stroke}] of styles) {
      const b = box(e);
      if (e.localName === 'text') {
        contrast('text', e, fill, ground(...middle(e), e), 4.5);
        continue;
      }
      if (stroke === 'none') { // the head of an edge; other areas are grounds
        if (e.closest('.ab-edge') && fill !== 'none' && e.localName === 'path') contrast('head', e, fill, ground(...middle(e), e), 3);
        continue;
      }
      if (fill !== 'none') {
        contrast('border', e, stroke, filled(e, ...middle(e)), 3);
        contrast('border', e, stroke, ground(b.left - 3, (b.top + b.bottom) / 2, e), 3);
      } else { // where it does not pass over a card
        const long = e.getTotalLength(), matrix = e.getScreenCTM();
        for (const part of [0.5, 0.3, 0.7, 0.15, 0.85]) {
          const p = e.getPointAtLength(long * part).matrixTransform(matrix);
          if (e.matches('.ab-way') && passes(e, p)) continue;
          contrast('line', e, stroke, ground(p.x, p.y, e), 3);
          break;
        }
      }
    }
    return compared;
  };

  const run = (...parts) => {
    const found = [];
    let compared = 0;
    for (const part of parts) compared += part((...words) => found.push(words.join(' '))) || 0;
    return {found, texts: texts.length, nodes: all('[data-address]').length, edges: all('[data-from]').length, compared, through: parts.includes(shapes) ? through() : 0};
  };
  return {
    whole: () => run(shapes, colors), colors: () => run(colors),
    // clear is the least contrast of a colour with what it may stand on, the page and its frames.
    clear: (color) => Math.min(...all('.ab-group > rect').concat(svg.querySelector('rect')).map((e) => ratio(color, getComputedStyle(e).fill))),
    words: () => texts.map((text) => (({left, top, right, bottom}) => [left, top, right, bottom])(box(text))),
  };
})();
