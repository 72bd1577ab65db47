import { html, svg } from 'lit';
import { pageClock } from './clock.js';
import { formatDayShort, formatDuration, formatTime } from './format.js';

const SHOWN_ADDRESSES = 10;
const WIDTH = 1_000;
const LEAST_SPAN_MS = 3_600_000;

/** Leases as bars over time, a line for each address. @param history items of /leases/history */
export function timeline(history) {
  if (history.length === 0) return html`<p class="quiet">No lease of this device is on record.</p>`;
  const now = pageClock.now();
  const first = Math.min(...history.map((each) => Date.parse(each.startedAt)));
  const start = Math.min(first, now - LEAST_SPAN_MS);
  const x = (ms) => ((ms - start) / (now - start)) * WIDTH;
  const lines = Object.entries(Object.groupBy(history, (each) => each.address));
  const shown = lines.slice(0, SHOWN_ADDRESSES);
  return html`<div class="timeline">
    ${shown.map(([address, leases]) => html`<div class="timeline-line"><span class="mono">${address}</span>
      <svg viewBox="0 0 ${WIDTH} 14" preserveAspectRatio="none" role="img" aria-label=${leases.map((lease) => spoken(lease)).join('; ')}>
        <rect class="bar-all" width=${WIDTH} height="14"></rect>
        ${leases.map((lease) => bar(lease, x, now))}</svg></div>`)}
    <div class="timeline-axis quiet" aria-hidden="true"><span></span><span class="timeline-ends">${ticks(start, now)}</span></div>
    ${lines.length > shown.length ? html`<p class="quiet">And ${lines.length - shown.length} addresses more, further back.</p>` : ''}
  </div>`;
}

function bar(lease, x, now) {
  const from = Date.parse(lease.startedAt);
  const to = lease.endedAt ? Date.parse(lease.endedAt) : now;
  const left = Math.max(0, x(from));
  return svg`<rect class=${lease.endedAt ? 'timeline-past' : 'timeline-now'} x=${left} width=${Math.max(3, x(to) - left)} height="14">
    <title>${spoken(lease)} (${formatDuration((to - from) / 1_000)})</title></rect>`;
}

const spoken = (lease) => `${lease.address}: ${formatTime(lease.startedAt)} to ${lease.endedAt ? formatTime(lease.endedAt) : 'now'}${lease.endReason ? `, ${lease.endReason}` : ''}`;

function ticks(start, end) {
  const text = end - start < 2 * 86_400_000 ? (ms) => formatTime(new Date(ms).toISOString()) : formatDayShort;
  return [html`<span>${text(start)}</span>`, html`<span class="wide-only">${text((start + end) / 2)}</span>`, html`<span>now</span>`];
}
