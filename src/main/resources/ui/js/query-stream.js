import { problemOf } from './api.js';
import { SseParser } from './stream.js';

const FIRST_DELAY_MS = 1_000;
const LONGEST_DELAY_MS = 30_000;

/**
 * Queries as they come. It says `rows` (detail: those of the same moment, oldest first), `lost` (detail: how many were left out),
 * and `state`. A page that nobody looks at lets go of the connection: a browser has few for each server.
 */
export class QueryStream extends EventTarget {
  /** 'off', 'connecting', 'live' or 'waiting' */
  state = 'off';
  #url = null;
  #abort = null;
  #timer = 0;
  #failures = 0;
  #onVisible = () => this.#connect();

  /** Follows what this address tells; another address takes its place. */
  open(url) {
    if (this.#url === null) document.addEventListener('visibilitychange', this.#onVisible);
    this.#url = url;
    this.#failures = 0;
    this.#connect();
  }

  close() {
    document.removeEventListener('visibilitychange', this.#onVisible);
    this.#url = null;
    this.#connect();
  }

  #connect() {
    this.#abort?.abort();
    this.#abort = null;
    clearTimeout(this.#timer);
    if (this.#url === null || document.hidden) return this.#say('off');
    this.#abort = new AbortController();
    this.#follow(this.#url, this.#abort.signal);
  }

  async #follow(url, signal) {
    this.#say(this.#failures ? 'waiting' : 'connecting');
    try {
      await this.#read(url, signal);
    } catch { /* whatever it was, it is tried again */ }
    if (signal.aborted) return;
    this.#say('waiting');
    const delay = Math.min(LONGEST_DELAY_MS, FIRST_DELAY_MS * 2 ** this.#failures++);
    this.#timer = setTimeout(() => this.#connect(), delay);
  }

  async #read(url, signal) {
    const response = await fetch(url, { headers: { Accept: 'text/event-stream' }, signal, cache: 'no-store' });
    if (!response.ok) throw await problemOf(response);
    this.#failures = 0;
    this.#say('live');
    let rows = [];
    const parser = new SseParser(({ type, data }) => {
      if (type === 'query') rows.push(JSON.parse(data));
      if (type === 'lost') this.dispatchEvent(new CustomEvent('lost', { detail: JSON.parse(data).rows }));
    });
    const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
    for (;;) {
      const { value, done } = await reader.read();
      if (done) return;
      parser.feed(value);
      if (rows.length) this.dispatchEvent(new CustomEvent('rows', { detail: rows }));
      rows = [];
    }
  }

  #say(state) {
    if (state === this.state) return;
    this.state = state;
    this.dispatchEvent(new Event('state'));
  }
}
