import { pageClock } from './clock.js';

const KEPT_EVENTS = 500;
const RECENT_EVENTS = 100;

/**
 * What the whole page shares: the counts, the services, the last events and the state of the stream.
 * It says `status`, `services`, `stream` when those change, `event` (detail: the event) for each event, and
 * `reload` when a view must read everything again.
 */
export class Live extends EventTarget {
  status = null;
  services = null;
  /** Whose queries are on record, such as `dns` (our own) and `dnsmasq/home`. */
  dnsServers = [];
  /** The last events, oldest first. */
  events = [];
  #api;
  #stream;
  #statusTimer = 0;
  #servicesTimer = 0;

  constructor(api, stream) {
    super();
    this.#api = api;
    this.#stream = stream;
    stream.addEventListener('message', (e) => this.#onEvent(e.detail));
    stream.addEventListener('reset', () => this.#reload());
    stream.addEventListener('state', () => this.#onState());
    // Counts such as "new in the last 24 h" change without an event, and a dnsmasq may begin to tell its queries.
    setInterval(() => { this.#refreshStatus(); this.#refreshServices(); }, 60_000);
  }

  get stream() {
    return { ...this.#stream.state, lastNumber: this.#stream.lastNumber };
  }

  get demo() {
    return this.status?.demo === true;
  }

  /** First the number of the newest event, then the stream after it: nothing in between is missed. */
  async start() {
    await this.#refreshStatus();
    this.#stream.start(this.status?.events?.newest ?? null);
    await Promise.all([this.#loadEvents(), this.#refreshServices()]);
  }

  retryNow() {
    this.#stream.retryNow();
  }

  /** The names of the lease sources that are watched. */
  get sources() {
    const all = (this.services ?? []).flatMap((service) => service.detail?.sources ?? []);
    return [...new Set(all.map((source) => source?.name).filter(Boolean))];
  }

  /** True where Innkeeper's own DHCP server is among the services. */
  get dhcp4() {
    return (this.services ?? []).some((service) => service.name === 'dhcp4');
  }

  /** True where Innkeeper's own DNS server is among the services. */
  get dns() {
    return (this.services ?? []).some((service) => service.name === 'dns');
  }

  /** True where the lease monitor is among the services. */
  get leaseMonitor() {
    return (this.services ?? []).some((service) => service.name === 'lease-monitor');
  }

  /** True where it is on record what somebody's DNS server is asked. */
  get anyDns() {
    return this.dns || this.dnsServers.length > 0;
  }

  #onState() {
    const live = this.#stream.state.phase === 'live';
    // The page was opened while Innkeeper was away: nothing has been read yet.
    if (live && this.status === null) this.#reload();
    this.#say('stream');
  }

  #onEvent(event) {
    if (!event?.type || this.events.some((known) => known.number === event.number)) return;
    this.events = [...this.events, event].slice(-KEPT_EVENTS);
    if (/^(lease|device)\./.test(event.type)) this.#soonStatus();
    if (/^(service|config)\./.test(event.type)) this.#soonServices();
    this.dispatchEvent(new CustomEvent('event', { detail: event }));
  }

  #reload() {
    this.events = [];
    this.#refreshStatus();
    this.#refreshServices();
    this.#loadEvents();
    this.#say('reload');
  }

  async #loadEvents() {
    try {
      const { items } = await this.#api.recentEvents(RECENT_EVENTS);
      const known = new Set(this.events.map((event) => event.number));
      this.events = [...items.filter((event) => !known.has(event.number)), ...this.events]
        .sort((a, b) => a.number - b.number)
        .slice(-KEPT_EVENTS);
      this.#say('events');
    } catch { /* the events that come now are shown; the stream's state tells of the trouble */ }
  }

  #soonStatus() {
    this.#statusTimer ||= setTimeout(() => this.#refreshStatus(), 700);
  }

  #soonServices() {
    this.#servicesTimer ||= setTimeout(() => this.#refreshServices(), 300);
  }

  async #refreshStatus() {
    clearTimeout(this.#statusTimer);
    this.#statusTimer = 0;
    try {
      this.status = await this.#api.status();
      pageClock.learn(this.status.now);
      this.#say('status');
    } catch { /* the old counts stay; the stream's state tells of the trouble */ }
  }

  async #refreshServices() {
    clearTimeout(this.#servicesTimer);
    this.#servicesTimer = 0;
    try {
      const [services, servers] = await Promise.all([this.#api.services(), this.#api.dnsServers()]);
      Object.assign(this, { services: services.items, dnsServers: servers.items });
      this.#say('services');
    } catch { /* as above */ }
  }

  refreshServices() {
    return this.#refreshServices();
  }

  #say(type) {
    this.dispatchEvent(new Event(type));
  }
}

/** Subscribes a Lit element to Live for as long as it is on the page. Handlers are called with the element as `this`. */
export class LiveController {
  #host;
  #handlers;
  #bound = [];

  /** @param handlers e.g. {status: null, event: this.onEvent}; null means: draw again */
  constructor(host, handlers) {
    this.#host = host;
    this.#handlers = handlers;
    host.addController(this);
  }

  hostConnected() {
    for (const [type, handler] of Object.entries(this.#handlers)) {
      const bound = (event) => (handler ? handler.call(this.#host, event.detail) : this.#host.requestUpdate());
      this.#host.live.addEventListener(type, bound);
      this.#bound.push([type, bound]);
    }
  }

  hostDisconnected() {
    for (const [type, bound] of this.#bound) this.#host.live.removeEventListener(type, bound);
    this.#bound = [];
  }
}
