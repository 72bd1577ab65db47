import { LitElement, html, nothing, svg } from 'lit';
import { TickController, pageClock } from './clock.js';
import { formatClock, formatDayShort, formatDuration, formatTime } from './format.js';
import { choice } from './widgets.js';

const SHOWN_ADDRESSES = 10;
const SHOWN_SPANS = 50;
const WIDTH = 1_000;
const HEIGHT = 16;
const LEAST_SPAN_MS = 3_600_000;
const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const SPANS = [['24h', '24 hours', DAY_MS], ['7d', '7 days', 7 * DAY_MS], ['30d', '30 days', 30 * DAY_MS], ['all', 'All', Infinity]];
const TICKS = 4;

/**
 * When a device was there, and with which addresses: bars over time, and the same as a list.
 * `timeline` is what /timeline answers, `history` the items of /leases/history; either may be missing.
 */
class DeviceTimeline extends LitElement {
  static properties = { timeline: { attribute: false }, history: { attribute: false }, state: {}, span: { state: true } };

  constructor() {
    super();
    this.history = [];
    this.timeline = null;
    this.span = null;
    new TickController(this, () => Math.floor(pageClock.now() / 30_000));
  }

  createRenderRoot() { return this; }

  #rows() {
    const presence = (this.timeline?.presence ?? []).filter((each) => each.state === 'online');
    const here = presence.map((each) => bar(each.from, each.to, 'here', `here ${when(each)}`, each.to ? '' : this.state));
    const leases = Object.groupBy(this.history, (each) => each.address);
    const addresses = new Map(Object.entries(leases).map(([address, all]) => [address, all.map((each) => bar(each.startedAt, each.endedAt, 'lease', `${address}: ${when({ from: each.startedAt, to: each.endedAt })}${each.endReason ? `, ${each.endReason}` : ''}`))]));
    for (const { address, firstSeenAt, lastSeenAt, current } of this.timeline?.addresses ?? []) {
      if (addresses.has(address)) continue;
      const to = current ? null : lastSeenAt;
      addresses.set(address, [bar(firstSeenAt, to, 'lease', `${address}: ${when({ from: firstSeenAt, to })}`)]);
    }
    return { here, addresses: [...addresses] };
  }

  render() {
    const { here, addresses } = this.#rows();
    const bars = [...here, ...addresses.flatMap(([, all]) => all)];
    if (bars.length === 0) return html`<p class="quiet">Nothing is on record of when this device was here.</p>`;
    const now = pageClock.now();
    const age = Math.max(LEAST_SPAN_MS, now - Math.min(...bars.map((each) => each.from)));
    const offered = SPANS.filter(([, , ms], i) => i === 0 || age > SPANS[i - 1][2] || ms === this.span);
    const chosen = SPANS.find(([name]) => name === this.span) ?? offered[Math.min(1, offered.length - 1)];
    const start = now - Math.min(age, chosen[2]);
    const shown = addresses.filter(([, all]) => all.some((each) => (each.to ?? now) > start));
    return html`
      ${offered.length > 1 ? html`<div class="timeline-choice">${choice('Time shown', offered.map(([name, text]) => [name, text]), chosen[0], (value) => { this.span = value; })}</div>` : nothing}
      <div class="timeline">
        ${here.length ? line(html`<strong>Here</strong>`, 'When it was here', here, start, now) : nothing}
        ${shown.slice(0, SHOWN_ADDRESSES).map(([address, all]) => line(html`<span class="mono">${address}</span>`, `Address ${address}`, all, start, now))}
        <div class="timeline-axis quiet" aria-hidden="true"><span></span><span class="timeline-ends">${ticks(start, now)}</span></div>
      </div>
      ${shown.length > SHOWN_ADDRESSES ? html`<p class="quiet">And ${shown.length - SHOWN_ADDRESSES} addresses more.</p>` : nothing}
      ${here.length ? list(here, now) : nothing}`;
  }
}

const when = ({ from, to }) => `${formatTime(from)} to ${to ? formatTime(to) : 'now'}`;

function bar(fromIso, toIso, kind, text, state = '') {
  return { from: Date.parse(fromIso), to: toIso ? Date.parse(toIso) : null, kind, text, state, fromIso, toIso };
}

function line(label, spoken, bars, start, now) {
  const inside = bars.filter((each) => (each.to ?? now) > start);
  return html`<div class="timeline-line">${label}
    <svg viewBox="0 0 ${WIDTH} ${HEIGHT}" preserveAspectRatio="none" role="img" aria-label="${spoken}: ${inside.length ? inside.slice(0, SHOWN_SPANS).map((each) => each.text).join('; ') : 'not in this time'}">
      <rect class="bar-all" width=${WIDTH} height=${HEIGHT}></rect>
      ${inside.map((each) => drawn(each, start, now))}</svg></div>`;
}

function drawn({ from, to, kind, text, state }, start, now) {
  const x = (ms) => ((Math.max(ms, start) - start) / (now - start)) * WIDTH;
  const left = Math.min(x(from), WIDTH - 3);
  const end = to ?? now;
  const look = kind === 'here' ? `timeline-here ${state === 'idle' ? 'timeline-idle' : ''}` : to ? 'timeline-past' : 'timeline-now';
  return svg`<rect class=${look} x=${left} width=${Math.max(3, x(end) - left)} height=${HEIGHT}>
    <title>${text} (${formatDuration((end - from) / 1_000)})</title></rect>`;
}

/** Round moments within the time shown, so that one can read when something was. */
function ticks(start, end) {
  const text = end - start <= 2 * DAY_MS ? (ms) => formatClock(new Date(ms).toISOString()).slice(0, 5) : formatDayShort;
  return Array.from({ length: TICKS + 1 }, (_, i) => html`<span class=${i % 2 ? 'wide-only' : ''}>${i === TICKS ? 'now' : text(start + (i * (end - start)) / TICKS)}</span>`);
}

function list(here, now) {
  return html`<details class="timeline-list"><summary>As a list</summary>
    <ul class="plain lines">${here.slice(0, SHOWN_SPANS).map(({ fromIso, toIso, from, to }) => html`<li>
      <span>${when({ from: fromIso, to: toIso })}</span> <span class="quiet">${formatDuration(((to ?? now) - from) / 1_000)}</span></li>`)}</ul>
    ${here.length > SHOWN_SPANS ? html`<p class="quiet">The API has the other ${here.length - SHOWN_SPANS}.</p>` : nothing}</details>`;
}

customElements.define('inn-timeline', DeviceTimeline);
