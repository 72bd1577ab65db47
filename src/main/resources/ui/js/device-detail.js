import { LitElement, html, nothing } from 'lit';
import { LiveController } from './live.js';
import { deviceName, formatTime, keyWords } from './format.js';
import { hrefOf } from './router.js';
import { icon, problemNote, randomBadge, skeleton, staticBadge } from './widgets.js';
import { fact } from './lease-table.js';
import { presenceLine } from './presence.js';
import './device-timeline.js';
import './device-link.js';
import './install-card.js';
import './wake-button.js';

const MOST_HISTORY = 200;
const WAIT_MS = 800;
const EVIDENCE = { dhcp: 'DHCP', dns: 'name queries', arp: 'ARP', ndp: 'neighbour discovery', dnsmasq: 'dnsmasq', rdk: 'RDK' };

/** Where the name comes from that no other device has here. */
const ORIGINS = { given: 'its own', generated: 'made here', owner: 'registered' };
const capital = (text) => text.charAt(0).toUpperCase() + text.slice(1);

/** One device: who it is, where it is, where it was. */
class DeviceDetail extends LitElement {
  static properties = {
    api: { attribute: false }, live: { attribute: false }, mac: {},
    device: { state: true }, history: { state: true }, timeline: { state: true }, problem: { state: true },
    saving: { state: true }, saved: { state: true }, saveProblem: { state: true },
  };

  constructor() {
    super();
    this.history = [];
    this.timer = 0;
    new LiveController(this, { event: this.onEvent, reload: this.load, services: null });
  }

  createRenderRoot() { return this; }

  connectedCallback() {
    super.connectedCallback();
    this.load();
  }

  async load() {
    try {
      this.device = await this.api.device(this.mac);
      this.problem = null;
    } catch (problem) {
      this.problem = problem;
      return;
    }
    this.loadHistory();
    this.loadTimeline();
    await this.updateComplete;
    // The navigation left the focus on the empty frame: the heading that it looked for is here now.
    if (document.activeElement?.matches('main')) this.querySelector('h1').focus({ preventScroll: true });
  }

  async loadHistory() {
    try {
      this.history = (await this.api.leaseHistory({ mac: this.mac, limit: MOST_HISTORY })).items;
    } catch { /* the device itself is shown; its timeline stays empty */ }
  }

  async loadTimeline() {
    try {
      this.timeline = await this.api.timeline(this.mac);
    } catch { /* as above */ }
  }

  onEvent({ type, device, lease, before, mac, system }) {
    if (type === 'device.named' && mac === this.mac && this.device) this.device = { ...this.device, system };
    if (device?.mac === this.mac) {
      this.device = device;
      this.loadTimeline();
    }
    if (lease?.mac === this.mac || before?.mac === this.mac) this.timer ||= setTimeout(() => this.#lookAgain(), WAIT_MS);
  }

  /** What a lease changes of its device is not told a second time. */
  #lookAgain() {
    this.timer = 0;
    if (this.isConnected) this.load();
  }

  async #save(event) {
    event.preventDefault();
    const { name, notes } = event.target.elements;
    this.saving = true;
    this.saved = false;
    this.saveProblem = null;
    try {
      this.device = await this.api.changeDevice(this.mac, { name: name.value.trim() || null, notes: notes.value.trim() || null });
      this.saved = true;
    } catch (problem) {
      this.saveProblem = problem;
    }
    this.saving = false;
  }

  render() {
    const back = html`<p class="back"><a href=${hrefOf('devices')}>${icon('back')}All devices</a></p>`;
    if (this.problem) return html`${back}<h1 tabindex="-1" class="mono">${this.mac}</h1>${problemNote(this.problem, () => this.load())}`;
    const { device } = this;
    if (!device) return html`${back}${skeleton(5)}`;
    const { text, named } = deviceName(device);
    return html`${back}
      <div class="view-head device-head"><h1 tabindex="-1" class=${named ? '' : 'unnamed'}>${text}</h1>
        <p class="quiet">${device.vendor ? html`<span>${device.vendor}</span>` : nothing}<span class="mono">${device.mac}</span>${randomBadge(device)}${staticBadge(device)}
          <span>${presenceLine(device)}</span></p></div>
      <inn-device-link .api=${this.api} .device=${device} @decided=${(e) => { this.device = e.detail; }}></inn-device-link>
      <div class="detail">
        <section class="card pad detail-wide"><h2>When it was here</h2><inn-timeline .timeline=${this.timeline} .history=${this.history} .state=${device.presence?.state}></inn-timeline></section>
        <section class="card pad"><h2>Addresses</h2>${this.#addresses(device)}
          <inn-wake .api=${this.api} .mac=${device.mac}></inn-wake>
          ${this.live.anyDns ? html`<p class="to-queries"><a href=${hrefOf('dns', null, { device: device.mac })}>What it asks the DNS server</a></p>` : nothing}</section>
        <section class="card pad"><h2>Names</h2>${this.#names(device)}</section>
        <section class="card pad"><h2>Your own words</h2>${this.#form(device)}</section>
        <section class="card pad"><h2>Details</h2>${this.#facts(device)}</section>
        <inn-install .api=${this.api} .live=${this.live} .mac=${device.mac}></inn-install>
      </div>`;
  }

  #addresses({ addresses = [] }) {
    if (addresses.length === 0) return html`<p class="quiet">No address is known.</p>`;
    const sorted = [...addresses].sort((a, b) => Number(b.current) - Number(a.current) || (a.lastSeenAt < b.lastSeenAt ? 1 : -1));
    return html`<ul class="plain lines">${sorted.map((each) => html`<li class=${each.current ? '' : 'past'}>
      <span class="mono">${each.address}</span> <span class="badge ${each.current ? 'now' : ''}">${each.current ? 'now' : 'before'}</span>
      <span class="under"><span>${formatTime(each.firstSeenAt)} to ${each.current ? 'now' : formatTime(each.lastSeenAt)}</span><span>from ${each.source}</span></span></li>`)}</ul>`;
  }

  #names({ name, hostnames = [], system }) {
    if (!name && hostnames.length === 0 && !system) return html`<p class="quiet">It has not told its name. You can give it one.</p>`;
    return html`<ul class="plain lines">
      ${system ? html`<li class="system-name"><span class="name">${system.name}</span> <span class="badge">${ORIGINS[system.origin] ?? system.origin}</span>
        <span class="under"><span>${capital(system.reason)}</span>${system.wanted && system.wanted !== system.name ? html`<span>it wants to be called ${system.wanted}</span>` : nothing}<span>since <inn-ago .at=${system.since}></inn-ago></span></span></li>` : nothing}
      ${name ? html`<li><span class="name">${name}</span><span class="under"><span>given by you</span></span></li>` : nothing}
      ${hostnames.map((each) => html`<li><span class="name">${each.name}</span><span class="under"><span>from ${each.source}</span><span>heard <inn-ago .at=${each.seenAt}></inn-ago></span></span></li>`)}</ul>`;
  }

  #form(device) {
    const problem = this.saveProblem;
    const field = (name) => {
      const message = problem?.forField(name);
      return message ? html`<span class="field-error" id="${name}-error">${message}</span>` : nothing;
    };
    return html`<form class="words" @submit=${this.#save} @input=${() => { this.saved = false; }}>
      <label class="field"><span>Name</span><input name="name" maxlength="255" autocomplete="off" .value=${device.name ?? ''} placeholder=${device.hostname ?? 'Kitchen speaker'} aria-invalid=${problem?.forField('name') ? 'true' : nothing} aria-describedby=${problem?.forField('name') ? 'name-error' : nothing}>${field('name')}</label>
      <label class="field"><span>Notes</span><textarea name="notes" rows="3" .value=${device.notes ?? ''} placeholder="Where it stands, whose it is…"></textarea>${field('notes')}</label>
      <p class="actions"><button class="button primary" ?disabled=${this.saving}>${this.saving ? 'Saving…' : 'Save'}</button>
        <span class="quiet" role="status">${this.saved ? 'Saved.' : ''}</span></p>
      ${problemNote(problem)}
    </form>`;
  }

  #facts(device) {
    return html`<dl class="facts">
      ${fact('MAC', device.mac, true)}
      ${fact('Vendor', device.vendor ?? (device.randomMac ? 'Hidden by a random MAC' : 'Not in the registry'))}
      ${fact('Kind', device.fingerprint?.kind)}
      ${fact('Asks DHCP for', device.fingerprint?.ja4dParameters, true)}
      ${fact('Fingerprint (JA4D)', device.fingerprint?.ja4d, true)}
      ${fact('Address is', device.allocation === 'static' ? 'static' : device.allocation === 'dynamic' ? 'dynamic' : null)}
      ${fact('First seen', formatTime(device.firstSeenAt))}
      ${fact('Last seen', formatTime(device.lastSeenAt))}
      ${Object.entries(device.presence?.evidence ?? {}).map(([kind, at]) => html`<div><dt>Heard by ${EVIDENCE[kind] ?? kind}</dt><dd><inn-ago .at=${at}></inn-ago></dd></div>`)}
      ${Object.entries(device.details ?? {}).filter(([key]) => key !== 'ja4d').map(([key, value]) => fact(keyWords(key), typeof value === 'object' ? JSON.stringify(value) : value))}
    </dl>`;
  }
}

customElements.define('inn-device-detail', DeviceDetail);
