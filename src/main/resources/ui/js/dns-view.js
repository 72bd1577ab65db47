import { LitElement, html, nothing } from 'lit';
import { LiveController } from './live.js';
import { formatNumber } from './format.js';
import { hrefOf } from './router.js';
import { choice, emptyState, problemNote, skeleton } from './widgets.js';
import { askerName, groupCounts, percent } from './dns-words.js';
import './dns-chart.js';
import './dns-queries.js';
import './dns-lists.js';

const REFRESH_MS = 10_000;
const SOON_MS = 500;
const TOP = 8;
const ASKERS = 50;
const OWN = 'dns';

/** Our own DNS server: what is asked, what is blocked, by which lists, and who is let through. */
class Dns extends LitElement {
  static properties = {
    api: { attribute: false }, live: { attribute: false }, router: { attribute: false },
    status: { state: true }, statistics: { state: true }, lists: { state: true }, exceptions: { state: true }, problem: { state: true },
  };

  constructor() {
    super();
    this.lists = [];
    this.exceptions = [];
    this.timer = 0;
    new LiveController(this, { event: this.onEvent, reload: this.load, services: this.onServices });
  }

  createRenderRoot() { return this; }

  connectedCallback() {
    super.connectedCallback();
    this.beat = setInterval(() => { if (!document.hidden) this.load(); }, REFRESH_MS);
    this.onRoute = () => this.requestUpdate();
    this.router.addEventListener('route', this.onRoute);
    this.load();
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    this.router.removeEventListener('route', this.onRoute);
    clearInterval(this.beat);
    clearTimeout(this.timer);
    this.timer = 0;
  }

  onEvent({ type }) {
    if (/^config\./.test(type)) this.soon();
  }

  onServices() {
    if (this.live.anyDns && !this.statistics) this.load();
    this.requestUpdate();
  }

  soon() {
    this.timer ||= setTimeout(() => this.load(), SOON_MS);
  }

  /** Whose queries are shown: our own server's, or those of a dnsmasq whose log tells them. */
  get #server() {
    const { server } = this.router.route.query;
    const { dns, dnsServers } = this.live;
    return dnsServers.includes(server) ? server : dns ? OWN : dnsServers[0] ?? OWN;
  }

  get #own() { return this.#server === OWN; }

  get #window() { return this.router.route.query.window === 'hour' ? 'hour' : 'day'; }

  /** A server that does not run is not asked: the browser would call the answer an error. */
  async load() {
    clearTimeout(this.timer);
    this.timer = 0;
    if (!this.live.anyDns) return;
    const { api } = this;
    const server = this.#server;
    const asked = { window: this.#window, limit: ASKERS, server };
    try {
      const [statistics, status, lists, exceptions] = await Promise.all([api.dnsStatistics(asked),
        ...server === OWN ? [api.dnsStatus(), api.dnsLists(), api.dnsExceptions()] : [null, { items: [] }, { items: [] }]]);
      // Another may have been chosen meanwhile.
      if (server !== this.#server) return;
      Object.assign(this, { status, statistics, lists: lists.items, exceptions: exceptions.items, problem: null });
    } catch (problem) {
      this.problem = problem;
    }
  }

  #change(query) {
    this.router.replaceQuery({ ...this.router.route.query, ...query });
    this.requestUpdate();
  }

  render() {
    const { statistics } = this;
    return html`<div class="view-head"><h1 tabindex="-1">DNS</h1>
        <p class="quiet count">${statistics ? this.#summary(statistics) : nothing}</p>
        ${this.#servers()}
        ${statistics ? html`<div class="dns-window">${choice('Time shown', [['hour', 'Hour'], ['day', 'Day']], this.#window, (value) => { this.#change({ window: value === 'day' ? '' : value }); this.load(); })}</div>` : nothing}</div>
      ${this.live.services && !this.live.anyDns ? this.#off() : html`
      ${problemNote(this.problem, () => this.load())}
      ${statistics ? this.#body(statistics) : this.problem ? nothing : skeleton(6)}`}`;
  }

  #servers() {
    const { dnsServers } = this.live;
    if (dnsServers.length < 2) return nothing;
    return html`<label class="select"><span class="visually-hidden">Server</span><select @change=${(e) => this.#choose(e.target.value)}>
      ${dnsServers.map((each) => html`<option value=${each} ?selected=${each === this.#server}>${each === OWN ? 'Innkeeper' : each}</option>`)}</select></label>`;
  }

  #choose(server) {
    Object.assign(this, { statistics: null, status: null });
    this.#change({ server: server === OWN ? '' : server });
    this.load();
  }

  #off() {
    return emptyState('Innkeeper answers no DNS queries', html`<p>Its own DNS server does not run. A section <code>dns</code> in the configuration switches it on; the page <code>docs/dns.md</code> has a first one.</p>
      <p><a class="button" href=${hrefOf('services')}>See what runs</a></p>`);
  }

  #totals({ series }) {
    return series.map(({ counts }) => groupCounts(counts)).reduce((sums, counts) => sums.map((sum, i) => sum + counts[i]), [0, 0, 0, 0]);
  }

  #summary(statistics) {
    const totals = this.#totals(statistics);
    const all = totals.reduce((sum, each) => sum + each, 0);
    const when = statistics.window === 'hour' ? 'in the last hour' : 'in the last 24 hours';
    return all ? `${formatNumber(all)} ${all === 1 ? 'query' : 'queries'} ${when}, ${percent(totals[2], all)} blocked` : `No query ${when}`;
  }

  #body(statistics) {
    const { query } = this.router.route;
    return html`<div class="dns-grid">
      <inn-dns-chart class="dns-wide" .statistics=${statistics}></inn-dns-chart>
      <inn-dns-queries class="dns-wide" .api=${this.api} .query=${query} .askers=${statistics.clients} .exceptions=${this.exceptions} .server=${this.#server} .mode=${this.status?.log.mode}
        @filter=${(e) => this.#change(e.detail)} @excepted=${this.load}></inn-dns-queries>
      <div class="dns-tops dns-wide">
        ${this.#top('Asked most', 'dns-asked', statistics.names, ({ name }) => this.#nameLink(name, ''))}
        ${this.#top('Blocked most', 'dns-blocked', statistics.blocked, ({ name }) => this.#nameLink(name, 'blocked'))}
        ${this.#top('Who asks', 'dns-askers', statistics.clients, (each) => this.#askerLink(each))}
      </div>
      ${this.#own ? html`<inn-dns-lists .api=${this.api} .lists=${this.lists} @changed=${this.load}></inn-dns-lists>
      <inn-dns-exceptions .api=${this.api} .exceptions=${this.exceptions} @changed=${this.load}></inn-dns-exceptions>` : nothing}</div>`;
  }

  #nameLink(name, step) {
    return html`<a class="mono" href=${hrefOf('dns', null, { ...this.#windowQuery(), name, step })} title="Show its queries">${name}</a>`;
  }

  #askerLink(each) {
    const { text, named } = askerName(each);
    return html`<a class=${named ? '' : 'mono'} href=${hrefOf('dns', null, { ...this.#windowQuery(), device: each.device, client: each.client })} title="Show its queries">${text}</a>`;
  }

  #windowQuery() {
    const { window, server } = this.router.route.query;
    return { window, server };
  }

  #top(title, id, entries, label) {
    const most = entries[0]?.count ?? 1;
    return html`<section class="card pad" aria-labelledby=${id}><h2 id=${id}>${title}</h2>
      ${entries.length ? html`<ol class="plain dns-top">${entries.slice(0, TOP).map((entry) => html`<li>
        <span class="dns-top-name">${label(entry)}</span><span class="dns-top-count">${formatNumber(entry.count)}</span>
        <svg class="dns-top-bar" width="100%" height="4" aria-hidden="true"><rect class="bar-all" width="100%" height="4" rx="2"></rect><rect class="bar-left" width="${(entry.count / most) * 100}%" height="4" rx="2"></rect></svg></li>`)}</ol>`
    : html`<p class="quiet">Nothing yet.</p>`}</section>`;
  }
}

customElements.define('inn-dns', Dns);
