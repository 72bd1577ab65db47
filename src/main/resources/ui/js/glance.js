import { LitElement, html, nothing, svg } from 'lit';
import { LiveController } from './live.js';
import { TickController, pageClock } from './clock.js';
import { formatClock, formatNumber } from './format.js';
import { hrefOf } from './router.js';

const BARS = 30;
const BAR_MS = 120_000;
const HEIGHT = 36;

/** The numbers at a glance, and the last hour as small bars. */
class Glance extends LitElement {
  static properties = { live: { attribute: false } };

  constructor() {
    super();
    new LiveController(this, { status: null, event: null, events: null });
    new TickController(this, () => Math.floor(pageClock.now() / BAR_MS));
  }

  createRenderRoot() { return this; }

  render() {
    const { leases, devices } = this.live.status ?? {};
    return html`<section class="glance card" aria-label="At a glance">
      ${this.#figure(leases?.active, 'active leases', hrefOf('leases'), this.#split(leases))}
      ${this.#figure(leases?.static, 'static', hrefOf('leases', null, { allocation: 'static' }), null, 'key')}
      ${this.#figure(leases?.dynamic, 'dynamic', hrefOf('leases', null, { allocation: 'dynamic' }))}
      ${this.#figure(devices?.total, 'devices', hrefOf('devices'))}
      ${this.#figure(devices?.newToday, 'new in 24 h', hrefOf('devices', null, { sort: '-firstSeenAt' }), null, devices?.newToday ? 'news' : '')}
      ${this.#sparkline()}
    </section>`;
  }

  #figure(value, label, href, extra = null, tone = '') {
    return html`<a class="figure ${tone}" href=${href}>
      <span class="figure-value">${value === undefined ? '–' : formatNumber(value)}</span><span class="figure-label">${label}</span>${extra ?? nothing}</a>`;
  }

  #split(leases) {
    if (!leases?.active) return null;
    const percent = Math.round((leases.static / leases.active) * 100);
    return html`<svg class="split" width="100%" height="4" aria-hidden="true"><rect class="split-all" width="100%" height="4" rx="2"></rect><rect class="split-key" width="${percent}%" height="4" rx="2"></rect></svg>`;
  }

  #sparkline() {
    const end = (Math.floor(pageClock.now() / BAR_MS) + 1) * BAR_MS;
    const counts = Array(BARS).fill(0);
    const leaseEvents = this.live.events.filter((event) => event.type.startsWith('lease.'));
    for (const event of leaseEvents) {
      const bar = BARS - 1 - Math.floor((end - 1 - Date.parse(event.at)) / BAR_MS);
      if (bar >= 0 && bar < BARS) counts[bar]++;
    }
    const total = counts.reduce((sum, count) => sum + count, 0);
    const most = Math.max(4, ...counts);
    return html`<a class="spark" href=${hrefOf('events')}>
      <svg viewBox="0 0 ${BARS * 5} ${HEIGHT}" preserveAspectRatio="none" aria-hidden="true">
        ${counts.map((count, i) => {
    const height = count ? Math.max(3, (count / most) * HEIGHT) : 1.5;
    return svg`<rect class=${count ? 'spark-bar' : 'spark-none'} x=${i * 5 + 1} y=${HEIGHT - height} width="3" height=${height} rx="1"></rect>`;
  })}
      </svg>
      <span class="figure-label">${formatNumber(total)} lease ${total === 1 ? 'event' : 'events'}, ${this.#span(end - BARS * BAR_MS)}</span></a>`;
  }

  /** The page holds only the last events: on a busy network they do not reach back a whole hour. */
  #span(startMs) {
    const first = this.live.events[0];
    const cut = first && Date.parse(first.at) > startMs && (this.live.status?.events?.oldest ?? first.number) < first.number;
    return cut ? `since ${formatClock(first.at).slice(0, 5)}` : 'last hour';
  }
}

customElements.define('inn-glance', Glance);
