export const VIEWS = ['leases', 'devices', 'map', 'subnets', 'dns', 'uplinks', 'events', 'services', 'help'];

/**
 * Where the person is, kept in the address bar: `#/leases?q=nas&sort=-expiresAt`, `#/devices/aa:bb:cc:dd:ee:ff`.
 * It says `route` when that changes.
 */
export class Router extends EventTarget {
  constructor() {
    super();
    this.route = read();
    window.addEventListener('hashchange', () => {
      this.route = read();
      this.dispatchEvent(new Event('route'));
    });
  }

  /** Changes the query of the present place without a new step in the browser's history. */
  replaceQuery(query) {
    const { view, id } = this.route;
    history.replaceState(null, '', hrefOf(view, id, query));
    this.route = read();
  }
}

/** @returns {string} the link to a view, with only the values that say something */
export function hrefOf(view, id = null, query = {}) {
  const params = new URLSearchParams(Object.entries(query).filter(([, value]) => value !== null && value !== undefined && value !== ''));
  const text = params.toString();
  return `#/${view}${id ? `/${encodeURIComponent(id)}` : ''}${text ? `?${text}` : ''}`;
}

function read() {
  const [path, query = ''] = location.hash.replace(/^#\/?/, '').split('?');
  const [view, id = null] = path.split('/');
  return {
    view: VIEWS.includes(view) ? view : 'leases',
    id: id === null ? null : decoded(id),
    query: Object.fromEntries(new URLSearchParams(query)),
  };
}

function decoded(text) {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
