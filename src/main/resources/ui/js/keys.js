import { html } from 'lit';

const SHORTCUTS = [
  ['/', 'Search'],
  ['j  or  ↓', 'Next row'],
  ['k  or  ↑', 'Previous row'],
  ['Enter', 'Open the row'],
  ['g then l, d, m, n, q, u, e, s', 'Go to leases, devices, map, subnets, DNS queries, uplinks, events, services'],
  ['Esc', 'Close, or leave the search'],
  ['?', 'This list'],
];
const PLACES = { l: '#/leases', d: '#/devices', m: '#/map', n: '#/subnets', q: '#/dns', u: '#/uplinks', e: '#/events', s: '#/services' };

export function shortcutsDialog() {
  return html`<dialog id="shortcuts" class="dialog" aria-labelledby="shortcuts-title">
    <form method="dialog"><h2 id="shortcuts-title">Keyboard shortcuts</h2>
      <dl class="shortcuts">${SHORTCUTS.map(([keys, what]) => html`<div><dt><kbd>${keys}</kbd></dt><dd>${what}</dd></div>`)}</dl>
      <p class="dialog-end"><button class="button">Close</button></p>
    </form></dialog>`;
}

/** Listens to the shortcuts of the whole page. Rows mark the control that takes the focus with `data-row`. */
export function listenToKeys(app) {
  let goAt = 0;
  document.addEventListener('keydown', (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
    if (document.querySelector('dialog[open]')) return; // a dialog has its own keys
    const typing = isTyping(event.target);
    if (event.key === 'Escape' && typing) return leaveField(event.target);
    if (typing) return;
    if (Date.now() - goAt < 1_500 && PLACES[event.key]) {
      location.hash = PLACES[event.key];
      goAt = 0;
    } else if (event.key === 'g') {
      goAt = Date.now();
    } else {
      act(app, event);
    }
  });
}

function act(app, event) {
  const inRow = event.target.closest?.('[data-row]');
  switch (event.key) {
    case '/': {
      const search = app.querySelector('[data-search]');
      if (!search) return;
      event.preventDefault();
      search.focus();
      search.select();
      break;
    }
    case '?': app.querySelector('#shortcuts').showModal(); break;
    case 'j': moveRow(app, 1); break;
    case 'k': moveRow(app, -1); break;
    // Without a focused row the arrows scroll the page, as everywhere.
    case 'ArrowDown': if (inRow) { event.preventDefault(); moveRow(app, 1); } break;
    case 'ArrowUp': if (inRow) { event.preventDefault(); moveRow(app, -1); } break;
    case 'Escape': closeOpened(event.target); break;
    default:
  }
}

function moveRow(app, step) {
  const rows = [...app.querySelectorAll('main [data-row]')];
  if (rows.length === 0) return;
  const here = rows.indexOf(document.activeElement?.closest?.('[data-row]'));
  const next = here < 0 ? firstVisible(rows) : Math.min(rows.length - 1, Math.max(0, here + step));
  rows[next].focus({ preventScroll: true });
  rows[next].scrollIntoView({ block: 'nearest' });
}

function firstVisible(rows) {
  const found = rows.findIndex((row) => row.getBoundingClientRect().top > 60);
  return Math.max(0, found);
}

function closeOpened(target) {
  const opened = target.closest?.('[data-row][aria-expanded=true]') ?? document.querySelector('main [data-row][aria-expanded=true]');
  opened?.click();
}

function isTyping(element) {
  return element.matches?.('input:not([type=checkbox]), textarea, select') ?? false;
}

function leaveField(field) {
  if (field.matches('[data-search]') && field.value !== '') {
    field.value = '';
    field.dispatchEvent(new Event('input', { bubbles: true }));
  } else {
    field.blur();
  }
}
