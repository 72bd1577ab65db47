import { LitElement, html, nothing } from 'lit';
import { LiveController } from './live.js';
import { formatNumber } from './format.js';
import { hrefOf } from './router.js';
import { emptyState, icon, problemNote, skeleton } from './widgets.js';
import { poolBar, poolKey } from './pool-bar.js';
import { shadowReport } from './shadow-report.js';
import './explain-box.js';
import './reservation-dialog.js';

const WAIT_MS = 1_000;
const REFRESH_MS = 15_000;
const MOST_PAGES = 5;

/** Our own DHCP server: how full its subnets are, what it keeps for whom, what it would do. */
class Subnets extends LitElement {
  static properties = {
    api: { attribute: false }, live: { attribute: false },
    subnets: { state: true }, reservations: { state: true }, shadow: { state: true }, problem: { state: true }, search: { state: true },
  };

  constructor() {
    super();
    this.reservations = [];
    this.search = '';
    this.timer = 0;
    new LiveController(this, { event: this.onEvent, reload: this.load, services: this.onServices });
  }

  createRenderRoot() { return this; }

  connectedCallback() {
    super.connectedCallback();
    this.beat = setInterval(() => { if (!document.hidden) this.load(); }, REFRESH_MS);
    this.load();
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    clearInterval(this.beat);
    clearTimeout(this.timer);
    this.timer = 0;
  }

  onEvent({ type }) {
    if (/^(lease|config)\./.test(type)) this.timer ||= setTimeout(() => this.load(), WAIT_MS);
  }

  onServices() {
    if (this.live.dhcp4 && !this.subnets) this.load();
    this.requestUpdate();
  }

  /** A server that does not run is not asked: the browser would call the answer an error. */
  async load() {
    this.timer = 0;
    if (!this.live.dhcp4) return;
    try {
      this.subnets = (await this.api.subnets()).items;
      this.reservations = await this.#reservations();
      const { config } = await this.api.config();
      this.shadow = config.dhcp4?.mode === 'shadow' ? await this.api.shadow() : null;
      this.problem = null;
    } catch (problem) {
      this.problem = problem;
    }
  }

  async #reservations() {
    const all = [];
    let cursor = null;
    for (let page = 0; page < MOST_PAGES; page++) {
      const { items, next } = await this.api.reservations({ cursor, limit: 1_000 });
      all.push(...items.filter(({ origin }) => origin === 'dhcp4'));
      cursor = next;
      if (!cursor) break;
    }
    return all;
  }

  #dialog() { return this.querySelector('inn-reservation-dialog'); }

  render() {
    return html`<div class="view-head"><h1 tabindex="-1">Subnets</h1></div>
      ${this.live.services && !this.live.dhcp4 ? this.#off() : html`
      ${problemNote(this.problem, () => this.load())}
      ${this.subnets ? this.#body() : this.problem ? nothing : skeleton(4)}`}
      <inn-reservation-dialog .api=${this.api} @changed=${this.load}></inn-reservation-dialog>`;
  }

  #off() {
    return emptyState('Innkeeper hands out no addresses', html`<p>Its own DHCP server does not run. A section <code>dhcp4</code> in the configuration starts it; the page <code>docs/dhcp4.md</code> has a first one.</p>
      <p><a class="button" href=${hrefOf('services')}>See what runs</a></p>`);
  }

  #body() {
    return html`<div class="subnets-grid">
      ${this.shadow ? shadowReport(this.shadow) : nothing}
      <section class="card pad" aria-labelledby="pools-title"><div class="section-head"><h2 id="pools-title">How full they are</h2>${poolKey()}</div>
        ${this.subnets.length ? this.subnets.map((subnet) => this.#subnet(subnet)) : html`<p class="quiet">No subnet is configured, so nobody gets an address.</p>`}</section>
      ${this.#kept()}
      <inn-explain .api=${this.api} .subnets=${this.subnets}></inn-explain></div>`;
  }

  #subnet(subnet) {
    const { prefix, network, active, reservations, reservationsActive, pools } = subnet;
    return html`<article class="subnet" data-subnet=${prefix}>
      <h3><span class="mono">${prefix}</span> ${network !== prefix ? html`<span class="quiet">${network}</span>` : nothing}</h3>
      <p class="under"><span>${formatNumber(active)} ${active === 1 ? 'lease' : 'leases'}</span>
        ${reservations ? html`<span>${formatNumber(reservations)} reserved, ${formatNumber(reservationsActive)} of them here</span>` : nothing}</p>
      ${pools.length ? pools.map((pool) => poolBar(pool)) : html`<p class="quiet">No pool: only reservations are served.</p>`}
    </article>`;
  }

  #kept() {
    const text = this.search.toLowerCase();
    const shown = this.reservations.filter((each) => JSON.stringify(each).toLowerCase().includes(text));
    return html`<section class="card pad" aria-labelledby="kept-title">
      <div class="section-head"><h2 id="kept-title">Reservations <span class="quiet">${formatNumber(this.reservations.length)}</span></h2>
        <button type="button" class="button primary" @click=${() => this.#dialog().add()}>Reserve an address</button></div>
      ${this.reservations.length > 8 ? html`<label class="search">${icon('search')}<span class="visually-hidden">Search reservations</span>
        <input type="search" data-search placeholder="Name, address, MAC" @input=${(e) => { this.search = e.target.value; }}></label>` : nothing}
      ${shown.length ? html`<ul class="plain lines kept">${shown.map((each) => this.#reservation(each))}</ul>`
    : html`<p class="quiet">${this.reservations.length ? 'No reservation is like that.' : 'No address is kept for anybody. A lease can be kept from its row in Leases, too.'}</p>`}</section>`;
  }

  #reservation(each) {
    const { id, name, macs, clientId, hostname, circuitId, remoteId, duid, addresses, leased, options, where, problem } = each;
    const who = [...macs, clientId, duid, circuitId, remoteId, hostname].filter(Boolean).join(', ');
    const title = name ?? addresses[0] ?? who ?? id;
    return html`<li class="kept-line" data-reservation=${id ?? where}>
      <div><span class="name ${name ? '' : 'unnamed'}">${name ?? 'No name'}</span> ${leased ? html`<span class="badge now">here</span>` : nothing}
        <span class="under"><span class="mono">${addresses[0] ?? 'any address'}</span><span class="mono">${who}</span>${Object.keys(options).length ? html`<span>${Object.keys(options).join(', ')}</span>` : nothing}</span>
        ${problem ? html`<p class="bad-text">Without effect: ${problem}</p>` : nothing}
        ${id ? nothing : html`<code class="where">${where}</code>`}</div>
      ${id ? html`<p class="actions"><button type="button" class="button" data-row @click=${() => this.#dialog().edit(id)}>Change<span class="visually-hidden"> ${title}</span></button>
        <button type="button" class="button" @click=${() => this.#dialog().askRemoval(id, title)}>Remove<span class="visually-hidden"> ${title}</span></button></p>` : nothing}</li>`;
  }
}

customElements.define('inn-subnets', Subnets);
