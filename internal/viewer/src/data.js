// Where the viewer's data come from; the page says so, see viewer.go.
const {index, events, links} = document.body.dataset;

// loadIndex is what there is to see, as text.
export async function loadIndex() {
  const inline = document.getElementById('asbuilt-index');
  if (inline) return inline.textContent;
  const answer = await fetch(index, {cache: 'no-store'});
  if (!answer.ok) throw new Error(`${answer.status}`);
  return answer.text();
}

// loadPicture is a view's picture as an element of the page's, and its style sheet as text. The browser's loader parses
// it, so that the page can forbid itself every way of making markup out of text.
export async function loadPicture(view) {
  const inline = document.getElementById(`picture-${view.name}`);
  if (inline) return take(inline.content.querySelector('svg').cloneNode(true), '');
  const [root, style] = await Promise.all([loadSVG(view), fetch(view.style, {cache: 'no-store'})]);
  return take(root, style.ok ? await style.text() : '');
}

function loadSVG(view) {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open('GET', view.picture);
    request.responseType = 'document';
    request.overrideMimeType('image/svg+xml');
    request.onload = () => {
      const root = request.responseXML?.documentElement;
      if (request.status < 400 && root?.localName === 'svg') resolve(root);
      else reject(new Error(`the picture of ${view.name} could not be read`));
    };
    request.onerror = () => reject(new Error('there is no answer'));
    request.send();
  });
}

function take(root, css) {
  const styles = [...root.querySelectorAll('style')];
  styles.forEach((s) => s.remove());
  return {svg: document.importNode(root, true), css: css + styles.map((s) => s.textContent).join('\n')};
}

// onChange calls back whenever there may be something new, and when the other side comes or goes. A page that nobody
// looks at does not listen: browsers allow few connections, and many tabs may be open.
export function onChange(changed, connected) {
  if (!events) return;
  let source;
  const listen = () => {
    if (document.hidden) {
      source?.close();
      source = undefined;
    } else if (!source) {
      source = new EventSource(events);
      source.onmessage = changed;
      source.onopen = () => connected(true);
      source.onerror = () => connected(false);
    }
  };
  document.addEventListener('visibilitychange', listen);
  listen();
}

// follow is the target of a link that may be offered, else undefined. A picture's relative links start from the folder
// that it is written to, which a server of pictures alone does not have.
export function follow(href) {
  if (!href) return undefined;
  let url;
  try {
    url = new URL(href, document.baseURI);
  } catch {
    return undefined;
  }
  const absolute = /^(https?|mailto):/i.test(href);
  if (!['http:', 'https:', 'mailto:', 'file:'].includes(url.protocol) || !absolute && links === 'absolute') return undefined;
  return url.href;
}
