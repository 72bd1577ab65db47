import { plainSentence } from './event-words.js';

const SPOKEN = new Set(['lease.added', 'lease.released', 'lease.expired', 'lease.declined', 'device.discovered', 'service.failed', 'config.rejected', 'security.rogue-dhcp']);
const PAUSE_MS = 5_000;

/** Tells a screen reader what matters, several changes in one sentence, never more often than each five seconds. */
export class Announcer {
  #live;
  #place;
  #waiting = [];
  #timer = 0;
  #phase = 'connecting';

  /** @param place function that returns the live region */
  constructor(live, place) {
    this.#live = live;
    this.#place = place;
    live.addEventListener('event', (e) => {
      if (SPOKEN.has(e.detail.type)) this.#say(plainSentence(e.detail));
    });
    live.addEventListener('stream', () => this.#onStream());
  }

  #onStream() {
    const { phase } = this.#live.stream;
    if (phase === this.#phase) return;
    if (phase === 'waiting' && this.#phase === 'live') this.#say('The live connection is cut. Trying again by itself.');
    if (phase === 'live' && this.#phase === 'waiting') this.#say('Connected again.');
    this.#phase = phase;
  }

  #say(text) {
    this.#waiting.push(text);
    this.#timer ||= setTimeout(() => this.#speak(), PAUSE_MS);
  }

  #speak() {
    this.#timer = 0;
    const texts = this.#waiting;
    this.#waiting = [];
    const place = this.#place();
    if (place) place.textContent = texts.length > 3 ? `${texts.length} changes. Last: ${texts.at(-1)}` : texts.join(' ');
  }
}
