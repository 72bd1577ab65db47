import { LitElement, html, nothing } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { guard } from 'lit/directives/guard.js';
import { LiveController } from './live.js';
import { formatClock, formatDay, formatExact, formatNumber } from './format.js';
import { choice, emptyState, icon, searchBox } from './widgets.js';
import { plainSentence, sentence, toneOf } from './event-words.js';

const FAMILIES = [['', 'All'], ['lease', 'Leases'], ['device', 'Devices'], ['dhcp', 'DHCP'], ['other', 'Innkeeper']];
const FRESH_MS = 4_000;

/** What happens, newest first. */
class Events extends LitElement {
  static properties = { live: { attribute: false }, router: { attribute: false }, paused: { state: true }, open: { state: true } };

  constructor() {
    super();
    this.paused = null;
    this.open = new Set();
    this.arrivals = new Map();
    new LiveController(this, { event: this.onEvent, events: null, reload: this.onReload });
  }

  createRenderRoot() { return this; }

  onEvent(event) {
    this.arrivals.set(event.number, Date.now());
    setTimeout(() => {
      this.arrivals.delete(event.number);
      this.requestUpdate();
    }, FRESH_MS);
    this.requestUpdate();
  }

  onReload() {
    this.paused = null;
    this.requestUpdate();
  }

  #query() {
    const { q = '', family = '', renewals = '' } = this.router.route.query;
    return { q, family, renewals };
  }

  #change(change) {
    this.router.replaceQuery({ ...this.#query(), ...change });
    this.requestUpdate();
  }

  #shown() {
    const { q, family, renewals } = this.#query();
    const needle = q.toLowerCase();
    const known = FAMILIES.map(([value]) => value);
    const all = this.paused ?? this.live.events;
    return all.filter((event) => {
      const own = event.type.split('.')[0];
      if (family && family !== (known.includes(own) ? own : 'other')) return false;
      if (renewals === 'no' && event.type === 'lease.renewed') return false;
      return !needle || (`${event.type} ${plainSentence(event)} ${event.lease?.mac ?? event.device?.mac ?? ''}`).toLowerCase().includes(needle);
    }).toReversed();
  }

  #toggle(number) {
    const open = new Set(this.open);
    if (!open.delete(number)) open.add(number);
    this.open = open;
  }

  render() {
    const { q, family, renewals } = this.#query();
    const shown = this.#shown();
    const waiting = this.paused ? this.live.events.filter((event) => event.number > (this.paused.at(-1)?.number ?? 0)).length : 0;
    return html`
      <div class="view-head"><h1 tabindex="-1">Events</h1>
        <p class="quiet count">the last ${formatNumber(shown.length)}</p>
        <button type="button" class="button ${this.paused ? 'primary' : ''}" @click=${() => { this.paused = this.paused ? null : [...this.live.events]; }}>
          ${icon(this.paused ? 'play' : 'pause')}${this.paused ? `Resume${waiting ? ` (${waiting} new)` : ''}` : 'Pause'}</button></div>
      <div class="toolbar" role="search">
        ${searchBox({ label: 'Search events', placeholder: 'Name, address, type', value: q, onSearch: (text) => this.#change({ q: text.trim() }) })}
        ${choice('Kind of event', FAMILIES, family, (value) => this.#change({ family: value }))}
        <label class="check"><input type="checkbox" .checked=${renewals !== 'no'} @change=${(e) => this.#change({ renewals: e.target.checked ? '' : 'no' })}> Renewals</label>
      </div>
      ${shown.length === 0 ? this.#empty(q || family) : this.#list(shown)}`;
  }

  #empty(filtered) {
    return filtered
      ? emptyState('No such event', html`<p>Among the last ${this.live.events.length} events none fits.</p>`)
      : emptyState('Quiet so far', html`<p>When a guest comes, goes or changes, it appears here by itself.</p>`);
  }

  #list(shown) {
    let day = '';
    return html`<ol class="events card plain">${repeat(shown, (event) => event.number, (event) => {
      const own = formatDay(event.at);
      const heading = own === day ? null : own;
      day = own;
      const open = this.open.has(event.number);
      const fresh = this.arrivals.has(event.number);
      return guard([event, open, fresh, heading], () => this.#row(event, open, fresh, heading));
    })}</ol>`;
  }

  #row(event, open, fresh, heading) {
    return html`<li class="event ${fresh ? 'row-new' : ''}" data-event=${event.number}>
      ${heading ? html`<h2 class="event-day">${heading}</h2>` : nothing}
      <div class="event-line">
        <time class="mono quiet" datetime=${event.at} title=${formatExact(event.at)}>${formatClock(event.at)}</time>
        <span class="event-mark ${toneOf(event)}" aria-hidden="true"></span>
        <span class="event-words">${sentence(event)}</span>
        <span class="event-type quiet">${event.type}</span>
        <button type="button" class="icon-button" data-row aria-expanded=${String(open)} @click=${() => this.#toggle(event.number)}>${icon('chevron')}<span class="visually-hidden">As JSON, event ${event.number}</span></button>
      </div>
      ${open ? html`<pre tabindex="0" aria-label="Event ${event.number} as JSON">${JSON.stringify(event, null, 2)}</pre>` : nothing}</li>`;
  }
}

customElements.define('inn-events', Events);
