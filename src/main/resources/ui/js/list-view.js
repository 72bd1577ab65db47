import { LitElement } from 'lit';
import { LiveController } from './live.js';
import { MoreOnScroll, PagedList } from './paged-list.js';

/**
 * A view of one list of the API that loads page by page and stays live. A view says what it lists (`fetch`, `keyOf`), what
 * the address bar asks for (`query`), and what an event or a reset does to the list (`onEvent`, `onReload`).
 */
export class ListView extends LitElement {
  static properties = { api: { attribute: false }, live: { attribute: false }, router: { attribute: false } };

  constructor(interests = {}) {
    super();
    this.more = new MoreOnScroll(() => this.list.more());
    new LiveController(this, { event: this.onEvent, reload: this.onReload, ...interests });
  }

  createRenderRoot() { return this; }

  connectedCallback() {
    super.connectedCallback();
    this.list = new PagedList((query, signal) => this.fetch(query, signal), this.keyOf);
    this.list.addEventListener('change', () => this.requestUpdate());
    this.onRoute = () => this.list.ask(this.query());
    this.router.addEventListener('route', this.onRoute);
    this.list.ask(this.query());
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    this.router.removeEventListener('route', this.onRoute);
    this.list.close();
    this.more.close();
  }

  updated() {
    this.more.watch(this.list.loading ? null : this.querySelector('[data-more]'));
  }
}
