import { LitElement, html } from 'lit';
import { formatAgo, formatDuration, formatExact } from './format.js';

/** One beat a second for everything on the page that moves with time, on the server's clock. */
class Clock extends EventTarget {
  #offsetMs = 0;

  constructor() {
    super();
    setInterval(() => {
      if (!document.hidden) this.dispatchEvent(new Event('tick'));
    }, 1_000);
    document.addEventListener('visibilitychange', () => this.dispatchEvent(new Event('tick')));
  }

  /** Learns the server's time, so that a wrong clock in this browser does not show wrong times left. */
  learn(serverIso) {
    const server = Date.parse(serverIso);
    if (Number.isNaN(server)) return;
    const offset = server - Date.now();
    this.#offsetMs = Math.abs(offset) < 2_000 ? 0 : offset;
  }

  now() {
    return Date.now() + this.#offsetMs;
  }
}

export const pageClock = new Clock();

/** Calls `host.requestUpdate()` each second, but only when what `look` returns has changed. */
export class TickController {
  #host;
  #look;
  #seen;
  #onTick = () => {
    const now = this.#look();
    if (now === this.#seen) return;
    this.#seen = now;
    this.#host.requestUpdate();
  };

  constructor(host, look) {
    this.#host = host;
    this.#look = look;
    host.addController(this);
  }

  hostConnected() { pageClock.addEventListener('tick', this.#onTick); }
  hostDisconnected() { pageClock.removeEventListener('tick', this.#onTick); }
}

/** `<inn-ago at="2026-…">`: how long ago, kept up to date. */
class Ago extends LitElement {
  static properties = { at: {} };

  constructor() {
    super();
    new TickController(this, () => formatAgo(this.at, pageClock.now()));
  }

  createRenderRoot() { return this; }

  render() {
    return html`<time datetime=${this.at ?? ''} title=${formatExact(this.at)}>${formatAgo(this.at, pageClock.now())}</time>`;
  }
}

/** `<inn-for at="2026-…">`: how long something lasts already, kept up to date. */
class LastsFor extends LitElement {
  static properties = { at: {} };

  constructor() {
    super();
    new TickController(this, () => this.#text());
  }

  createRenderRoot() { return this; }

  #text() {
    const seconds = (pageClock.now() - Date.parse(this.at)) / 1_000;
    return seconds < 60 ? 'since just now' : `for ${formatDuration(seconds).replace(/ \d\d s$/, '')}`;
  }

  render() {
    return html`<time datetime=${this.at ?? ''} title="since ${formatExact(this.at)}">${this.#text()}</time>`;
  }
}

/** `<inn-time-left .lease=…>`: what remains of a lease, as text and as a thin bar. */
class TimeLeft extends LitElement {
  static properties = { lease: { attribute: false } };

  constructor() {
    super();
    new TickController(this, () => this.#text() + this.#percent());
  }

  createRenderRoot() { return this; }

  #leftSeconds() {
    return (Date.parse(this.lease.expiresAt) - pageClock.now()) / 1_000;
  }

  #text() {
    if (!this.lease) return '';
    if (this.lease.expiry === 'infinite') return 'never ends';
    if (this.lease.expiry === 'unknown' || !this.lease.expiresAt) return 'not known';
    const left = this.#leftSeconds();
    return left > 0 ? formatDuration(left) : 'time is up';
  }

  /** Whole percent that remains, or null when there is no bar to draw. */
  #percent() {
    const { expiry, expiresAt, lifetimeSeconds } = this.lease ?? {};
    if (expiry !== 'at' || !expiresAt || !lifetimeSeconds) return null;
    return Math.round(Math.min(1, Math.max(0, this.#leftSeconds() / lifetimeSeconds)) * 100);
  }

  render() {
    const { expiry, expiresAt } = this.lease ?? {};
    if (expiry === 'infinite') return html`<span class="left-text quiet" title="Given for ever: it ends only when it is given back or changed"><span aria-hidden="true">∞ </span>never ends</span>`;
    if (expiry === 'unknown' || !expiresAt) return html`<span class="left-text quiet" title="The source does not say when this lease ends">not known</span>`;
    const percent = this.#percent();
    const tone = this.#leftSeconds() <= 0 ? 'over' : percent !== null && percent < 10 ? 'low' : '';
    return html`<span class="left-text ${tone}" title="Until ${formatExact(expiresAt)}">${this.#text()}</span>
      ${percent === null ? null : html`<svg class="left-bar ${tone}" aria-hidden="true" width="100%" height="3"><rect class="bar-all" width="100%" height="3" rx="1.5"></rect><rect class="bar-left" width="${percent}%" height="3" rx="1.5"></rect></svg>`}`;
  }
}

customElements.define('inn-ago', Ago);
customElements.define('inn-for', LastsFor);
customElements.define('inn-time-left', TimeLeft);
