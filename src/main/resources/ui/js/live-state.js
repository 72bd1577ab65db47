import { LitElement, html, nothing } from 'lit';
import { LiveController } from './live.js';
import { TickController } from './clock.js';
import { formatClock } from './format.js';

/** A cut shorter than this heals without a word. */
const PATIENCE_MS = 1_500;

const secondsUntil = (ms) => Math.max(1, Math.ceil((ms - Date.now()) / 1_000));

/** The small pill in the header: connected, reconnecting, cut; with the number of the last event. */
class LiveState extends LitElement {
  static properties = { live: { attribute: false } };

  constructor() {
    super();
    new LiveController(this, { stream: null, event: null });
    new TickController(this, () => this.#words().text);
  }

  createRenderRoot() { return this; }

  #words() {
    const { phase, retryAt } = this.live?.stream ?? {};
    if (phase === 'live') return { tone: 'live', text: 'Live' };
    if (!navigator.onLine) return { tone: 'cut', text: 'Offline' };
    if (phase === 'waiting') return { tone: 'cut', text: retryAt ? `Cut, again in ${secondsUntil(retryAt)} s` : 'Reconnecting…' };
    return { tone: 'connecting', text: 'Connecting…' };
  }

  render() {
    const { tone, text } = this.#words();
    const { lastNumber } = this.live.stream;
    const title = tone === 'live' ? `Changes appear by themselves. Last event: number ${lastNumber ?? '–'}` : this.live.stream.reason;
    return html`<span class="pill ${tone}" title=${title}><span class="dot" aria-hidden="true"></span>${text}
      ${tone === 'live' && lastNumber !== null ? html`<span class="pill-number">#${lastNumber}</span>` : nothing}</span>`;
  }
}

/** The line under the header that says plainly that the page is out of date. */
class StreamBanner extends LitElement {
  static properties = { live: { attribute: false } };

  constructor() {
    super();
    new LiveController(this, { stream: null });
    new TickController(this, () => this.#shown() && `${this.live.stream.retryAt}/${Math.ceil(Date.now() / 1_000)}`);
  }

  createRenderRoot() { return this; }

  #shown() {
    const { phase, since } = this.live?.stream ?? {};
    return phase === 'waiting' && Date.now() - since > PATIENCE_MS;
  }

  render() {
    if (!this.#shown()) return nothing;
    const { since, retryAt, reason } = this.live.stream;
    return html`<div class="banner"><p class="wide">
      <span><strong>The live connection is cut</strong> since ${formatClock(new Date(since).toISOString())}. ${reason} What you see may be out of date.
      ${retryAt ? `Next try in ${secondsUntil(retryAt)} s.` : 'Trying now…'}</span>
      <button type="button" class="button" ?disabled=${!retryAt} @click=${() => this.live.retryNow()}>Try now</button></p></div>`;
  }
}

customElements.define('inn-live-state', LiveState);
customElements.define('inn-stream-banner', StreamBanner);
