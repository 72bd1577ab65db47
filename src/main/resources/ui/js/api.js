/** A request that did not succeed, in the words of RFC 9457. `status` is 0 when no answer came at all. */
export class Problem extends Error {
  constructor({ title, detail = '', status = 0, errors = [] }) {
    super(title);
    this.title = title;
    this.detail = detail;
    this.status = status;
    this.errors = Array.isArray(errors) ? errors : [];
  }

  /** What the person in front of the page can do about it. */
  get advice() {
    if (this.status === 0) return 'Is Innkeeper still running, and is this machine on the network?';
    if (this.status === 401 || this.status === 403) return 'Open this page by the name or address Innkeeper listens on, or allow this one in its configuration.';
    if (this.status === 404) return 'It may have gone in the meantime. Go back to the list.';
    if (this.status === 429) return 'Too many requests in a short time. Wait a moment and try again.';
    if (this.status >= 500) return 'Look at Services and at the log of Innkeeper; then try again.';
    return 'Correct the value and try again.';
  }

  /** @returns {string|null} the message for one field of a form */
  forField(name) {
    return this.errors.find((error) => error.field === name)?.message ?? null;
  }
}

const TIMEOUT_MS = 20_000;

/** The REST API, one method a route. Every method rejects with a Problem, or with an AbortError when `signal` fires. */
export class Api {
  #base;

  constructor(base = '/api/v1') {
    this.#base = base;
  }

  status() { return this.#get('/status'); }
  leases(query, signal) { return this.#get('/leases', query, signal); }
  leaseHistory(query, signal) { return this.#get('/leases/history', query, signal); }
  reservations(query) { return this.#get('/reservations', query); }
  reservation(id) { return this.#get(`/reservations/${encodeURIComponent(id)}`); }
  addReservation(body) { return this.#send('POST', '/reservations', body); }
  changeReservation(id, body) { return this.#send('PUT', `/reservations/${encodeURIComponent(id)}`, body); }
  removeReservation(id) { return this.#send('DELETE', `/reservations/${encodeURIComponent(id)}`); }
  subnets() { return this.#get('/dhcp4/subnets'); }
  explain(query) { return this.#get('/dhcp4/explain', query); }
  shadow() { return this.#get('/dhcp4/shadow'); }
  leaseMonitor() { return this.#get('/lease-monitor'); }
  leaseMonitorMessages(query) { return this.#get('/lease-monitor/messages', query); }
  dnsServers() { return this.#get('/dns/servers'); }
  dnsStatus() { return this.#get('/dns/status'); }
  dnsStatistics(query) { return this.#get('/dns/statistics', query); }
  dnsQueries(query) { return this.#get('/dns/queries', query); }
  dnsExplain(query) { return this.#get('/dns/explain', query); }
  dnsLists() { return this.#get('/dns/lists'); }
  switchDnsList(name, enabled) { return this.#send('PATCH', `/dns/lists/${encodeURIComponent(name)}`, { enabled }); }
  refreshDnsList(name) { return this.#send('POST', `/dns/lists/${encodeURIComponent(name)}/refresh`); }
  dnsExceptions() { return this.#get('/dns/exceptions'); }
  addDnsException(body) { return this.#send('POST', '/dns/exceptions', body); }
  removeDnsException(id) { return this.#send('DELETE', `/dns/exceptions/${encodeURIComponent(id)}`); }
  config() { return this.#get('/config'); }
  devices(query, signal) { return this.#get('/devices', query, signal); }
  device(mac) { return this.#get(`/devices/${encodeURIComponent(mac)}`); }
  timeline(mac) { return this.#get(`/devices/${encodeURIComponent(mac)}/timeline`); }
  wake(mac) { return this.#send('POST', `/devices/${encodeURIComponent(mac)}/wake`); }
  installProfiles() { return this.#get('/installations/profiles'); }
  installations(query) { return this.#get('/installations', query); }
  install(mac, profile) { return this.#send('POST', '/installations', { mac, profile }); }
  endInstallation(mac) { return this.#send('DELETE', `/installations/${encodeURIComponent(mac)}`); }
  map(query) { return this.#get('/map', query); }
  services() { return this.#get('/services'); }
  events(query) { return this.#get('/events', query); }
  recentEvents(count) { return this.#get('/events', { recent: count }); }
  changeDevice(mac, change) { return this.#send('PATCH', `/devices/${encodeURIComponent(mac)}`, change); }

  command(service, command, args = {}) {
    return this.#send('POST', `/services/${encodeURIComponent(service)}/commands`, { command, args });
  }

  /** The address of the event stream. */
  get eventsUrl() { return `${this.#base}/events`; }

  /** The address of the stream of queries that fit. */
  dnsQueriesUrl(query) { return this.#base + withQuery('/dns/queries/stream', query); }

  #get(path, query = {}, signal = undefined) {
    return this.#request(withQuery(path, query), { headers: { Accept: 'application/json' } }, signal);
  }

  #send(method, path, body) {
    if (body === undefined) return this.#request(path, { method, headers: { Accept: 'application/json' } });
    const headers = { Accept: 'application/json', 'Content-Type': 'application/json' };
    return this.#request(path, { method, headers, body: JSON.stringify(body) });
  }

  async #request(path, options, signal) {
    const timeout = AbortSignal.timeout(TIMEOUT_MS);
    const either = signal ? AbortSignal.any([signal, timeout]) : timeout;
    let response;
    try {
      response = await fetch(this.#base + path, { ...options, signal: either, cache: 'no-store' });
    } catch (error) {
      if (signal?.aborted) throw error;
      throw new Problem({ title: 'No answer from Innkeeper', detail: timeout.aborted ? `Nothing came for ${TIMEOUT_MS / 1000} seconds.` : '' });
    }
    if (!response.ok) throw await problemOf(response);
    if (response.status === 204) return null;
    try {
      return await response.json();
    } catch {
      throw new Problem({ title: 'The answer cannot be read', detail: 'It is not JSON. A proxy in between may have changed it.', status: response.status });
    }
  }
}

function withQuery(path, query) {
  const params = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    if (value !== null && value !== undefined && value !== '') params.set(name, value);
  }
  const text = params.toString();
  return path + (text ? `?${text}` : '');
}

/** @returns {Promise<Problem>} what a failed response says, whatever its form */
export async function problemOf(response) {
  const fallback = { title: `Innkeeper answered ${response.status}`, status: response.status };
  try {
    const body = await response.json();
    // A command that a service could not do says so in words of its own.
    const refused = body.status === 'error' && body.message ? { title: 'It was not done', detail: body.message } : {};
    return new Problem({ ...fallback, ...body, title: body.title || fallback.title, ...refused, status: response.status });
  } catch {
    return new Problem(fallback);
  }
}
