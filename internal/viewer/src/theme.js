// Light and dark: the system's choice, until the reader makes one.
import {byId} from './dom.js';

const root = document.documentElement, button = byId('theme'), dark = matchMedia('(prefers-color-scheme: dark)');
const key = 'asbuilt-theme';

const remembered = () => {
  try {
    return localStorage.getItem(key);
  } catch {
    return null; // a page from a file may have no store
  }
};

function choose(theme) {
  if (theme) root.dataset.theme = theme;
  else delete root.dataset.theme;
  const now = theme ?? (dark.matches ? 'dark' : 'light');
  button.setAttribute('aria-label', now === 'dark' ? 'Light colours' : 'Dark colours');
  button.title = button.getAttribute('aria-label');
  button.dataset.now = now;
}

export function startTheme() {
  let theme = remembered() ?? undefined;
  choose(theme);
  dark.addEventListener('change', () => choose(theme));
  button.addEventListener('click', () => {
    theme = button.dataset.now === 'dark' ? 'light' : 'dark';
    choose(theme);
    try {
      localStorage.setItem(key, theme);
    } catch {
      // it holds for this page then
    }
  });
  // Paper is white.
  addEventListener('beforeprint', () => choose('light'));
  addEventListener('afterprint', () => choose(theme));
}
