import { LitElement, html, nothing } from 'lit';
import { LiveController } from './live.js';
import { TickController, pageClock } from './clock.js';
import { sentence, toneOf } from './event-words.js';
import { formatExact, formatNumber } from './format.js';
import { fact } from './lease-table.js';
import { hrefOf } from './router.js';
import { choice, emptyState, problemNote, skeleton } from './widgets.js';
import { ACTIONS, ORDERS, SOFTWIRES, clientState, outcomeWords, uplinkState } from './uplink-words.js';
import './uplink-lease.js';

const WAIT_MS = 300;
const REFRESH_MS = 15_000;
const CHANGES = 100;
const MESSAGES = 200;
const SHOWN = 12;

/** The interfaces by which this machine reaches the world: what their DHCP clients have, for how long, and what they said. */
class Uplinks extends LitElement {
  static properties = {
    api: { attribute: false }, live: { attribute: false },
    monitor: { state: true }, changes: { state: true }, messages: { state: true }, problem: { state: true },
    busy: { state: true }, answers: { state: true }, asked: { state: true }, only: { state: true }, allMessages: { state: true }, allChanges: { state: true },
  };

  constructor() {
    super();
    Object.assign(this, { changes: [], messages: [], answers: {}, busy: null, asked: null, only: '', timer: 0 });
    new LiveController(this, { event: this.onEvent, reload: this.load, services: this.onServices });
    new TickController(this, () => this.#states());
  }

  createRenderRoot() { return this; }

  connectedCallback() {
    super.connectedCallback();
    // Messages that change nothing make no event; what counts down is counted here, without asking.
    this.beat = setInterval(() => { if (!document.hidden) this.load(); }, REFRESH_MS);
    this.load();
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    clearInterval(this.beat);
    clearTimeout(this.timer);
    this.timer = 0;
  }

  #states() {
    return JSON.stringify((this.monitor?.uplinks ?? []).map((each) => [uplinkState(each, pageClock.now()), [each.dhcpv4, each.dhcpv6].map((one) => one && clientState(one, pageClock.now()))]));
  }

  onEvent(event) {
    if (event.type.startsWith('wan.')) this.changes = [event, ...this.changes].slice(0, CHANGES);
    if (/^(wan|config)\./.test(event.type)) this.timer ||= setTimeout(() => this.load(), WAIT_MS);
  }

  onServices() {
    if (this.live.leaseMonitor && !this.monitor) this.load();
    this.requestUpdate();
  }

  /** What is not configured is not asked: the browser would call the answer an error. */
  async load() {
    this.timer = 0;
    if (!this.live.leaseMonitor) return;
    try {
      const [monitor, messages, changes] = await Promise.all([this.api.leaseMonitor(), this.api.leaseMonitorMessages({ limit: MESSAGES }), this.api.events({ type: 'wan.*', recent: CHANGES })]);
      Object.assign(this, { monitor, messages: messages.items, changes: changes.items.sort((a, b) => b.number - a.number), problem: null });
    } catch (problem) {
      this.problem = problem;
    }
  }

  async #order(uplink, order) {
    this.asked = null;
    this.busy = `${uplink.name}/${order}`;
    const { command, done } = ORDERS[order];
    let answer;
    try {
      const { status, message } = await this.api.command('lease-monitor', command, { interface: uplink.name });
      answer = status === 'success' ? { good: true, text: done } : { good: false, text: message };
    } catch (problem) {
      answer = { good: false, text: `${problem.title}. ${problem.detail || problem.advice}` };
    }
    this.answers = { ...this.answers, [uplink.name]: answer };
    this.busy = null;
    this.load();
  }

  async #ask(uplink, order) {
    if (!ORDERS[order].ask) return this.#order(uplink, order);
    this.asked = { uplink, order };
    await this.updateComplete;
    this.querySelector('dialog').showModal();
  }

  render() {
    return html`<div class="view-head"><h1 tabindex="-1">Uplinks</h1></div>
      ${this.live.services && !this.live.leaseMonitor ? this.#off() : html`
      ${problemNote(this.problem, () => this.load())}
      ${this.monitor ? this.#body() : this.problem ? nothing : skeleton(4)}`}
      ${this.#dialog()}`;
  }

  #off() {
    return emptyState('No uplink is watched', html`<p>The lease monitor does not run. A section <code>lease-monitor</code> in the configuration starts it; the page <code>docs/lease-monitor.md</code> says how this machine's DHCP clients tell it of their leases.</p>
      <p><a class="button" href=${hrefOf('services')}>See what runs</a></p>`);
  }

  #body() {
    const { uplinks } = this.monitor;
    if (!uplinks.length) {
      return emptyState('Nothing was heard yet', html`<p>The lease monitor listens. An interface appears here as soon as the plugin of its DHCP client tells of it; <code>docs/lease-monitor.md</code> says how to have udhcpc or dibbler call it.</p>`);
    }
    return html`<div class="uplinks">${uplinks.map((each) => this.#uplink(each))}${this.#history()}${this.#log()}</div>`;
  }

  #uplink(uplink) {
    const [tone, word] = uplinkState(uplink, pageClock.now());
    const title = `uplink-${uplink.name.replace(/[^\w-]/g, '_')}`;
    return html`<section class="card pad uplink" aria-labelledby=${title} data-uplink=${uplink.name}>
      <header><h2 id=${title}><span class="mono">${uplink.name}</span> <span class="quiet">${uplink.alias === `cpe-${uplink.name}` ? nothing : uplink.alias}</span></h2>
        <span class="pill ${tone}"><span class="dot" aria-hidden="true"></span>${word}</span></header>
      <div class="uplink-clients">${this.#client('DHCPv4', uplink.dhcpv4)}${this.#client('DHCPv6', uplink.dhcpv6)}</div>
      <div class="uplink-end">${this.#orders(uplink)}
        <p class="under"><span>${messagesTaken(uplink.messages.taken ?? 0)}</span>${uplink.waiting ? html`<span>${formatNumber(uplink.waiting)} wait</span>` : nothing}
          ${uplink.lastAt ? html`<span>newest <inn-ago .at=${uplink.lastAt}></inn-ago></span>` : nothing}</p></div>
    </section>`;
  }

  #client(name, client) {
    if (!client) return nothing;
    const [tone, word] = clientState(client, pageClock.now());
    return html`<div class="uplink-client" data-client=${name}>
      <h3>${name} <span class="pill ${tone}"><span class="dot" aria-hidden="true"></span>${word}</span></h3>
      ${client.leases.map((held) => html`<inn-uplink-lease .held=${held}></inn-uplink-lease>`)}
      <dl class="facts">
        ${fact(client.routers.length > 1 ? 'Gateways' : 'Gateway', client.routers.join(', '), true)}
        ${fact('DNS', client.dnsServers.join(', '), true)}
        ${fact('Domain', client.domain.split(' ').join(', '))}
        ${fact('DHCP server', client.server, true)}
        ${fact('IPv4 over IPv6', SOFTWIRES[client.softwire])}
      </dl></div>`;
  }

  #orders(uplink) {
    const { orders } = this.monitor;
    if (!orders.length) return nothing;
    const answer = this.answers[uplink.name];
    return html`<p class="actions">${orders.map((order) => html`<button type="button" class="button" data-order=${order} ?disabled=${this.busy !== null} @click=${() => this.#ask(uplink, order)}>
      ${this.busy === `${uplink.name}/${order}` ? 'Working…' : ORDERS[order].text}<span class="visually-hidden"> ${uplink.name}</span></button>`)}
      <span role="status" class=${answer && !answer.good ? 'bad-text' : 'quiet'}>${answer?.text ?? ''}</span></p>`;
  }

  #history() {
    const shown = this.allChanges ? this.changes : this.changes.slice(0, SHOWN);
    return html`<section class="card pad" aria-labelledby="changes-title"><div class="section-head"><h2 id="changes-title">What changed</h2></div>
      ${shown.length ? html`<ol class="plain lines changes">${shown.map((event) => html`<li data-change=${event.type}><span class="event-mark ${toneOf(event)}" aria-hidden="true"></span>
        <span class="event-words">${sentence(event)}</span> <inn-ago .at=${event.at}></inn-ago></li>`)}</ol>` : html`<p class="quiet">Nothing yet.</p>`}
      ${more(this.changes.length, shown.length, () => { this.allChanges = true; })}</section>`;
  }

  #log() {
    const names = [...new Set(this.messages.map((each) => each.interfaceName))].filter(Boolean).sort();
    const fitting = this.messages.filter((each) => !this.only || each.interfaceName === this.only);
    const shown = this.allMessages ? fitting : fitting.slice(0, SHOWN);
    return html`<section class="card pad" aria-labelledby="messages-title"><div class="section-head"><h2 id="messages-title">What the clients said</h2>
        ${names.length > 1 ? choice('Interface', [['', 'All'], ...names.map((name) => [name, name])], this.only, (name) => { this.only = name; }) : nothing}</div>
      ${shown.length ? html`<ol class="plain lines messages">${shown.map((each) => this.#message(each))}</ol>`
    : html`<p class="quiet">No message since the start of Innkeeper.</p>`}
      ${more(fitting.length, shown.length, () => { this.allMessages = true; })}</section>`;
  }

  #message({ number, at, interfaceName, family, action, subject, outcome, octets, version }) {
    const bad = outcome !== 'taken';
    return html`<li class=${bad ? 'refused' : ''} data-message=${number}>
      <span class="message-words"><span class="mono">${interfaceName || 'no interface'}</span>${family ? html` <span class="quiet">DHCPv${family}</span>` : nothing}
        ${action ? html` ${ACTIONS[action] ?? action}` : nothing}${subject ? html` <span class="mono">${subject}</span>` : nothing}
        ${bad ? html` <span class="badge bad-badge">${outcomeWords(outcome)}</span>` : nothing}</span>
      <span class="quiet message-size" title="Version ${version} of the protocol">${formatNumber(octets)} octets</span>
      <span title=${formatExact(at)}><inn-ago .at=${at}></inn-ago></span></li>`;
  }

  #dialog() {
    if (!this.asked) return nothing;
    const { uplink, order } = this.asked;
    return html`<dialog class="dialog" aria-labelledby="order-title" @close=${() => { this.asked = null; }}>
      <h2 id="order-title">${ORDERS[order].text} ${uplink.name}?</h2><p>${ORDERS[order].ask}</p>
      <p class="dialog-end actions"><button type="button" class="button" autofocus @click=${() => this.querySelector('dialog').close()}>Leave it</button>
        <button type="button" class="button primary" data-sure @click=${() => this.#order(uplink, order)}>${ORDERS[order].text}</button></p></dialog>`;
  }
}

const messagesTaken = (count) => (count === 1 ? '1 message taken' : `${formatNumber(count)} messages taken`);

function more(all, shown, onMore) {
  return all > shown ? html`<p class="more"><button type="button" class="button" @click=${onMore}>Show all ${formatNumber(all)}</button></p>` : nothing;
}

customElements.define('inn-uplinks', Uplinks);
