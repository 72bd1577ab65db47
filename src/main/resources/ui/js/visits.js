import { pageClock } from './clock.js';

const KEY = 'innkeeper.visit';
/** Whoever comes back within this time has never been away. */
const PAUSE_MS = 30 * 60_000;
const BEAT_MS = 30_000;
/** The API takes nine digits. */
const MOST_MS = 1e9;

/** When this person was here last, as this browser remembers it. It says `change` when what is new changes. */
class Visits extends EventTarget {
  /** What was first seen after this moment (ms since 1970) is new; null on the first visit, where everything would be. */
  since = null;
  /** The page may be opened before it has learned the server's clock; times are compared when they are needed. */
  #offset = () => pageClock.now() - Date.now();

  constructor() {
    super();
    const { since = null, active = null } = remembered();
    this.since = active === null || Date.now() - active < PAUSE_MS ? since : active;
    this.#remember();
    setInterval(() => { if (!document.hidden) this.#remember(); }, BEAT_MS);
    window.addEventListener('pagehide', () => this.#remember());
    document.addEventListener('visibilitychange', () => this.#onVisible());
  }

  /** True for a device that was not known at the last visit. */
  isNew(device) {
    return this.since !== null && Date.parse(device.firstSeenAt) > this.since + this.#offset();
  }

  /** How long ago the last visit was, as the API takes it; a day on the first visit. */
  get span() {
    const ms = this.since === null ? 86_400_000 : Date.now() - this.since;
    return ms < MOST_MS ? `${Math.max(1, Math.round(ms))}ms` : `${Math.ceil(ms / 1_000)}s`;
  }

  /** The person has seen what is new. */
  seen() {
    this.since = Date.now();
    this.#remember();
    this.dispatchEvent(new Event('change'));
  }

  /** A page that was left open over night is visited anew in the morning. */
  #onVisible() {
    if (document.hidden) {
      this.#remember();
      return;
    }
    const { active = null } = remembered();
    if (active !== null && Date.now() - active >= PAUSE_MS) this.since = active;
    this.#remember();
    this.dispatchEvent(new Event('change'));
  }

  #remember() {
    try {
      localStorage.setItem(KEY, JSON.stringify({ since: this.since ?? Date.now(), active: Date.now() }));
    } catch { /* storage may be forbidden; then nothing stands out */ }
  }
}

function remembered() {
  try {
    return JSON.parse(localStorage.getItem(KEY)) ?? {};
  } catch {
    return {};
  }
}

export const visits = new Visits();
