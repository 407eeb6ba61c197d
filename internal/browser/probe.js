// probe reports what is wrong with the picture in this page, as sentences. Evaluated by the browser tests.
(() => {
  const svg = document.querySelector('svg.asbuilt');
  const found = [];
  const say = (...words) => found.push(words.join(' '));
  const box = (e) => e.getBoundingClientRect();
  const name = (e) => JSON.stringify((e.closest('[aria-label]') || e).getAttribute('aria-label') || e.textContent);
  const holds = (outer, inner, slack) =>
    inner.left >= outer.left - slack && inner.right <= outer.right + slack &&
    inner.top >= outer.top - slack && inner.bottom <= outer.bottom + slack;
  const meet = (a, b) => a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
  const all = (selector) => [...svg.querySelectorAll(selector)];
  const texts = (e) => [...e.querySelectorAll('text')];

  // Text stays inside what it stands on.
  for (const node of all('.ab-node')) {
    const border = box(node.querySelector('.ab-outline'));
    for (const text of texts(node)) {
      const field = text.previousElementSibling;
      const chip = field && field.localName === 'rect';
      if (!holds(chip ? box(field) : border, box(text), chip ? 0.5 : -2)) say('text leaves its card:', name(text), text.textContent);
    }
  }
  for (const group of all('.ab-label, .ab-title')) {
    const plate = box(group.querySelector('rect'));
    for (const text of texts(group)) {
      if (!holds(plate, box(text), 1)) say('text leaves its plate:', text.textContent);
    }
  }
  const titles = all('.ab-title'), groups = all('.ab-group');
  if (titles.length !== groups.length) say('groups and titles differ in number');
  groups.forEach((group, i) => {
    for (const text of texts(titles[i])) {
      if (!holds(box(group.querySelector('rect')), box(text), 0)) say('title leaves its group:', text.textContent);
    }
  });
  const page = box(svg);
  for (const text of all('text')) {
    if (!holds(page, box(text), -4)) say('text leaves the page:', text.textContent);
  }
  for (const entry of all('.ab-legend > g')) {
    for (const other of all('.ab-legend > g')) {
      if (entry !== other && meet(box(entry), box(other))) say('legend entries overlap:', entry.textContent, other.textContent);
    }
  }

  // Labels stand on nothing and on no other.
  const labels = all('.ab-label').map((label) => label.querySelector('rect'));
  labels.forEach((label, i) => {
    for (const node of all('.ab-node > .ab-outline')) {
      if (meet(box(label), box(node))) say('a label overlaps a node:', label.parentNode.textContent, name(node));
    }
    for (const other of labels.slice(i + 1)) {
      if (meet(box(label), box(other))) say('labels overlap:', label.parentNode.textContent, other.parentNode.textContent);
    }
  });

  // Colours contrast with what is painted under them.
  const channel = (v) => (v /= 255) <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4;
  const luminance = (color) => {
    const [r, g, b] = color.match(/[\d.]+/g).map(Number);
    return 0.2126 * channel(r) + 0.7152 * channel(g) + 0.0722 * channel(b);
  };
  const ratio = (a, b) => {
    const [x, y] = [luminance(a), luminance(b)];
    return (Math.max(x, y) + 0.05) / (Math.min(x, y) + 0.05);
  };
  const ground = (x, y, above) => {
    for (const e of document.elementsFromPoint(x, y)) {
      if (e === above || e.closest('.ab-edge') || !['rect', 'path'].includes(e.localName)) continue;
      const fill = getComputedStyle(e).fill;
      if (fill !== 'none') return fill;
    }
    return 'rgb(255, 255, 255)';
  };
  let compared = 0;
  const contrast = (what, color, back, least) => {
    compared++;
    if (ratio(color, back) < least) say('contrast', ratio(color, back).toFixed(2), 'of', what, color, 'on', back);
  };
  for (const text of all('text')) {
    const b = box(text);
    contrast('text ' + text.textContent, getComputedStyle(text).fill, ground((b.left + b.right) / 2, (b.top + b.bottom) / 2, text), 4.5);
  }
  for (const line of all('.ab-way')) {
    const p = line.getPointAtLength(line.getTotalLength() / 2).matrixTransform(line.getScreenCTM());
    contrast('line ' + name(line), getComputedStyle(line).stroke, ground(p.x, p.y, line), 3);
  }
  for (const outline of all('.ab-outline')) {
    const style = getComputedStyle(outline), b = box(outline);
    contrast('border ' + name(outline), style.stroke, style.fill, 3);
    contrast('border ' + name(outline), style.stroke, ground(b.left - 3, (b.top + b.bottom) / 2, outline), 3);
  }

  // Links lead where links may lead.
  for (const a of all('a')) {
    const {protocol} = new URL(a.href.baseVal, document.baseURI);
    if (!['http:', 'https:', 'mailto:', 'file:'].includes(protocol)) say('a link to', a.href.baseVal);
  }
  return {found, texts: all('text').length, nodes: all('[data-address]').length, edges: all('[data-from]').length, compared};
})()
