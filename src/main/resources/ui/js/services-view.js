import { LitElement, html, nothing } from 'lit';
import { LiveController } from './live.js';
import { formatExact, formatNumber, keyWords } from './format.js';
import { hrefOf } from './router.js';
import { problemNote, skeleton } from './widgets.js';
import { fact } from './lease-table.js';

const REFRESH_MS = 10_000;
const COMMANDS = { dnsmasq: [['reread', 'Read again']] };
/** They need arguments: the page has switches of their own for them, or none. */
const NOT_BUTTONS = new Set(['enable', 'disable', 'restore', 'renew', 'restart_client', 'release']);
const WAYS = { log: 'Log file', syslog: 'Syslog', journal: 'Journal', dbus: 'D-Bus', ubus: 'ubus' };
const WAY_STATES = { listening: ['ok', 'listens'], waiting: ['idle', 'waits'], failing: ['degraded', 'fails, tries again'], off: ['idle', 'off'] };
const isPlain = (value) => value === null || typeof value !== 'object';
const looksLikeTime = (value) => typeof value === 'string' && /^\d{4}-\d\d-\d\dT\d\d:\d\d/.test(value);

/** The parts of Innkeeper, how they are, and what can be asked of them. */
class Services extends LitElement {
  static properties = { api: { attribute: false }, live: { attribute: false }, problem: { state: true }, answers: { state: true }, busy: { state: true } };

  constructor() {
    super();
    this.answers = {};
    this.busy = null;
    this.timer = 0;
    new LiveController(this, { services: null });
  }

  createRenderRoot() { return this; }

  connectedCallback() {
    super.connectedCallback();
    this.#refresh();
    // Counters move without an event.
    this.timer = setInterval(() => { if (!document.hidden) this.#refresh(); }, REFRESH_MS);
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    clearInterval(this.timer);
  }

  async #refresh() {
    if (this.live.services) this.live.refreshServices();
    else await this.#first();
  }

  /** The first reading shows its own trouble; later ones leave that to the state of the stream. */
  async #first() {
    try {
      await this.api.services();
      this.problem = null;
      this.live.refreshServices();
    } catch (problem) {
      this.problem = problem;
    }
  }

  async #command(service, command, args = {}) {
    this.busy = `${service}/${command}`;
    try {
      const { status, message } = await this.api.command(service, command, args);
      this.#answer(service, { good: status === 'success', text: message ?? (status === 'success' ? 'Done.' : 'It did not work.') });
    } catch (problem) {
      this.#answer(service, { good: false, text: `${problem.title}. ${problem.detail} ${problem.advice}` });
    }
    this.busy = null;
    this.#refresh();
  }

  #answer(service, answer) {
    this.answers = { ...this.answers, [service]: answer };
  }

  render() {
    const { services } = this.live;
    return html`
      <div class="view-head"><h1 tabindex="-1">Services</h1></div>
      ${problemNote(this.problem, () => this.#refresh())}
      ${services ? html`<div class="services">${services.map((service) => this.#service(service))}</div>` : this.problem ? nothing : skeleton(3)}
      ${services?.length === 0 ? html`<p>No service runs. <a href=${hrefOf('help')}>How to point Innkeeper at dnsmasq</a></p>` : nothing}`;
  }

  #service(service) {
    const { name, state, health, message, since, restarts, lastError, detail = {} } = service;
    const tone = state === 'failed' || health === 'failed' ? 'failed' : health === 'degraded' ? 'degraded' : state === 'running' ? 'ok' : 'idle';
    const word = { failed: 'failed', degraded: 'needs a look', ok: 'well', idle: state }[tone];
    const { sources, ...rest } = detail ?? {};
    return html`<section class="card pad service" aria-labelledby="service-${name}" data-service=${name}>
      <header><h2 id="service-${name}">${name}</h2><span class="pill ${tone}"><span class="dot" aria-hidden="true"></span>${word}</span></header>
      <p>${message || 'Nothing to report.'}</p>
      <dl class="facts">
        <div><dt>State</dt><dd>${state}, since <inn-ago .at=${since}></inn-ago></dd></div>
        ${restarts ? fact('Restarts', formatNumber(restarts)) : nothing}
        ${fact('Last error', lastError)}
        ${Object.entries(rest).map(([key, value]) => detailFact(key, value))}
      </dl>
      ${sources?.length ? sources.map((source) => sourceBlock(source, (command, way) => this.#command(name, command, { source: source.name, way }))) : nothing}
      ${name === 'dnsmasq' && sources?.length === 0 ? html`<p><a class="button primary" href=${hrefOf('help')}>How to point Innkeeper at dnsmasq</a></p>` : nothing}
      ${this.#commands(name, service.commands)}
    </section>`;
  }

  #commands(name, offered) {
    const known = COMMANDS[name] ?? [];
    const commands = Array.isArray(offered) ? offered.filter((each) => !NOT_BUTTONS.has(each)).map((each) => known.find(([command]) => command === each) ?? [each, keyWords(each)]) : known;
    if (commands.length === 0) return nothing;
    const answer = this.answers[name];
    return html`<p class="actions">${commands.map(([command, text]) => html`<button type="button" class="button" ?disabled=${this.busy !== null} @click=${() => this.#command(name, command)}>
      ${this.busy === `${name}/${command}` ? 'Working…' : text}</button>`)}
      <span role="status" class=${answer && !answer.good ? 'bad-text' : 'quiet'}>${answer?.text ?? ''}</span></p>`;
  }
}

function detailFact(key, value) {
  if (Array.isArray(value) && value.length === 0) return nothing;
  if (looksLikeTime(value)) return html`<div><dt>${keyWords(key)}</dt><dd><inn-ago .at=${value}></inn-ago></dd></div>`;
  if (typeof value === 'number') return fact(keyWords(key), formatNumber(value));
  if (isPlain(value)) return fact(keyWords(key), String(value));
  if (Array.isArray(value) && value.every(isPlain)) return fact(keyWords(key), value.join(', '));
  return fact(keyWords(key), JSON.stringify(value), true);
}

/** A way of watching beside the lease file: how it is, since when, and a switch. */
function wayBlock({ way, state, what, message, since, taken, dropped, lastAt }, toggle) {
  const [tone, word] = WAY_STATES[state] ?? ['idle', state];
  const off = tone === 'idle' && word === 'off';
  return html`<div class="source" data-way=${way}>
    <h4>${WAYS[way] ?? way} <span class="pill ${tone}"><span class="dot" aria-hidden="true"></span>${word}</span></h4>
    <dl class="facts">
      ${fact('Where', what, true)}
      ${since ? html`<div><dt>Since</dt><dd title=${formatExact(since)}><inn-ago .at=${since}></inn-ago></dd></div>` : nothing}
      ${fact('Taken', formatNumber(taken ?? 0))}
      ${dropped ? fact('Refused', formatNumber(dropped)) : nothing}
      ${lastAt ? html`<div><dt>Newest</dt><dd title=${formatExact(lastAt)}><inn-ago .at=${lastAt}></inn-ago></dd></div>` : nothing}
      ${fact('Message', message)}
    </dl>
    <p class="actions"><button type="button" class="button" @click=${() => toggle(off ? 'enable' : 'disable', way)}>${off ? 'Switch on' : 'Switch off'} <span class="visually-hidden">${WAYS[way] ?? way}</span></button></p>
  </div>`;
}

function sourceBlock({ name, leaseFile, leases, state, lastReadAt, rejected = [], problems = [], listeners = [] }, toggle) {
  return html`<div class="source">
    <h3>${name}${state ? html` <span class="quiet">${state}</span>` : nothing}</h3>
    <dl class="facts">
      ${fact('Lease file', leaseFile, true)}
      ${fact('Leases', leases === undefined ? null : formatNumber(leases))}
      ${lastReadAt ? html`<div><dt>Last read</dt><dd title=${formatExact(lastReadAt)}><inn-ago .at=${lastReadAt}></inn-ago></dd></div>` : nothing}
    </dl>
    ${listeners.map((each) => wayBlock(each, toggle))}
    ${rejected.length ? html`<details open><summary>${rejected.length === 1 ? '1 line' : `${formatNumber(rejected.length)} lines`} not understood</summary>
      <ul class="plain lines">${rejected.map((line) => html`<li><strong>Line ${line.line}:</strong> ${line.reason}<code class="where">${line.text}</code></li>`)}</ul></details>` : nothing}
    ${problems.length ? html`<details open><summary>${problems.length === 1 ? '1 problem' : `${formatNumber(problems.length)} problems`}</summary>
      <ul class="plain lines">${problems.map((each) => html`<li>${typeof each === 'string' ? each : JSON.stringify(each)}</li>`)}</ul></details>` : nothing}
  </div>`;
}

customElements.define('inn-services', Services);
