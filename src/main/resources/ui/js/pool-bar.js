import { html, nothing, svg } from 'lit';
import { formatNumber } from './format.js';

/** In the order in which they stand in the bar. Each has a pattern of its own, so that nobody needs the colours. */
const PARTS = [
  ['active', 'leased'],
  ['offered', 'offered'],
  ['ended', 'remembered'],
  ['declined', 'set aside'],
  ['free', 'free'],
];

const MEANINGS = {
  active: 'Held by a client now',
  offered: 'Offered to a client that has not answered yet',
  ended: 'Free, and remembered for the client that had it last',
  declined: 'Somebody uses it who did not get it from here',
  free: 'Nobody had it',
};

/** The key of the colours and patterns, once for all bars. */
export function poolKey() {
  return html`<ul class="plain pool-key">${PARTS.map(([part, text]) => html`<li title=${MEANINGS[part]}>
    <svg width="18" height="12" aria-hidden="true"><rect class="part-${part}" width="18" height="12" rx="2"></rect>${pattern(part, 0, 18, 12)}</svg>${text}</li>`)}</ul>`;
}

/** How full a pool is: a bar, and the same in numbers. */
export function poolBar(pool) {
  const { size, range } = pool;
  const used = size > 0 ? Math.round(100 * (size - pool.free - pool.ended) / size) : 0;
  return html`<div class="pool" data-pool=${range}>
    <p class="pool-head"><span class="mono">${range.replace('-', ' – ')}</span> <strong>${used} % in use</strong></p>
    ${size > 0 ? bar(pool) : html`<p class="quiet">No address of this range can be handed out.</p>`}
    <p class="pool-numbers">${PARTS.filter(([part]) => pool[part] > 0 || part === 'active' || part === 'free')
    .map(([part, text]) => html`<span title=${MEANINGS[part]}><strong>${formatNumber(pool[part])}</strong> ${text}</span>`)}
      <span class="quiet">of ${formatNumber(size)}</span></p>
    <code class="where">${pool.where}</code>
  </div>`;
}

/** Whole thousandths of the width: a part that is there is seen, however small. */
function bar(pool) {
  let at = 0;
  const drawn = PARTS.filter(([part]) => pool[part] > 0).map(([part]) => {
    const width = Math.max(6, 1_000 * pool[part] / pool.size);
    const x = at;
    at += width;
    return { part, x, width };
  });
  return html`<svg class="pool-bar" viewBox="0 0 ${Math.max(1_000, at)} 22" preserveAspectRatio="none" width="100%" height="22" aria-hidden="true">
    ${drawn.map(({ part, x, width }) => svg`<rect class="part-${part}" x=${x} width=${width} height="22"></rect>${pattern(part, x, width, 22)}`)}</svg>`;
}

function pattern(part, x, width, height) {
  const step = height > 12 ? 10 : 5;
  const places = Array.from({ length: Math.min(200, Math.floor(width / step)) }, (_, i) => x + (i + 0.5) * step);
  if (part === 'ended') return svg`<path class="part-lines" d=${places.map((at) => `M${at} 0V${height}`).join('')}></path>`;
  if (part === 'declined') return svg`<path class="part-lines" d=${`M${x} ${height / 3}H${x + width}M${x} ${2 * height / 3}H${x + width}`}></path>`;
  if (part === 'offered') return svg`<path class="part-lines" d=${places.map((at) => `M${at - step / 2} ${height}L${at + step / 2} 0`).join('')}></path>`;
  return nothing;
}
