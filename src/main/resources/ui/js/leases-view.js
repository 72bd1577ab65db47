import { html, nothing } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { guard } from 'lit/directives/guard.js';
import { ListView } from './list-view.js';
import { comparator } from './paged-list.js';
import { addressKey, formatNumber } from './format.js';
import { choice, emptyState, moreButton, nothingWatched, problemNote, searchBox, skeleton, icon } from './widgets.js';
import { LEASE_COLUMNS, leaseRow, sortHeader, sortSelect } from './lease-table.js';
import './reservations.js';
import './lease-history.js';
import './reservation-dialog.js';

const ENDED = new Set(['lease.released', 'lease.expired', 'lease.declined']);
const QUIET = new Set(['lease.renewed']);
const keyOf = (lease) => `${lease.origin}/${lease.source}/${lease.address}`;

function sortValue(lease, field) {
  if (field === 'address') return addressKey(lease.address);
  return lease[field] ?? null;
}

/** Who holds which address now. */
class Leases extends ListView {
  static properties = { open: { state: true } };

  constructor() {
    super({ services: null });
    this.open = new Set();
  }

  fetch(query, signal) { return this.api.leases(query, signal); }

  get keyOf() { return keyOf; }

  query() {
    const { q, allocation, family, source, sort = 'address' } = this.router.route.query;
    return { q, allocation, family, source, sort };
  }

  #change(change, options) {
    const query = { ...this.query(), ...change };
    this.router.replaceQuery({ ...query, sort: query.sort === 'address' ? null : query.sort });
    this.list.ask(this.query(), options);
    this.requestUpdate();
  }

  onReload() {
    this.list.reload();
  }

  onEvent({ type, lease, changed }) {
    if (!lease) return;
    if (ENDED.has(type)) {
      this.list.remove(keyOf(lease));
    } else if (this.#fits(lease) && (this.#hasText(lease) || this.list.has(keyOf(lease)))) {
      const mark = QUIET.has(type) && !changed?.length ? null : 'changed';
      this.list.put(lease, comparator(this.query().sort, sortValue), mark);
    } else {
      this.list.remove(keyOf(lease)); // it no longer belongs to what is asked for
    }
  }

  #fits(lease) {
    const { allocation, family, source } = this.query();
    return (!allocation || lease.allocation === allocation)
      && (!family || String(lease.family) === family)
      && (!source || lease.source === source);
  }

  /** Whether a new lease belongs to the search. One that the server found stays: it may search in more than is here. */
  #hasText(lease) {
    const { q } = this.query();
    const text = [lease.address, lease.hostname, lease.deviceName, lease.mac, lease.vendor].join('\n').toLowerCase();
    return !q || text.includes(q.toLowerCase());
  }

  #toggle(key) {
    const open = new Set(this.open);
    if (!open.delete(key)) open.add(key);
    this.open = open;
  }

  #reserve({ address, mac, clientId, hostname }) {
    const who = mac ? { mac } : { clientId: `0x${(clientId ?? '').replaceAll(':', '')}` };
    this.querySelector('inn-reservation-dialog').add({ ...who, address, name: hostname ?? '' });
  }

  #sort(field) {
    const { sort } = this.query();
    this.#change({ sort: sort === field ? `-${field}` : field });
  }

  render() {
    const query = this.query();
    const filtered = Boolean(query.q || query.allocation || query.family || query.source);
    return html`
      <div class="view-head">
        <h1 tabindex="-1">Leases</h1>
        <p class="quiet count" role="status">${this.list.loaded && !this.list.problem ? this.#count(filtered) : nothing}</p>
        <button type="button" class="button" @click=${() => this.querySelector('inn-lease-history').show()}>${icon('clock')}<span class="wide-only">Who had an address?</span><span class="small-only">Who had it?</span></button>
      </div>
      ${this.#toolbar(query)}
      ${problemNote(this.list.problem, () => this.list.reload())}
      ${this.#body(query, filtered)}
      <inn-reservations .api=${this.api} .live=${this.live}></inn-reservations>
      <inn-lease-history .api=${this.api}></inn-lease-history>
      <inn-reservation-dialog .api=${this.api} @changed=${() => this.querySelector('inn-reservations').load()}></inn-reservation-dialog>`;
  }

  #count(filtered) {
    const { total } = this.list;
    return `${formatNumber(total)} ${filtered ? (total === 1 ? 'match' : 'matches') : (total === 1 ? 'lease' : 'leases')}`;
  }

  #toolbar({ q = '', allocation = '', family = '', source = '', sort }) {
    const { sources } = this.live;
    return html`<div class="toolbar" role="search">
      ${searchBox({ label: 'Search leases', placeholder: 'Name, address, MAC, vendor', value: q, onSearch: (text) => this.#change({ q: text.trim() }, { soon: true }) })}
      ${choice('Kind of lease', [['', 'All'], ['static', 'Static'], ['dynamic', 'Dynamic']], allocation, (value) => this.#change({ allocation: value }))}
      ${choice('Address family', [['', 'Both'], ['4', 'IPv4'], ['6', 'IPv6']], family, (value) => this.#change({ family: value }))}
      ${sources.length > 1 || source ? html`<label class="select"><span class="visually-hidden">Source</span>
        <select @change=${(e) => this.#change({ source: e.target.value })}>
          <option value="" ?selected=${!source}>All sources</option>
          ${[...new Set([...sources, ...(source ? [source] : [])])].map((name) => html`<option value=${name} ?selected=${name === source}>${name}</option>`)}
        </select></label>` : nothing}
      ${sortSelect(LEASE_COLUMNS, sort, (value) => this.#change({ sort: value }))}
    </div>`;
  }

  #body(query, filtered) {
    const { list } = this;
    if (!list.loaded) return skeleton();
    if (list.items.length === 0) {
      if (list.problem) return nothing;
      if (!filtered) return nothingWatched(this.live);
      return emptyState('Nobody like that', html`<p>No lease matches the search and the filters.</p>
        <p><button type="button" class="button" @click=${() => this.#change({ q: null, allocation: null, family: null, source: null })}>Show all leases</button></p>`);
    }
    const manySources = this.live.sources.length > 1;
    const { dhcp4 } = this.live;
    return html`<table class="list leases card" role="table" aria-label="Leases" aria-busy=${String(list.loading)}>
      <thead role="rowgroup"><tr role="row">${LEASE_COLUMNS.map((column) => sortHeader(column, query.sort, () => this.#sort(column.field)))}</tr></thead>
      <tbody role="rowgroup">${repeat(list.items, keyOf, (lease) => {
    const key = keyOf(lease);
    const open = this.open.has(key);
    const mark = list.marks.get(key) ?? '';
    return guard([lease, open, mark, manySources, dhcp4], () => leaseRow(lease, {
      open, mark, manySources,
      onToggle: () => this.#toggle(key),
      onHistory: () => this.querySelector('inn-lease-history').show(lease.address),
      onReserve: dhcp4 && lease.family === 4 && lease.allocation !== 'static' ? () => this.#reserve(lease) : null,
    }));
  })}</tbody></table>
      ${moreButton({ shown: formatNumber(list.items.length), total: formatNumber(list.total), next: list.next, busy: list.loading, onMore: () => list.more(), noun: 'leases' })}`;
  }
}

customElements.define('inn-leases', Leases);
