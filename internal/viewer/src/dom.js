export const byId = (id) => document.getElementById(id);

// make builds an element; text among its children stays text.
export function make(tag, attributes = {}, ...children) {
  const e = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith('on')) e.addEventListener(name.slice(2), value);
    else if (value !== undefined && value !== false) e.setAttribute(name, value === true ? '' : value);
  }
  e.append(...children.flat().filter((c) => c !== undefined && c !== ''));
  return e;
}

export const svg = (tag, attributes, ...children) => {
  const e = document.createElementNS('http://www.w3.org/2000/svg', tag);
  for (const [name, value] of Object.entries(attributes)) e.setAttribute(name, value);
  e.append(...children);
  return e;
};

// announce says something to those who listen to the page.
export const announce = (text) => { byId('said').textContent = text; };

// on listens to one kind of event.
export const on = (target, type, then) => target.addEventListener(type, then);
