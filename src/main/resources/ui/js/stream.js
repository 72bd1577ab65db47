import { problemOf } from './api.js';

const FIRST_DELAY_MS = 1_000;
const LONGEST_DELAY_MS = 30_000;
/** Innkeeper sends a heartbeat well within this time; silence beyond it means that the connection is dead. */
const SILENCE_MS = 60_000;
const LONGEST_MESSAGE = 4_000_000;

/** Takes text apart by the rules of server-sent events (HTML Living Standard, 9.2.6). */
export class SseParser {
  #rest = '';
  #type = '';
  #data = [];
  #id = null;
  #onMessage;

  constructor(onMessage) {
    this.#onMessage = onMessage;
  }

  feed(text) {
    let all = this.#rest + text;
    // A CR at the very end may be the first half of a CR LF.
    const held = all.endsWith('\r') ? '\r' : '';
    if (held) all = all.slice(0, -1);
    const lines = all.split(/\r\n|\n|\r/);
    this.#rest = lines.pop() + held;
    if (this.#rest.length > LONGEST_MESSAGE) throw new Error('a line of the stream is too long');
    for (const line of lines) this.#line(line);
  }

  #line(line) {
    if (line === '') return this.#dispatch();
    const colon = line.indexOf(':');
    if (colon === 0) return; // a comment: the heartbeat
    const field = colon < 0 ? line : line.slice(0, colon);
    const value = colon < 0 ? '' : line.slice(colon + 1).replace(/^ /, '');
    if (field === 'data') this.#data.push(value);
    else if (field === 'event') this.#type = value;
    else if (field === 'id') this.#id = value;
  }

  #dispatch() {
    const message = { type: this.#type || 'message', data: this.#data.join('\n'), id: this.#id };
    const empty = this.#data.length === 0;
    this.#type = '';
    this.#data = [];
    if (!empty) this.#onMessage(message);
  }
}

/**
 * The event stream of Innkeeper, kept open. It says `state` when the connection changes, `message` (detail: the
 * event as sent) for each event, and `reset` when the server no longer holds the events we missed.
 *
 * `fetch` rather than EventSource: it shows heartbeats and HTTP errors, so a dead connection is noticed.
 */
export class EventStream extends EventTarget {
  /** Number of the last event seen, or null before the first. */
  lastNumber = null;
  /** {phase: 'connecting'|'live'|'waiting', since, retryAt, reason}; times in milliseconds since 1970 */
  state = { phase: 'connecting', since: Date.now(), retryAt: null, reason: '' };
  #url;
  #failures = 0;
  #abort = null;
  #timer = 0;
  #lastByteAt = 0;

  constructor(url) {
    super();
    this.#url = url;
    window.addEventListener('online', () => this.retryNow());
    document.addEventListener('visibilitychange', () => this.#onVisible());
    // A page kept in the browser's back/forward cache must not hold one of the few connections to a host.
    window.addEventListener('pagehide', () => this.#abort?.abort());
    window.addEventListener('pageshow', (event) => { if (event.persisted) this.retryNow(); });
  }

  /** Opens the stream after event number `after` (null: from now on). */
  start(after) {
    this.lastNumber = after;
    this.#connect();
  }

  /** Tries at once instead of waiting for the next try. */
  retryNow() {
    if (this.state.phase !== 'waiting') return;
    clearTimeout(this.#timer);
    this.#connect();
  }

  #onVisible() {
    if (document.visibilityState !== 'visible') return;
    if (this.state.phase === 'live' && Date.now() - this.#lastByteAt > SILENCE_MS) this.#abort?.abort();
    this.retryNow();
  }

  async #connect() {
    // A lost connection keeps its `since`: it tells how old the picture is.
    this.#say({ ...this.state, phase: this.#failures ? 'waiting' : 'connecting', retryAt: null });
    const abort = new AbortController();
    this.#abort = abort;
    this.#lastByteAt = Date.now();
    const watchdog = setInterval(() => {
      if (Date.now() - this.#lastByteAt > SILENCE_MS) abort.abort();
    }, 5_000);
    let reason = 'The server closed the connection.';
    try {
      await this.#read(abort.signal);
    } catch (error) {
      reason = abort.signal.aborted ? 'Nothing came for a while.' : reasonOf(error);
    } finally {
      clearInterval(watchdog);
      abort.abort();
    }
    this.#wait(reason);
  }

  async #read(signal) {
    const url = this.lastNumber === null ? this.#url : `${this.#url}?after=${this.lastNumber}`;
    const headers = { Accept: 'text/event-stream' };
    if (this.lastNumber !== null) headers['Last-Event-ID'] = String(this.lastNumber);
    const response = await fetch(url, { headers, signal, cache: 'no-store' });
    if (!response.ok) throw await problemOf(response);
    this.#failures = 0;
    this.#say({ phase: 'live', since: Date.now(), retryAt: null, reason: '' });
    const parser = new SseParser((message) => this.#receive(message));
    const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
    for (;;) {
      const { value, done } = await reader.read();
      if (done) return;
      this.#lastByteAt = Date.now();
      parser.feed(value);
    }
  }

  #receive(message) {
    const number = Number(message.id);
    if (message.id !== null && Number.isSafeInteger(number)) this.lastNumber = number;
    let body;
    try {
      body = JSON.parse(message.data);
    } catch {
      console.warn('event that is not JSON', message.type, message.id);
      return;
    }
    if (message.type === 'reset') {
      if (Number.isSafeInteger(body.newest)) this.lastNumber = body.newest;
      this.dispatchEvent(new CustomEvent('reset'));
    } else {
      this.dispatchEvent(new CustomEvent('message', { detail: body }));
    }
  }

  #wait(reason) {
    const plain = Math.min(FIRST_DELAY_MS * 2 ** this.#failures, LONGEST_DELAY_MS);
    // Spread out, so that many pages do not all come back in the same instant.
    const delay = plain * (0.8 + 0.4 * Math.random());
    const since = this.#failures ? this.state.since : Date.now();
    this.#failures++;
    this.#say({ phase: 'waiting', since, retryAt: Date.now() + delay, reason });
    this.#timer = setTimeout(() => this.#connect(), delay);
  }

  #say(state) {
    this.state = state;
    this.dispatchEvent(new CustomEvent('state'));
  }
}

function reasonOf(error) {
  if (!navigator.onLine) return 'This machine is offline.';
  if (error?.status) return `${error.title}. ${error.detail}`.trim();
  return 'Innkeeper does not answer.';
}
