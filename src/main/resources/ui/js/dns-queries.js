import { LitElement, html, nothing } from 'lit';
import { guard } from 'lit/directives/guard.js';
import { repeat } from 'lit/directives/repeat.js';
import { formatClock, formatExact, formatNumber } from './format.js';
import { hrefOf } from './router.js';
import { icon, problemNote, searchBox, toggle } from './widgets.js';
import { askerName, askerOf, formatMicros, groupOf, lets, stepMeaning, stepWord } from './dns-words.js';
import { QueryStream } from './query-stream.js';
import { explanation } from './dns-explanation.js';

/** Few enough that what stands below them is not far. */
const KEPT = matchMedia('(max-width: 759px)').matches ? 12 : 25;
const PAGE = 50;
const MOST_OLDER = 2_000;
const SEARCH_MS = 300;
const FILTERS = ['name', 'device', 'client', 'step'];

/** What is asked, as it comes; why it is answered so; and one step from a blocked name to letting it through. */
class DnsQueries extends LitElement {
  static properties = {
    api: { attribute: false }, query: { attribute: false }, askers: { attribute: false }, exceptions: { attribute: false }, mode: {}, server: {},
    rows: { state: true }, next: { state: true }, paused: { state: true }, lost: { state: true }, state: { state: true },
    open: { state: true }, found: { state: true }, problem: { state: true }, busy: { state: true }, said: { state: true },
  };

  constructor() {
    super();
    Object.assign(this, { rows: [], next: null, paused: null, lost: 0, open: null, found: null, askers: [], exceptions: [], said: '' });
    this.stream = new QueryStream();
    this.stream.addEventListener('rows', ({ detail }) => this.#take(detail));
    this.stream.addEventListener('lost', ({ detail }) => { this.lost += detail; });
    this.stream.addEventListener('state', () => this.#onState());
  }

  createRenderRoot() { return this; }

  disconnectedCallback() {
    super.disconnectedCallback();
    clearTimeout(this.searching);
    this.stream.close();
    this.followed = null;
  }

  /** Another filter is another stream. */
  willUpdate() {
    const filter = Object.fromEntries(FILTERS.map((name) => [name, this.query?.[name] ?? '']));
    const url = this.api.dnsQueriesUrl({ ...filter, server: this.server });
    if (url === this.followed) return;
    this.followed = url;
    Object.assign(this, { filter, rows: [], next: null, paused: null, lost: 0, open: null });
    this.stream.open(url);
  }

  /** What is on record is read when the stream stands, so that nothing in between is missed. */
  #onState() {
    this.state = this.stream.state;
    if (this.state === 'live') this.#load();
  }

  async #load(cursor = null) {
    const asked = this.followed;
    this.busy = true;
    try {
      const { items, next } = await this.api.dnsQueries({ ...this.filter, server: this.server, limit: cursor ? PAGE : KEPT, cursor });
      if (asked === this.followed) {
        this.#take(items, cursor ? MOST_OLDER : KEPT);
        this.next = next;
        this.problem = null;
      }
    } catch (problem) {
      this.problem = problem;
    }
    this.busy = false;
  }

  #take(rows, most = Math.max(KEPT, this.rows.length)) {
    const all = new Map([...this.rows, ...rows].map((row) => [row.number, row]));
    this.rows = [...all.values()].sort((a, b) => b.number - a.number).slice(0, most);
  }

  #filter(change) {
    this.dispatchEvent(new CustomEvent('filter', { detail: change }));
  }

  #search(text) {
    clearTimeout(this.searching);
    this.searching = setTimeout(() => this.#filter({ name: text.trim() }), SEARCH_MS);
  }

  async #explain(row) {
    if (this.open === row.number) {
      this.open = null;
      return;
    }
    Object.assign(this, { open: row.number, found: null });
    try {
      this.found = await this.api.dnsExplain({ name: row.name, type: row.type, client: row.client });
    } catch (problem) {
      this.found = problem;
    }
  }

  async #allow(row) {
    try {
      const { until } = await this.api.addDnsException({ name: row.name, seconds: 3_600, ...askerOf(row) });
      this.said = `${row.name} is allowed for ${askerOf(row).everybody ? 'everybody' : askerName(row).text} until ${formatClock(until).slice(0, 5)}. What was answered before may be kept by the device for a minute.`;
      this.problem = null;
      this.dispatchEvent(new Event('excepted'));
    } catch (problem) {
      this.problem = problem;
    }
  }

  render() {
    const shown = this.paused ?? this.rows;
    const last = this.paused?.[0]?.number ?? 0;
    const waiting = this.paused ? this.rows.filter(({ number }) => number > last).length : 0;
    return html`<section class="card dns-queries" aria-labelledby="dns-queries-title">
      <div class="section-head pad"><h2 id="dns-queries-title">Queries</h2>${this.#pill()}
        <button type="button" class="button ${this.paused ? 'primary' : ''}" @click=${() => { this.paused = this.paused ? null : this.rows; }}>
          ${icon(this.paused ? 'play' : 'pause')}${this.paused ? `Resume${waiting ? ` (${waiting} new)` : ''}` : 'Pause'}</button>
        ${this.#toolbar()}</div>
      <p class="dns-said" role="status">${this.said}</p>
      ${this.mode === 'off' ? html`<p class="pad quiet">The query log is off (<code>dns.log.mode</code>): queries are counted, and not kept.</p>` : nothing}
      ${this.problem ? html`<div class="pad">${problemNote(this.problem, () => this.#load())}</div>` : nothing}
      ${this.lost ? html`<p class="pad quiet">${formatNumber(this.lost)} queries came too quickly to be shown here; they are counted, and on record.</p>` : nothing}
      ${shown.length ? this.#table(shown) : this.mode === 'off' ? nothing : html`<p class="pad quiet">${this.#nothing()}</p>`}
      ${this.next && !this.paused ? html`<p class="more"><button type="button" class="button" ?disabled=${this.busy} @click=${() => this.#load(String(this.rows.at(-1)?.number ?? this.next))}>Show older</button></p>` : nothing}</section>`;
  }

  #pill() {
    if (this.paused) return html`<span class="pill"><span class="dot"></span>paused</span>`;
    return this.state === 'live' ? html`<span class="pill live"><span class="dot"></span>live</span>` : html`<span class="pill"><span class="dot"></span>connecting</span>`;
  }

  /** Why an answer is so, and letting a name through, are our own server's. */
  get #own() { return this.server === 'dns'; }

  #nothing() {
    if (this.busy || this.state !== 'live') return 'Looking…';
    return FILTERS.some((name) => this.filter[name]) ? 'No query on record is like that.' : 'Nobody has asked yet. What is asked appears here by itself.';
  }

  #toolbar() {
    const { name, device, client, step } = this.filter;
    const value = device ? `device ${device}` : client ? `client ${client}` : '';
    const offered = this.askers.map((each) => [each.device ? `device ${each.device}` : `client ${each.client}`, askerName(each).text]);
    if (value && !offered.some(([each]) => each === value)) offered.unshift([value, device || client]);
    return html`<div class="toolbar" role="search">
      ${searchBox({ label: 'Search names', placeholder: 'Part of a name', value: name, onSearch: (text) => this.#search(text) })}
      <label class="select"><span class="visually-hidden">Who asked</span><select @change=${(e) => this.#choose(e.target.value)}>
        <option value="" ?selected=${!value}>All devices</option>${offered.map(([each, text]) => html`<option value=${each} ?selected=${each === value}>${text}</option>`)}</select></label>
      ${toggle('Blocked only', step === 'blocked', 'Only what was blocked', (on) => this.#filter({ step: on ? 'blocked' : '' }))}</div>`;
  }

  #choose(value) {
    const [kind, who] = value.split(' ');
    this.#filter({ device: kind === 'device' ? who : '', client: kind === 'client' ? who : '' });
  }

  #table(shown) {
    return html`<table class="list dns-list" role="table"><caption class="visually-hidden">Queries, the newest first. Open a row to see why it is answered so</caption>
      <thead role="rowgroup"><tr role="row">${['Name', 'Who', 'What became of it', 'At', 'Took'].map((text) => html`<th role="columnheader" scope="col"><span>${text}</span></th>`)}</tr></thead>
      <tbody role="rowgroup">${repeat(shown, ({ number }) => number, (row) => {
    const open = this.open === row.number;
    const exception = row.step === 'blocked' ? this.exceptions.find((each) => lets(each, row)) : null;
    return guard([row, open, open && this.found, exception], () => this.#row(row, open, exception));
  })}</tbody></table>`;
  }

  #row(row, open, exception) {
    const { number, at, name, type, rcode, step, list, upstream, micros, security } = row;
    const id = `dns-why-${number}`;
    const detail = list ? `by ${list}` : rcode !== 'NOERROR' && step !== 'blocked' ? rcode : '';
    return html`<tr role="row" class="row dns-row dns-is-${groupOf(step)} ${open ? 'row-open' : ''}" data-query=${number} data-name=${name}>
        <td role="cell" class="c-query">${this.#own ? html`<button type="button" class="row-button" data-row aria-expanded=${String(open)} aria-controls=${open ? id : nothing} title="Why?" @click=${() => this.#explain(row)}>
          ${icon('chevron')}<span class="dns-name"><span class="mono">${name}</span> <span class="badge">${type}</span><span class="visually-hidden"> Why?</span></span></button>` : html`<span class="dns-name"><span class="mono">${name}</span> <span class="badge">${type}</span></span>`}</td>
        <td role="cell" class="c-who">${this.#who(row)}</td>
        <td role="cell" class="c-became"><span class="dns-step" title=${stepMeaning(step)}><span class="dns-mark dns-mark-${groupOf(step)}" aria-hidden="true"></span>${stepWord(step)}</span>
          <span class="quiet dns-detail" title=${upstream ?? nothing}>${detail}</span>${security === 'bogus' ? html`<span class="badge key">signature wrong</span>` : nothing}
          ${this.#own && step === 'blocked' ? this.#exception(row, exception) : nothing}</td>
        <td role="cell" class="c-at"><time class="mono quiet" datetime=${at} title=${formatExact(at)}>${formatClock(at)}</time></td>
        <td role="cell" class="c-took quiet">${formatMicros(micros)}</td></tr>
      ${open ? html`<tr role="row" class="row-more" id=${id}><td role="cell" colspan="5">${explanation(this.found)}</td></tr>` : nothing}`;
  }

  #who(row) {
    const { text, named } = askerName(row);
    return row.device ? html`<a class="who-link ${named ? '' : 'mono'}" href=${hrefOf('devices', row.device)} title=${row.client ?? nothing}>${text}</a>` : html`<span class="mono">${text}</span>`;
  }

  #exception(row, exception) {
    if (exception) return html`<span class="badge now">allowed until ${formatClock(exception.until).slice(0, 5)}</span>`;
    const whom = askerOf(row).everybody ? 'everybody' : askerName(row).text;
    return html`<button type="button" class="button small" title="Let ${row.name} through for ${whom}, for an hour" @click=${() => this.#allow(row)}>Allow 1 h<span class="visually-hidden">: ${row.name} for ${whom}</span></button>`;
  }
}

customElements.define('inn-dns-queries', DnsQueries);
