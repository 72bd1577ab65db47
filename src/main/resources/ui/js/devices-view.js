import { html, nothing } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { guard } from 'lit/directives/guard.js';
import { ListView } from './list-view.js';
import { comparator } from './paged-list.js';
import { deviceName, formatNumber } from './format.js';
import { hrefOf } from './router.js';
import { emptyState, icon, moreButton, nothingWatched, problemNote, randomBadge, searchBox, skeleton, staticBadge } from './widgets.js';
import { sortHeader, sortSelect } from './lease-table.js';

const COLUMNS = [
  { field: 'name', label: 'Device', className: 'c-name', first: 'Name A–Z', last: 'Name Z–A' },
  { field: null, label: 'Addresses', className: 'c-address' },
  { field: 'mac', label: 'MAC', className: 'c-mac', first: 'MAC', last: 'MAC, backwards' },
  { field: 'firstSeenAt', label: 'First seen', className: 'c-first', first: 'Known longest', last: 'Newest devices' },
  { field: 'lastSeenAt', label: 'Last seen', className: 'c-seen', first: 'Not seen for longest', last: 'Seen last' },
];
const DEFAULT_SORT = '-lastSeenAt';
const SHOWN_ADDRESSES = 3;
const keyOf = (device) => device.mac;

function sortValue(device, field) {
  return field === 'name' ? deviceName(device).text.toLowerCase() : device[field] ?? null;
}

/** Everything that was ever seen on the network, by MAC address. */
class Devices extends ListView {
  fetch(query, signal) { return this.api.devices(query, signal); }

  get keyOf() { return keyOf; }

  query() {
    const { q, sort = DEFAULT_SORT } = this.router.route.query;
    return { q, sort };
  }

  #change(change, options) {
    const query = { ...this.query(), ...change };
    this.router.replaceQuery({ ...query, sort: query.sort === DEFAULT_SORT ? null : query.sort });
    this.list.ask(this.query(), options);
    this.requestUpdate();
  }

  onReload() {
    this.list.reload();
  }

  onEvent({ type, device }) {
    if (!device?.mac) return;
    const { q, sort } = this.query();
    const text = [device.mac, device.name, device.hostname, device.vendor, ...(device.addresses ?? []).map((a) => a.address)].join('\n').toLowerCase();
    if (q && !text.includes(q.toLowerCase()) && !this.list.has(device.mac)) return;
    const online = type === 'device.online' || type === 'device.offline';
    this.list.put(device, comparator(sort, sortValue), online ? null : 'changed');
  }

  #sort(field) {
    const { sort } = this.query();
    const usual = field.endsWith('At') ? `-${field}` : field; // times are most useful newest first
    const other = usual.startsWith('-') ? usual.slice(1) : `-${usual}`;
    this.#change({ sort: sort === usual ? other : usual });
  }

  render() {
    const { q = '', sort } = this.query();
    return html`
      <div class="view-head"><h1 tabindex="-1">Devices</h1>
        <p class="quiet count" role="status">${this.list.loaded && !this.list.problem ? `${formatNumber(this.list.total)} ${q ? 'matches' : 'known'}` : nothing}</p></div>
      <div class="toolbar" role="search">
        ${searchBox({ label: 'Search devices', placeholder: 'Name, MAC, vendor, address', value: q, onSearch: (text) => this.#change({ q: text.trim() }, { soon: true }) })}
        ${sortSelect(COLUMNS.filter((column) => column.field), sort, (value) => this.#change({ sort: value }))}
      </div>
      ${problemNote(this.list.problem, () => this.list.reload())}
      ${this.#body(q, sort)}`;
  }

  #body(q, sort) {
    const { list } = this;
    if (!list.loaded) return skeleton();
    if (list.items.length === 0) {
      if (list.problem) return nothing;
      return q ? emptyState('No device like that', html`<p><button type="button" class="button" @click=${() => this.#change({ q: null })}>Show all devices</button></p>`) : nothingWatched(this.live);
    }
    return html`<table class="list devices card" role="table" aria-label="Devices" aria-busy=${String(list.loading)}>
      <thead role="rowgroup"><tr role="row">${COLUMNS.map((column) => (column.field
    ? sortHeader(column, sort, () => this.#sort(column.field))
    : html`<th role="columnheader" scope="col" class=${column.className}><span>${column.label}</span></th>`))}</tr></thead>
      <tbody role="rowgroup">${repeat(list.items, keyOf, (device) => {
    const mark = list.marks.get(keyOf(device)) ?? '';
    return guard([device, mark], () => deviceRow(device, mark));
  })}</tbody></table>
      ${moreButton({ shown: formatNumber(list.items.length), total: formatNumber(list.total), next: list.next, busy: list.loading, onMore: () => list.more(), noun: 'devices' })}`;
  }
}

function deviceRow(device, mark) {
  const { text, named } = deviceName(device);
  const current = (device.addresses ?? []).filter((address) => address.current);
  const rest = current.length - SHOWN_ADDRESSES;
  return html`<tr role="row" class="row ${mark ? `row-${mark}` : ''}" data-mac=${device.mac}>
    <td role="cell" class="c-name">
      <a class="row-button" data-row href=${hrefOf('devices', device.mac)}>${icon('chevron')}<span class="name ${named ? '' : 'unnamed'}">${text}</span></a>
      <span class="under">${device.name && device.hostname && device.name !== device.hostname ? html`<span>${device.hostname}</span>` : nothing}${named && device.vendor ? html`<span>${device.vendor}</span>` : nothing}</span>
    </td>
    <td role="cell" class="c-address">${current.length === 0 ? html`<span class="quiet">none now</span>` : nothing}
      ${current.slice(0, SHOWN_ADDRESSES).map((address) => html`<span class="mono address">${address.address}</span> `)}
      ${rest > 0 ? html`<span class="quiet">and ${rest} more</span>` : nothing} ${staticBadge(device)}</td>
    <td role="cell" class="c-mac"><span class="mono">${device.mac}</span> ${randomBadge(device)}</td>
    <td role="cell" class="c-first"><inn-ago .at=${device.firstSeenAt}></inn-ago></td>
    <td role="cell" class="c-seen"><inn-ago .at=${device.lastSeenAt}></inn-ago></td>
  </tr>`;
}

customElements.define('inn-devices', Devices);
