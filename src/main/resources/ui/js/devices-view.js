import { html, nothing } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { guard } from 'lit/directives/guard.js';
import { ListView } from './list-view.js';
import { comparator } from './paged-list.js';
import { deviceName, formatAgo, formatNumber, formatTime } from './format.js';
import { hrefOf } from './router.js';
import { choice, emptyState, icon, moreButton, nothingWatched, problemNote, randomBadge, searchBox, skeleton, staticBadge, toggle } from './widgets.js';
import { sortHeader, sortSelect } from './lease-table.js';
import { presenceWord } from './presence.js';
import { visits } from './visits.js';
import './scan-button.js';

const COLUMNS = [
  { field: 'name', label: 'Device', className: 'c-name', first: 'Name A–Z', last: 'Name Z–A' },
  { field: null, label: 'Addresses', className: 'c-address' },
  { field: 'mac', label: 'MAC', className: 'c-mac', first: 'MAC', last: 'MAC, backwards' },
  { field: 'firstSeenAt', label: 'First seen', className: 'c-first', first: 'Known longest', last: 'Newest devices' },
  { field: 'lastSeenAt', label: 'Here', className: 'c-seen', first: 'Not seen for longest', last: 'Seen last' },
];
const DEFAULT_SORT = '-lastSeenAt';
const SHOWN_ADDRESSES = 3;
const REFRESH_MS = 60_000;
const WAIT_MS = 800;
/** Where more devices than these changed at once, the list is read anew. */
const MOST_LOOKS = 10;
const PRESENCES = [['', 'All'], ['online', 'Online'], ['idle', 'Idle'], ['offline', 'Offline']];
const keyOf = (device) => device.mac;

function sortValue(device, field) {
  return field === 'name' ? deviceName(device).text.toLowerCase() : device[field] ?? null;
}

/** Everything that was ever seen on the network, by MAC address, and whether it is there. */
class Devices extends ListView {
  static properties = { news: { state: true } };

  constructor() {
    super({ services: null });
    this.news = 0;
    this.again = new Set();
    this.timer = 0;
    this.onVisit = () => this.#changed();
  }

  connectedCallback() {
    super.connectedCallback();
    visits.addEventListener('change', this.onVisit);
    // That a device fell idle is no event.
    this.beat = setInterval(() => { if (!document.hidden) this.#calm(); }, REFRESH_MS);
    this.#countNews();
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    visits.removeEventListener('change', this.onVisit);
    clearInterval(this.beat);
    clearTimeout(this.timer);
    this.timer = 0;
  }

  /** Reads anew where that cannot take away what somebody has scrolled to. */
  #calm() {
    if (!this.list.loading && window.scrollY < 200) this.list.reload();
  }

  /** The address bar says `new`, `unknown`, `static`; the API is told what that means now. */
  fetch({ fresh, unknown, fixed, ...query }, signal) {
    return this.api.devices({ ...query, new: fresh ? visits.span : null, named: unknown ? 'false' : null, static: fixed ? 'true' : null }, signal);
  }

  get keyOf() { return keyOf; }

  query() {
    const { q, presence, new: fresh, unknown, static: fixed, sort = DEFAULT_SORT } = this.router.route.query;
    return { q, presence, fresh, unknown, fixed, sort };
  }

  #change(change, options) {
    const { fresh, fixed, sort, ...query } = { ...this.query(), ...change };
    this.router.replaceQuery({ ...query, new: fresh, static: fixed, sort: sort === DEFAULT_SORT ? null : sort });
    this.list.ask(this.query(), options);
    this.requestUpdate();
  }

  #changed() {
    this.#countNews();
    this.list.reload();
    this.requestUpdate();
  }

  async #countNews() {
    if (visits.since === null) return;
    try {
      this.news = (await this.api.devices({ new: visits.span, limit: 1 })).total ?? 0;
    } catch { /* the list itself says what is wrong */ }
  }

  onReload() {
    this.list.reload();
    this.#countNews();
  }

  onEvent({ type, device, lease, before, mac: subject, system }) {
    const renamed = type === 'device.named' && this.list.items.find((each) => each.mac === subject);
    if (renamed) this.#put({ ...renamed, system }, null);
    // What a lease changes of its device, an address or that it is heard again, is not told a second time.
    for (const mac of [lease?.mac, lease ? before?.mac : null]) if (mac && !device) this.#lookAgain(mac);
    if (!device?.mac) return;
    if (type === 'device.discovered') this.#countNews();
    // An event without a lease does not tell of allocations.
    const known = this.list.items.find((each) => each.mac === device.mac);
    const allocation = device.allocation ?? known?.allocation ?? null;
    this.#put({ ...device, allocation }, type === 'device.online' || type === 'device.offline' ? null : 'changed');
  }

  #lookAgain(mac) {
    if (!this.list.has(mac)) return;
    this.again.add(mac);
    this.timer ||= setTimeout(() => this.#look(), WAIT_MS);
  }

  async #look() {
    this.timer = 0;
    const macs = [...this.again];
    this.again.clear();
    if (macs.length > MOST_LOOKS) {
      this.#calm();
      return;
    }
    try {
      for (const mac of macs) this.#put(await this.api.device(mac), null);
    } catch { /* the rows stay as they are; the stream's state tells of the trouble */ }
  }

  #put(device, mark) {
    const { sort } = this.query();
    if (!this.#fits(device)) {
      this.list.remove(device.mac);
      return;
    }
    if (!this.#hasText(device) && !this.list.has(device.mac)) return;
    this.list.put(device, comparator(sort, sortValue), mark);
  }

  #fits(device) {
    const { presence, fresh, unknown, fixed } = this.query();
    return (!presence || device.presence?.state === presence)
      && (!fresh || visits.since === null || visits.isNew(device))
      && (!unknown || !device.name)
      && (!fixed || device.allocation === 'static');
  }

  #hasText(device) {
    const { q } = this.query();
    const text = [device.mac, device.name, device.hostname, device.vendor, device.system?.name, ...(device.addresses ?? []).map((a) => a.address)].join('\n').toLowerCase();
    return !q || text.includes(q.toLowerCase());
  }

  #sort(field) {
    const { sort } = this.query();
    const usual = field.endsWith('At') ? `-${field}` : field; // times are most useful newest first
    const other = usual.startsWith('-') ? usual.slice(1) : `-${usual}`;
    this.#change({ sort: sort === usual ? other : usual });
  }

  render() {
    const query = this.query();
    const filtered = Boolean(query.q || query.presence || query.fresh || query.unknown || query.fixed);
    return html`
      <div class="view-head"><h1 tabindex="-1">Devices</h1>
        <p class="quiet count" role="status">${this.list.loaded && !this.list.problem ? this.#count(filtered) : nothing}</p>
        <inn-scan .api=${this.api} .live=${this.live}></inn-scan></div>
      ${this.#toolbar(query)}
      ${this.#news(query)}
      ${problemNote(this.list.problem, () => this.list.reload())}
      ${this.#body(query.sort, filtered)}`;
  }

  #count(filtered) {
    const { total } = this.list;
    return `${formatNumber(total)} ${filtered ? (total === 1 ? 'match' : 'matches') : 'known'}`;
  }

  #toolbar({ q = '', presence = '', fresh, unknown, fixed, sort }) {
    const since = visits.since === null ? 'in the last 24 hours' : `since your last visit, ${formatTime(new Date(visits.since).toISOString())}`;
    return html`<div class="toolbar" role="search">
      ${searchBox({ label: 'Search devices', placeholder: 'Name, MAC, vendor, address', value: q, onSearch: (text) => this.#change({ q: text.trim() }, { soon: true }) })}
      ${choice('Presence', PRESENCES, presence, (value) => this.#change({ presence: value }))}
      <div class="toggles" role="group" aria-label="Only">
        ${toggle('New', Boolean(fresh), `First seen ${since}`, (on) => this.#change({ fresh: on ? '1' : null }))}
        ${toggle('Unknown', Boolean(unknown), 'Those that you gave no name', (on) => this.#change({ unknown: on ? '1' : null }))}
        ${toggle('Static', Boolean(fixed), 'Those with an address that the configuration fixes', (on) => this.#change({ fixed: on ? '1' : null }))}
      </div>
      ${sortSelect(COLUMNS.filter((column) => column.field), sort, (value) => this.#change({ sort: value }))}
    </div>`;
  }

  /** What came while nobody looked. */
  #news({ fresh }) {
    if (visits.since === null || !this.news) return nothing;
    const ago = formatAgo(new Date(visits.since).toISOString(), Date.now());
    return html`<div class="newcomers"><p><strong>${this.news === 1 ? '1 new device' : `${formatNumber(this.news)} new devices`}</strong> since your last visit${ago === 'now' ? '' : `, ${ago}`}.</p>
      ${fresh ? nothing : html`<button type="button" class="button" @click=${() => this.#change({ fresh: '1' })}>Show only these</button>`}
      <button type="button" class="button" @click=${() => this.#seen()}>Seen</button></div>`;
  }

  #seen() {
    this.news = 0;
    visits.seen();
    if (this.query().fresh) this.#change({ fresh: null });
    this.querySelector('h1').focus();
  }

  #body(sort, filtered) {
    const { list } = this;
    if (!list.loaded) return skeleton();
    if (list.items.length === 0) {
      if (list.problem) return nothing;
      return filtered ? emptyState('No device like that', html`<p><button type="button" class="button" @click=${() => this.#change({ q: null, presence: null, fresh: null, unknown: null, fixed: null })}>Show all devices</button></p>`) : nothingWatched(this.live);
    }
    return html`<table class="list devices card" role="table" aria-label="Devices" aria-busy=${String(list.loading)}>
      <thead role="rowgroup"><tr role="row">${COLUMNS.map((column) => (column.field
    ? sortHeader(column, sort, () => this.#sort(column.field))
    : html`<th role="columnheader" scope="col" class=${column.className}><span>${column.label}</span></th>`))}</tr></thead>
      <tbody role="rowgroup">${repeat(list.items, keyOf, (device) => {
    const mark = list.marks.get(keyOf(device)) ?? '';
    const fresh = visits.isNew(device);
    return guard([device, mark, fresh], () => deviceRow(device, mark, fresh));
  })}</tbody></table>
      ${moreButton({ shown: formatNumber(list.items.length), total: formatNumber(list.total), next: list.next, busy: list.loading, onMore: () => list.more(), noun: 'devices' })}`;
  }
}

/** Whether somebody else has the name that it wants. */
const otherName = ({ name, wanted }) => wanted !== null && wanted !== name;

function deviceRow(device, mark, fresh) {
  const { text, named } = deviceName(device);
  const current = (device.addresses ?? []).filter((address) => address.current);
  const rest = current.length - SHOWN_ADDRESSES;
  const { state } = device.presence ?? {};
  return html`<tr role="row" class="row ${mark ? `row-${mark}` : ''} ${fresh ? 'row-fresh' : ''}" data-mac=${device.mac}>
    <td role="cell" class="c-name">
      <a class="row-button" data-row href=${hrefOf('devices', device.mac)}>${icon('chevron')}<span class="name ${named ? '' : 'unnamed'}">${text}</span>${fresh ? html`<span class="badge new">new</span>` : nothing}</a>
      <span class="under">${device.name && device.hostname && device.name !== device.hostname ? html`<span>${device.hostname}</span>` : nothing}${named && device.vendor ? html`<span>${device.vendor}</span>` : nothing}
        ${device.system && (!named || otherName(device.system)) ? html`<span>${device.system.name}</span>` : nothing}
        ${device.link?.state === 'suggested' ? html`<span class="badge maybe" title="It may be a known device under a new hardware address. Open it to say">the same as another?</span>` : nothing}</span>
    </td>
    <td role="cell" class="c-address">${current.length === 0 ? html`<span class="quiet">none now</span>` : nothing}
      ${current.slice(0, SHOWN_ADDRESSES).map((address) => html`<span class="mono address">${address.address}</span> `)}
      ${rest > 0 ? html`<span class="quiet">and ${rest} more</span>` : nothing} ${staticBadge(device)}</td>
    <td role="cell" class="c-mac"><span class="mono">${device.mac}</span> ${randomBadge(device)}</td>
    <td role="cell" class="c-first"><inn-ago .at=${device.firstSeenAt}></inn-ago></td>
    <td role="cell" class="c-seen">${presenceWord(device)}
      <span class="seen-ago">${state === 'online' ? html`<inn-for .at=${device.presence.since}></inn-for>` : html`<inn-ago .at=${device.presence?.lastSeenAt ?? device.lastSeenAt}></inn-ago>`}</span></td>
  </tr>`;
}

customElements.define('inn-devices', Devices);
