import { html, nothing } from 'lit';
import { formatExact, formatTime, guestName, keyWords } from './format.js';
import { hrefOf } from './router.js';
import { icon, randomBadge, staticBadge } from './widgets.js';

/** `field` is the name the server sorts by; `first` and `last` are what the sort menu of a small screen says. */
export const LEASE_COLUMNS = [
  { field: 'hostname', label: 'Guest', className: 'c-name', first: 'Name A–Z', last: 'Name Z–A' },
  { field: 'address', label: 'Address', className: 'c-address', first: 'Lowest address', last: 'Highest address' },
  { field: 'mac', label: 'MAC', className: 'c-mac', first: 'MAC', last: 'MAC, backwards' },
  { field: 'startedAt', label: 'Since', className: 'c-since', first: 'Longest here', last: 'Newest guests' },
  { field: 'expiresAt', label: 'Time left', className: 'c-left', first: 'Ending soonest', last: 'Ending last' },
];

/** A column header that sorts: a real button, and `aria-sort` for those who do not see the arrow. */
export function sortHeader({ field, label, className }, sort, onSort) {
  const direction = sort === field ? 'ascending' : sort === `-${field}` ? 'descending' : null;
  return html`<th role="columnheader" scope="col" class=${className} aria-sort=${direction ?? 'none'}>
    <button type="button" @click=${onSort}>${label}<span class="arrow" aria-hidden="true">${direction === 'descending' ? '↓' : '↑'}</span></button></th>`;
}

/** The same choice where there is no room for headers. */
export function sortSelect(columns, sort, onSort) {
  return html`<label class="select small-only"><span class="visually-hidden">Sort by</span>
    <select @change=${(e) => onSort(e.target.value)}>${columns.flatMap(({ field, first, last }) => [[field, first], [`-${field}`, last]])
    .map(([value, text]) => html`<option value=${value} ?selected=${value === sort}>${text}</option>`)}</select></label>`;
}

/** One lease, and under it what else is known when it is open. */
export function leaseRow(lease, { open, mark, manySources, onToggle, onHistory, onReserve }) {
  const { text, named } = guestName(lease);
  const under = named ? lease.vendor : null;
  const rowId = `more-${lease.source}-${lease.address}`.replace(/[^\w-]/g, '_');
  return html`<tr role="row" class="row ${mark ? `row-${mark}` : ''} ${open ? 'row-open' : ''}" data-address=${lease.address}>
      <td role="cell" class="c-name">
        <button type="button" class="row-button" data-row aria-expanded=${String(open)} aria-controls=${open ? rowId : nothing} @click=${onToggle}>
          ${icon('chevron')}<span class="name ${named ? '' : 'unnamed'}">${text}</span></button>
        <span class="under">${lease.deviceName && lease.hostname && lease.deviceName !== lease.hostname ? html`<span>${lease.hostname}</span>` : nothing}${under ? html`<span>${under}</span>` : nothing}</span>
      </td>
      <td role="cell" class="c-address"><span class="mono">${lease.address}</span> ${staticBadge(lease)}
        ${lease.temporary ? html`<span class="badge" title="A temporary IPv6 address: it changes often, for privacy">temporary</span>` : nothing}
        ${manySources ? html`<span class="source-name">${lease.source}</span>` : nothing}</td>
      <td role="cell" class="c-mac">${lease.mac ? html`<span class="mono">${lease.mac}</span>` : html`<span class="quiet">not known</span>`} ${randomBadge(lease)}</td>
      <td role="cell" class="c-since"><inn-ago .at=${lease.startedAt}></inn-ago></td>
      <td role="cell" class="c-left">${mark === 'gone' ? html`<span class="quiet">gone</span>` : html`<inn-time-left .lease=${lease}></inn-time-left>`}</td>
    </tr>
    ${open ? html`<tr role="row" class="row-more" id=${rowId}><td role="cell" colspan="5">${leaseFacts(lease, onHistory, onReserve)}</td></tr>` : nothing}`;
}

function leaseFacts(lease, onHistory, onReserve) {
  const ends = lease.expiry === 'infinite' ? 'Never, it is given for ever' : lease.expiresAt ? formatExact(lease.expiresAt) : 'The source does not say';
  return html`
    ${lease.allocation === 'static' ? html`<p class="reason"><strong>Static:</strong> ${lease.allocationReason ? html`<code>${lease.allocationReason}</code>` : 'the address is fixed by configuration'}</p>` : nothing}
    <dl class="facts">
      ${fact('Host name', lease.hostname)}
      ${fact('Since', formatTime(lease.startedAt))}
      ${fact('Ends', ends)}
      ${fact('Subnet', lease.subnet, true)}
      ${fact('Client id', lease.clientId, true)}
      ${fact('IAID', lease.iaid, true)}
      ${fact('Learned from', `${lease.origin}, ${lease.source}`)}
      ${Object.entries(lease.details ?? {}).map(([key, value]) => fact(keyWords(key), typeof value === 'object' ? JSON.stringify(value) : value))}
    </dl>
    <p class="actions">
      ${lease.mac ? html`<a class="button" href=${hrefOf('devices', lease.mac)}>Open the device</a>` : nothing}
      ${onReserve ? html`<button type="button" class="button" @click=${onReserve}>Reserve this address</button>` : nothing}
      <button type="button" class="button" @click=${onHistory}>Who had this address before?</button>
    </p>`;
}

/** One named fact; nothing when it is not known. */
export function fact(name, value, mono = false) {
  if (value === null || value === undefined || value === '') return nothing;
  return html`<div><dt>${name}</dt><dd class=${mono ? 'mono' : ''}>${value}</dd></div>`;
}
