import { html, nothing, svg } from 'lit';
import { hrefOf } from './router.js';

const PATHS = {
  search: svg`<circle cx="7" cy="7" r="4.5"></circle><path d="M10.5 10.5 14 14"></path>`,
  sun: svg`<circle cx="8" cy="8" r="3"></circle><path d="M8 1v1.5M8 13.5V15M1 8h1.5M13.5 8H15M3 3l1 1M12 12l1 1M13 3l-1 1M4 12l-1 1"></path>`,
  moon: svg`<path d="M13.5 9.8A6 6 0 0 1 6.2 2.5a6 6 0 1 0 7.3 7.3z"></path>`,
  auto: svg`<circle cx="8" cy="8" r="6"></circle><path d="M8 2v12a6 6 0 0 0 0-12z" class="icon-solid"></path>`,
  keyboard: svg`<rect x="1.5" y="4" width="13" height="8.5" rx="1.5"></rect><path d="M4 6.7h.01M6.7 6.7h.01M9.3 6.7h.01M12 6.7h.01M5 9.8h6"></path>`,
  chevron: svg`<path d="m6 4 4 4-4 4"></path>`,
  back: svg`<path d="M10 3 5 8l5 5"></path>`,
  clock: svg`<circle cx="8" cy="8" r="6"></circle><path d="M8 4.5V8l2.5 1.5"></path>`,
  leases: svg`<path d="M5.5 9.5a3 3 0 1 1 2.6-1.5L14 8v3h-2V9.5"></path><path d="M5.5 6.5h.01"></path>`,
  devices: svg`<rect x="1.5" y="3" width="9" height="7" rx="1"></rect><rect x="11" y="6" width="3.5" height="7" rx="1"></rect><path d="M4 13h5"></path>`,
  map: svg`<path d="M2.5 2.500h3v3h-3zM6.500 2.500h3v3h-3zM10.500 2.500h3v3h-3zM2.500 6.500h3v3h-3zM10.500 6.500h3v3h-3zM6.500 10.500h3v3h-3zM10.500 10.500h3v3h-3z"></path><path class="icon-solid" d="M6.500 6.500h3v3h-3zM2.500 10.500h3v3h-3z"></path>`,
  subnets: svg`<path d="M8 2v4M8 6H3.5v3M8 6h4.500v3M8 6v3"></path><rect x="1.500" y="9" width="4" height="4" rx="1"></rect><rect x="6" y="9" width="4" height="4" rx="1"></rect><rect x="10.500" y="9" width="4" height="4" rx="1"></rect>`,
  dns: svg`<circle cx="8" cy="8" r="6"></circle><path d="M2 8h12M8 2c2 1.700 2.700 3.800 2.700 6s-.7 4.300-2.700 6M8 2c-2 1.700-2.700 3.800-2.700 6s.7 4.300 2.700 6"></path>`,
  uplinks: svg`<path d="M8 9.500V2M5 4.800 8 2l3 2.800"></path><path d="M2.500 9.500v4h11v-4"></path><path d="M5 11.500h.01M8 11.500h.01"></path>`,
  events: svg`<path d="M1.5 8.5h3l2-5 3 9 2-4h3"></path>`,
  services: svg`<rect x="2" y="2.5" width="12" height="4.5" rx="1"></rect><rect x="2" y="9" width="12" height="4.5" rx="1"></rect><path d="M4.700 4.750h.01M4.700 11.250h.01"></path>`,
  close: svg`<path d="m4 4 8 8M12 4l-8 8"></path>`,
  pause: svg`<path d="M5.5 3v10M10.5 3v10"></path>`,
  play: svg`<path d="M5 3.5v9l7-4.5z"></path>`,
};

/** A line icon of 16 units; it says nothing to a screen reader, so a text must stand beside it. */
export function icon(name) {
  return html`<svg class="icon" viewBox="0 0 16 16" aria-hidden="true">${PATHS[name]}</svg>`;
}

export const staticBadge = (lease) => (lease.allocation === 'static'
  ? html`<span class="badge key" title=${lease.allocationReason ?? 'This address is fixed by configuration'}>static</span>`
  : nothing);

export const randomBadge = (thing) => (thing.randomMac
  ? html`<span class="badge random" title="A locally administered address: the device made it up and may change it, so it says nothing about the maker">random</span>`
  : nothing);

/** A button that is on or off. */
export const toggle = (text, on, title, onToggle) => html`<button type="button" class="toggle" aria-pressed=${String(on)} title=${title} @click=${() => onToggle(!on)}>${text}</button>`;

/** A group of buttons of which one is chosen. @param choices [[value, label]…] */
export function choice(label, choices, value, onChoose) {
  return html`<div class="segments" role="group" aria-label=${label}>
    ${choices.map(([each, text]) => html`<button type="button" aria-pressed=${String(each === value)} @click=${() => onChoose(each)}>${text}</button>`)}
  </div>`;
}

export function searchBox({ label, placeholder, value, onSearch }) {
  return html`<label class="search">
    ${icon('search')}<span class="visually-hidden">${label}</span>
    <input type="search" data-search placeholder=${placeholder} .value=${value} autocomplete="off" spellcheck="false"
      @input=${(e) => onSearch(e.target.value)}>
    <kbd aria-hidden="true">/</kbd>
  </label>`;
}

/** A problem, said plainly, with what to do. */
export function problemNote(problem, onRetry = null) {
  if (!problem) return nothing;
  return html`<div class="note bad" role="alert">
    <p><strong>${problem.title}.</strong> ${problem.detail}</p>
    ${problem.errors?.length ? html`<ul>${problem.errors.map((e) => html`<li><code>${e.field}</code>: ${e.message}</li>`)}</ul>` : nothing}
    <p class="quiet">${problem.advice}</p>
    ${onRetry ? html`<button type="button" class="button" @click=${onRetry}>Try again</button>` : nothing}
  </div>`;
}

/** What an empty list says: why it may be empty, and the next step. */
export function emptyState(title, body) {
  return html`<div class="empty">
    <svg class="empty-picture" viewBox="0 0 64 48" aria-hidden="true"><path d="M14 44V22a18 18 0 0 1 36 0v22"></path><path d="M6 44h52M24 44V24a8 8 0 0 1 16 0v20"></path><circle cx="36" cy="32" r="1.5"></circle></svg>
    <h2>${title}</h2>
    ${body}
  </div>`;
}

/** Names each place where nothing can be seen because nothing is watched. */
export function nothingWatched(live) {
  return emptyState('No guests yet', html`
    <p>${live.sources.length === 0
    ? 'Innkeeper found no dnsmasq lease file to read on this machine.'
    : 'No lease is known now: the lease files are empty, or not there yet. The first lease appears here by itself; Services shows which files are looked at.'}</p>
    <p><a class="button primary" href=${hrefOf('help')}>How to point Innkeeper at dnsmasq</a> <a class="button" href=${hrefOf('services')}>See what it watches</a></p>`);
}

/** Rows that stand for content on its way. */
export function skeleton(rows = 8) {
  return html`<div class="skeleton" role="status"><span class="visually-hidden">Loading</span>${Array.from({ length: rows }, () => html`<div></div>`)}</div>`;
}

/** The end of a paged list: how much is shown, and more on request or when it scrolls into view. */
export function moreButton({ shown, total, next, busy, onMore, noun }) {
  if (!next) return nothing;
  return html`<p class="more"><button type="button" class="button" data-more ?disabled=${busy} @click=${onMore}>
    ${busy ? 'Loading…' : `Show more (${shown} of ${total} ${noun})`}</button></p>`;
}
