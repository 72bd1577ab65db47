import { LitElement, html, nothing, svg } from 'lit';
import { formatClock, formatNumber } from './format.js';
import { GROUPS, groupCounts } from './dns-words.js';

const HEIGHT = 150;
const BAR = 10;
const GAP = 2;
const MOST_LINES = 100;

/** How many questions were answered how, over time: a stack for each slot, each part with a look of its own. */
class DnsChart extends LitElement {
  static properties = { statistics: { attribute: false } };

  createRenderRoot() { return this; }

  render() {
    const { from, to, slotSeconds, series } = this.statistics;
    const start = Date.parse(from);
    const slots = Math.round((Date.parse(to) - start) / 1_000 / slotSeconds);
    const known = series.map((slot) => ({ at: Math.round((Date.parse(slot.from) - start) / 1_000 / slotSeconds), from: slot.from, counts: groupCounts(slot.counts) }));
    const most = ceiling(Math.max(4, ...known.map(({ counts }) => sum(counts))));
    const totals = GROUPS.map((_, i) => sum(known.map(({ counts }) => counts[i])));
    return html`<section class="card pad dns-chart" aria-labelledby="dns-chart-title">
      <div class="section-head"><h2 id="dns-chart-title">Queries over time</h2>
        <ul class="plain dns-key">${GROUPS.map(([name, word], i) => html`<li><svg width="16" height="16" aria-hidden="true"><rect class="dns-part-${name}" x="1" y="1" width="14" height="14"></rect>${name === 'blocked' ? svg`<path class="dns-stripes" stroke-width="14" d="M8 1V15"></path>` : nothing}</svg>${word} <strong>${formatNumber(totals[i])}</strong></li>`)}</ul></div>
      <div class="dns-plot">
        <span class="dns-most quiet">${formatNumber(most)}</span>
        <svg class="dns-bars" viewBox="0 0 ${slots * BAR} ${HEIGHT}" preserveAspectRatio="none" role="img" aria-label=${this.#label(totals)}>
          <path class="dns-line" d="M0 ${HEIGHT - 0.5}H${slots * BAR}M0 ${HEIGHT / 2}H${slots * BAR}M0 .5H${slots * BAR}"></path>
          ${known.filter(({ at }) => at >= 0 && at < slots).map(({ at, from: slot, counts }) => stack(at, counts, most, `${clock(slot)}: ${words(counts)}`))}
        </svg>
        <p class="dns-axis quiet"><span>${clock(from)}</span><span>${clock(new Date(start + (slots * slotSeconds * 1_000) / 2).toISOString())}</span><span>now</span></p>
      </div>
      ${known.length ? html`<details class="dns-numbers"><summary>The same in numbers</summary><ol class="plain lines">${known.slice(-MOST_LINES).toReversed().map(({ from: slot, counts }) => html`<li><span class="mono">${clock(slot)}</span> ${words(counts)}</li>`)}</ol></details>` : nothing}</section>`;
  }

  #label(totals) {
    const when = this.statistics.window === 'hour' ? 'the last hour' : 'the last 24 hours';
    return `In ${when}: ${words(totals)}`;
  }
}

const sum = (numbers) => numbers.reduce((all, each) => all + each, 0);
const clock = (iso) => formatClock(iso).slice(0, 5);

function words(counts) {
  const parts = GROUPS.map(([, word], i) => (counts[i] ? `${formatNumber(counts[i])} ${word}` : null)).filter(Boolean);
  return parts.length ? parts.join(', ') : 'no query';
}

/** A round number that is not smaller. */
function ceiling(value) {
  const power = 10 ** Math.floor(Math.log10(value));
  return [1, 1.2, 1.6, 2, 3, 4, 5, 6, 8, 10].map((step) => step * power).find((step) => step >= value);
}

function stack(at, counts, most, title) {
  let top = HEIGHT;
  return svg`<g><title>${title}</title><rect class="dns-touch" x=${at * BAR} y="0" width=${BAR} height=${HEIGHT}></rect>${counts.map((count, i) => {
    if (!count) return nothing;
    const height = Math.max(2, (count / most) * HEIGHT);
    top -= height;
    const y = Math.max(0, top);
    const stripes = GROUPS[i][0] === 'blocked' ? svg`<path class="dns-stripes" stroke-width=${BAR - GAP} d="M${(at + 0.5) * BAR} ${y}V${y + height}"></path>` : nothing;
    return svg`<rect class="dns-part-${GROUPS[i][0]}" x=${at * BAR + GAP / 2} y=${y} width=${BAR - GAP} height=${height}></rect>${stripes}`;
  })}</g>`;
}

customElements.define('inn-dns-chart', DnsChart);
