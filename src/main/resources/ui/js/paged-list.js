const PAGE = 200;
const MARK_MS = 4_000;
const WAIT_MS = 180;
const COUNT_MS = 1_000;

/**
 * A list that the server sorts, filters and sends page by page, and that events change in place. It says `change`
 * when there is something new to draw.
 */
export class PagedList extends EventTarget {
  items = [];
  total = 0;
  next = null;
  problem = null;
  loading = false;
  /** False until the first answer, good or bad. */
  loaded = false;
  /** Items that have just changed: key → 'new' | 'changed' | 'gone'. */
  marks = new Map();
  #fetchPage;
  #keyOf;
  #query = {};
  #abort = null;
  #timer = 0;
  #countTimer = 0;
  #markTimers = new Map();
  /** What events did while an answer was on its way: it may have been written before them. */
  #meanwhile = [];

  /**
   * @param fetchPage (query, signal) → promise of {items, next, total}
   * @param keyOf item → its identity
   */
  constructor(fetchPage, keyOf) {
    super();
    this.#fetchPage = fetchPage;
    this.#keyOf = keyOf;
  }

  /** Reads the list anew with another query; typing is waited for. The old rows stay until the answer is there. */
  ask(query, { soon = false } = {}) {
    this.#query = query;
    clearTimeout(this.#timer);
    if (soon) this.#timer = setTimeout(() => this.#read(null), WAIT_MS);
    else this.#read(null);
  }

  has(key) {
    return this.items.some((item) => this.#keyOf(item) === key);
  }

  reload() {
    this.#read(null);
  }

  more() {
    if (this.next && !this.loading) this.#read(this.next);
  }

  close() {
    this.#abort?.abort();
    clearTimeout(this.#timer);
    clearTimeout(this.#countTimer);
    for (const timer of this.#markTimers.values()) clearTimeout(timer);
    this.#markTimers.clear();
  }

  async #read(cursor) {
    this.#abort?.abort();
    const abort = new AbortController();
    this.#abort = abort;
    this.loading = true;
    this.#meanwhile = [];
    this.#say();
    try {
      const page = await this.#fetchPage({ ...this.#query, limit: PAGE, cursor }, abort.signal);
      this.#take(page, cursor !== null);
    } catch (problem) {
      if (abort.signal.aborted) return;
      this.problem = problem;
    }
    this.loading = false;
    this.loaded = true;
    for (const again of this.#meanwhile.splice(0)) again();
    this.#say();
  }

  #take(page, append) {
    const fresh = page.items ?? [];
    const known = new Set(append ? this.items.map(this.#keyOf) : []);
    this.items = append ? [...this.items, ...fresh.filter((item) => !known.has(this.#keyOf(item)))] : fresh;
    this.next = page.next ?? null;
    this.total = page.total ?? this.items.length;
    this.problem = null;
  }

  /**
   * Puts an item in its place, new or changed. One that sorts after the last loaded while more pages wait is left out:
   * its page will bring it.
   * @param mark how to show it, or null for no highlight
   */
  put(item, compare, mark) {
    if (this.loading) this.#meanwhile.push(() => this.put(item, compare, mark));
    const key = this.#keyOf(item);
    const at = this.items.findIndex((each) => this.#keyOf(each) === key);
    const returned = this.marks.get(key) === 'gone';
    const rest = at < 0 ? this.items : this.items.toSpliced(at, 1);
    const stays = at >= 0 && compare(this.items[at], item) === 0;
    const place = stays ? at : placeOf(rest, item, compare);
    if (place < rest.length || !this.next) {
      this.items = rest.toSpliced(place, 0, item);
      if (mark) this.#mark(key, at < 0 || returned ? 'new' : mark);
      else if (returned) this.#unmark(key);
    } else {
      this.items = rest;
    }
    this.#recount();
    this.#say();
  }

  /** Shows an item as gone for a moment, then takes it out. */
  remove(key) {
    if (this.loading) this.#meanwhile.push(() => this.remove(key));
    if (this.has(key) && this.marks.get(key) !== 'gone') {
      this.#mark(key, 'gone', () => {
        this.items = this.items.filter((item) => this.#keyOf(item) !== key);
      });
    }
    this.#recount();
    this.#say();
  }

  /** With everything loaded we can count; with more pages on the server, only the server can. */
  #recount() {
    if (this.next) this.#countTimer ||= setTimeout(() => this.#askCount(), COUNT_MS);
    else this.total = this.items.filter((item) => this.marks.get(this.#keyOf(item)) !== 'gone').length;
  }

  async #askCount() {
    this.#countTimer = 0;
    const query = this.#query;
    try {
      const { total } = await this.#fetchPage({ ...query, limit: 1 }, AbortSignal.timeout(10_000));
      if (query !== this.#query || this.loading || !this.next) return;
      this.total = total ?? this.total;
      this.#say();
    } catch { /* the old count stays; the stream's state tells of the trouble */ }
  }

  #mark(key, mark, after = () => {}) {
    this.marks.set(key, mark);
    clearTimeout(this.#markTimers.get(key));
    this.#markTimers.set(key, setTimeout(() => {
      this.#unmark(key);
      after();
      this.#say();
    }, MARK_MS));
  }

  #unmark(key) {
    clearTimeout(this.#markTimers.get(key));
    this.#markTimers.delete(key);
    this.marks.delete(key);
  }

  #say() {
    this.dispatchEvent(new Event('change'));
  }
}

/** The place where an item belongs, by halving; the list is in order already. */
function placeOf(items, item, compare) {
  let low = 0;
  let high = items.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (compare(items[middle], item) <= 0) low = middle + 1;
    else high = middle;
  }
  return low;
}

/**
 * @param sort e.g. `-expiresAt`
 * @param valueOf (item, field) → a value to compare; null sorts last when ascending
 */
export function comparator(sort, valueOf) {
  const descending = sort.startsWith('-');
  const field = descending ? sort.slice(1) : sort;
  return (a, b) => {
    const [x, y] = [valueOf(a, field), valueOf(b, field)];
    const order = x === y ? 0 : x === null ? 1 : y === null ? -1 : x < y ? -1 : 1;
    return descending ? -order : order;
  };
}

/** Calls `onMore` when the list's end comes near the visible part of the page. */
export class MoreOnScroll {
  #observer;
  #seen = null;

  constructor(onMore) {
    this.#observer = new IntersectionObserver((entries) => {
      if (entries.some((entry) => entry.isIntersecting)) onMore();
    }, { rootMargin: '600px' });
  }

  /** Call after each drawing, with the button at the list's end (or null). */
  watch(button) {
    if (this.#seen) this.#observer.unobserve(this.#seen);
    this.#seen = button;
    if (button) this.#observer.observe(button);
  }

  close() {
    this.#observer.disconnect();
  }
}
