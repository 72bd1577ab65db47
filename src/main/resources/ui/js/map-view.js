import { LitElement, html, nothing } from 'lit';
import { LiveController } from './live.js';
import { formatNumber } from './format.js';
import { hrefOf } from './router.js';
import { emptyState, problemNote, skeleton } from './widgets.js';
import { addressNumber, addressText, sizeOf } from './address-numbers.js';
import './scan-button.js';

const WAIT_MS = 1_000;
const REFRESH_MS = 20_000;
/** In the order of the key. Each has a look of its own, so that nobody needs the colours. */
const STATES = [
  ['online', 'online', 'Heard within the last minutes'],
  ['idle', 'idle', 'Silent for a while, but not known to be gone'],
  ['leased', 'leased', 'Leased to somebody of whom nothing more is known'],
  ['offline', 'offline', 'Gone; it was here last'],
  ['reserved', 'reserved', 'Kept for somebody who is not here'],
  ['self', 'Innkeeper', 'The machine on which Innkeeper runs'],
  ['pool', 'free in a pool', 'The DHCP server may hand it out'],
  ['none', 'nothing known', 'Nothing was heard of this address'],
];
const WORDS = Object.fromEntries(STATES.map(([state, word]) => [state, word]));

/** A network as a field of cells, one an address: at a glance who is there, and where there is room. */
class NetworkMap extends LitElement {
  static properties = {
    api: { attribute: false }, live: { attribute: false }, router: { attribute: false },
    map: { state: true }, problem: { state: true }, chosen: { state: true }, pinned: { state: true },
  };

  constructor() {
    super();
    this.timer = 0;
    this.chosen = null;
    this.pinned = null;
    new LiveController(this, { event: this.onEvent, reload: this.load });
  }

  createRenderRoot() { return this; }

  connectedCallback() {
    super.connectedCallback();
    // That somebody fell idle is no event.
    this.beat = setInterval(() => { if (!document.hidden) this.load(); }, REFRESH_MS);
    this.onRoute = () => this.load();
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
    if (/^(device|lease)\./.test(type)) this.timer ||= setTimeout(() => this.load(), WAIT_MS);
  }

  async load() {
    clearTimeout(this.timer);
    this.timer = 0;
    const { prefix } = this.router.route.query;
    try {
      const map = await this.api.map({ prefix });
      if (prefix !== this.router.route.query.prefix) return; // another one was chosen meanwhile
      this.map = map;
      this.problem = null;
    } catch (problem) {
      this.problem = problem;
    }
  }

  #choose(prefix) {
    this.router.replaceQuery({ prefix });
    Object.assign(this, { chosen: null, pinned: null });
    this.load();
  }

  render() {
    const { map } = this;
    return html`<div class="view-head"><h1 tabindex="-1">Map</h1>
        <p class="quiet count" role="status">${map?.prefix ? this.#count(map) : nothing}</p>
        <inn-scan .api=${this.api} .live=${this.live}></inn-scan></div>
      ${problemNote(this.problem, () => this.load())}
      ${map ? this.#body(map) : this.problem ? nothing : skeleton(6)}`;
  }

  #count({ cells }) {
    const here = cells.filter(({ state }) => state === 'online' || state === 'idle').length;
    return `${formatNumber(here)} here, ${formatNumber(cells.length)} known`;
  }

  #body(map) {
    if (!map.prefix) return emptyState('No network is known yet', html`<p>As soon as a lease or a device with an IPv4 address is seen, its network can be chosen here.</p>`);
    const networks = map.networks.includes(map.prefix) ? map.networks : [map.prefix, ...map.networks];
    const states = this.#states(map);
    const counts = Map.groupBy(states.values(), (state) => state);
    return html`<div class="toolbar">
        <label class="select"><span class="visually-hidden">Network</span>
          <select class="mono" @change=${(e) => this.#choose(e.target.value)}>${networks.map((each) => html`<option value=${each} ?selected=${each === map.prefix}>${each}</option>`)}</select></label>
        <ul class="plain map-key">${STATES.filter(([state]) => state === 'none' || counts.has(state)).map(([state, word, meaning]) => html`<li title=${meaning}>
          <span class="map-cell map-${state}" aria-hidden="true"></span>${word}${counts.has(state) ? html` <span class="quiet">${formatNumber(counts.get(state).length)}</span>` : nothing}</li>`)}</ul></div>
      <section class="card pad map-card" aria-label="Addresses of ${map.prefix}">${this.#field(map, states)}</section>
      ${this.#teller(map)}`;
  }

  /** The state of each address that has one: number of the address → state. */
  #states({ prefix, cells, pools }) {
    const { first, size } = sizeOf(prefix);
    const states = new Map();
    for (const pool of pools) {
      const last = Math.min(addressNumber(pool.last), first + size - 1);
      for (let at = Math.max(addressNumber(pool.first), first); at <= last; at++) states.set(at, 'pool');
    }
    for (const cell of cells) states.set(addressNumber(cell.address), cell.state);
    return states;
  }

  #field({ prefix, cells }, states) {
    const { first, size } = sizeOf(prefix);
    const known = new Map(cells.map((cell) => [addressNumber(cell.address), cell]));
    const entry = known.has(addressNumber(this.entered)) ? addressNumber(this.entered) : addressNumber(cells[0]?.address);
    const all = Array.from({ length: size }, (_, i) => {
      const at = first + i;
      const cell = known.get(at);
      return cell ? this.#known(at, cell, at === entry) : html`<span class="map-cell map-${states.get(at) ?? 'none'}" title="${addressText(at)}: ${WORDS[states.get(at) ?? 'none']}">${at & 255}</span>`;
    });
    return html`<div class="map ${size > 256 ? 'map-large' : ''}" role="group" aria-label="One cell an address. The arrow keys go from one known address to the next"
      @keydown=${this.#onKey} @mouseover=${this.#onPoint} @focusin=${this.#onPoint} @mouseleave=${() => { this.chosen = this.pinned; }} @click=${this.#onClick}>${all}</div>`;
  }

  #known(at, cell, entry) {
    const text = describe(cell);
    return html`<button type="button" class="map-cell map-${cell.state} ${cell.address === this.pinned ? 'map-pinned' : ''}" data-address=${cell.address} title=${text} aria-label=${text}
      aria-pressed=${String(cell.address === this.pinned)} tabindex=${entry ? 0 : -1}>${at & 255}</button>`;
  }

  #onPoint(event) {
    const address = event.target.closest('[data-address]')?.dataset.address;
    if (!address) return;
    this.chosen = address;
    if (event.type === 'focusin') this.entered = address; // there the Tab key comes back to
  }

  #onClick(event) {
    const address = event.target.closest('[data-address]')?.dataset.address;
    if (!address) return;
    this.pinned = this.pinned === address ? null : address;
    this.chosen = address;
  }

  /** Right and left to the next known address, down and up to the nearest one below and above. */
  #onKey(event) {
    const here = event.target.closest('[data-address]');
    const all = [...this.querySelectorAll('.map [data-address]')];
    const at = all.indexOf(here);
    const next = {
      ArrowRight: () => all[at + 1], ArrowLeft: () => all[at - 1], Home: () => all[0], End: () => all.at(-1),
      ArrowDown: () => nearest(here, all.slice(at + 1)), ArrowUp: () => nearest(here, all.slice(0, at).reverse()),
    }[event.key];
    if (!here || !next) return;
    event.preventDefault();
    next()?.focus();
  }

  /** Who is at the address under the pointer or the focus, or at the one that was tapped. */
  #teller({ cells }) {
    const cell = cells.find(({ address }) => address === (this.chosen ?? this.pinned));
    return html`<section class="card map-teller" aria-live="polite" aria-label="This address">${cell ? html`
      <p><span class="map-cell map-${cell.state}" aria-hidden="true"></span><strong class="mono">${cell.address}</strong>
        <span class="name ${cell.name ? '' : 'unnamed'}">${nameOf(cell)}</span></p>
      <p class="quiet"><span>${WORDS[cell.state]}${cell.since && cell.state !== 'leased' ? html` <inn-for .at=${cell.since}></inn-for>` : nothing}</span>
        ${cell.mac ? html`<span class="mono">${cell.mac}</span>` : nothing}
        ${cell.name && cell.vendor ? html`<span>${cell.vendor}</span>` : nothing}
        ${cell.allocation ? html`<span>${cell.allocation} lease</span>` : nothing}</p>
      ${cell.mac && cell.state !== 'reserved' ? html`<a class="button" href=${hrefOf('devices', cell.mac)}>Open the device</a>` : nothing}`
    : html`<p class="quiet">Point at a cell, tap it, or walk with the arrow keys: here stands who it is.</p>`}</section>`;
  }
}

function nameOf(cell) {
  if (cell.state === 'self') return 'this is where Innkeeper runs';
  return cell.name ?? (cell.vendor ? `${cell.vendor} device` : 'no name known');
}

const describe = (cell) => [cell.address, nameOf(cell), WORDS[cell.state], cell.mac].filter(Boolean).join(', ');

/** The first of these that stands in another row and nearly in the same column. */
function nearest(here, others) {
  const { left, top } = here.getBoundingClientRect();
  const row = others.map((each) => ({ each, box: each.getBoundingClientRect() })).filter(({ box }) => Math.abs(box.top - top) > 2);
  const first = row[0]?.box.top;
  return row.filter(({ box }) => box.top === first).sort((a, b) => Math.abs(a.box.left - left) - Math.abs(b.box.left - left))[0]?.each;
}

customElements.define('inn-map', NetworkMap);
