import { LitElement, html, nothing, svg } from 'lit';
import { TickController, pageClock } from './clock.js';
import { formatDuration, formatExact } from './format.js';
import { barOf, nextOf, stageOf } from './uplink-words.js';

/** `<inn-uplink-lease .held=…>`: an address or a prefix that counts down, as text and as a bar with what comes on the way. */
class UplinkLease extends LitElement {
  static properties = { held: { attribute: false } };

  constructor() {
    super();
    new TickController(this, () => Math.floor(pageClock.now() / 1_000));
  }

  createRenderRoot() { return this; }

  render() {
    const { held } = this;
    const now = pageClock.now();
    const stage = stageOf(held, now);
    const bar = barOf(held, now);
    return html`<div class="uplink-lease ${stage}" data-held=${held.kind}>
      <p class="uplink-address"><span class="visually-hidden">${held.kind === 'prefix' ? 'Prefix' : 'Address'}</span><span class="mono">${held.text}</span>
        ${held.kind === 'prefix' ? html`<span class="badge">prefix</span>` : nothing}</p>
      ${bar ? this.#bar(bar) : nothing}
      <p class="uplink-next">${bar ? nextOf(held, now).map(({ name, text, seconds }) => html`<span data-next=${name} title=${formatExact(held[name])}>${text} <strong>${seconds > 0 ? `in ${formatDuration(seconds)}` : 'now'}</strong></span>`)
    : html`<span><strong>never ends</strong></span>`}
        <span class="quiet">told <inn-ago .at=${held.heardAt}></inn-ago></span></p>
    </div>`;
  }

  #bar({ done, marks }) {
    return html`<svg class="uplink-bar" viewBox="0 0 1000 16" preserveAspectRatio="none" width="100%" height="16" aria-hidden="true">
      <rect class="uplink-all" width="1000" height="16"></rect><rect class="uplink-left" x=${done} width=${1_000 - done} height="16"></rect>
      ${marks.map(({ at, name, passed }) => svg`<path class="uplink-mark ${name} ${passed ? 'passed' : ''}" d="M${at} 0V16"></path>`)}</svg>`;
  }
}

customElements.define('inn-uplink-lease', UplinkLease);
