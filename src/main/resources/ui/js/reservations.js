import { LitElement, html, nothing } from 'lit';
import { LiveController } from './live.js';

const MOST_PAGES = 10;
const WAIT_MS = 1_000;

/** Addresses that are kept for somebody who does not hold them now. */
class Reservations extends LitElement {
  static properties = { api: { attribute: false }, live: { attribute: false }, items: { state: true } };

  constructor() {
    super();
    this.items = [];
    this.timer = 0;
    new LiveController(this, { event: this.onEvent, reload: this.load });
  }

  createRenderRoot() { return this; }

  connectedCallback() {
    super.connectedCallback();
    this.load();
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    clearTimeout(this.timer);
  }

  onEvent({ type, lease }) {
    const concerns = type.startsWith('config.') || type === 'lease.changed' || (lease?.allocation === 'static' && type !== 'lease.renewed');
    if (concerns) this.timer ||= setTimeout(() => this.load(), WAIT_MS);
  }

  async load() {
    this.timer = 0;
    try {
      const all = [];
      let cursor = null;
      for (let page = 0; page < MOST_PAGES; page++) {
        const { items, next } = await this.api.reservations({ cursor });
        all.push(...items);
        cursor = next;
        if (!cursor) break;
      }
      this.items = all.filter((reservation) => !reservation.leased);
    } catch { /* the list above tells of the trouble */ }
  }

  render() {
    if (this.items.length === 0) return nothing;
    return html`<section class="reserved" aria-labelledby="reserved-title">
      <h2 id="reserved-title">Reserved, not here now <span class="quiet">${this.items.length}</span></h2>
      <ul class="card plain">${this.items.map((each) => html`<li>
        <span class="name ${each.name ? '' : 'unnamed'}">${each.name ?? 'No name'}</span>
        <span class="mono">${each.addresses.join(', ') || 'no fixed address'}</span>
        <span class="mono quiet">${[...each.macs, ...(each.clientId ? [each.clientId] : [])].join(', ') || 'for any device'}</span>
        <code class="where">${each.where}</code>
      </li>`)}</ul></section>`;
  }
}

customElements.define('inn-reservations', Reservations);
