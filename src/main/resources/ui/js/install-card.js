import { LitElement, html, nothing } from 'lit';
import { LiveController } from './live.js';
import { formatTime } from './format.js';
import { problemNote } from './widgets.js';

/** Marks a device for installation, and says how far that is. Empty where there is nothing to install. */
class InstallCard extends LitElement {
  static properties = {
    api: { attribute: false }, live: { attribute: false }, mac: {},
    profiles: { state: true }, mark: { state: true }, asking: { state: true }, busy: { state: true }, problem: { state: true },
  };

  constructor() {
    super();
    this.profiles = [];
    new LiveController(this, { event: this.onEvent, reload: this.load, services: null });
  }

  createRenderRoot() { return this; }

  connectedCallback() {
    super.connectedCallback();
    this.load();
  }

  async load() {
    try {
      const [{ items }, { items: marks }] = await Promise.all([this.api.installProfiles(), this.api.installations({ mac: this.mac })]);
      this.profiles = items;
      this.mark = marks[0] ?? null;
    } catch { /* the device is shown without; marks are for those who configured them */ }
  }

  onEvent({ type, installation }) {
    if (installation?.mac === this.mac) this.mark = installation;
    if (type === 'config.applied') this.load();
  }

  async #do(work) {
    this.busy = true;
    this.problem = null;
    try {
      this.mark = await work();
      this.asking = false;
    } catch (problem) {
      this.problem = problem;
    }
    this.busy = false;
  }

  #submit(event) {
    event.preventDefault();
    const profile = event.target.elements.profile.value;
    this.#do(() => this.api.install(this.mac, profile));
  }

  render() {
    const runs = this.mark && this.mark.state !== 'ended';
    if (!runs && this.profiles.length === 0) return nothing;
    return html`<section class="card pad install"><h2>Installation</h2>
      ${runs ? this.#running() : this.asking ? this.#form() : this.#offer()}${problemNote(this.problem)}</section>`;
  }

  #running() {
    const { profile, state, until, servedAt, served } = this.mark;
    const known = this.profiles.some((each) => each.name === profile);
    return html`<p><span class="badge ${state === 'served' ? 'now' : 'maybe'}">${state}</span> <strong>${profile}</strong></p>
      ${known ? nothing : html`<p class="bad-text">There is no such profile any more: it is told nothing.</p>`}
      ${state === 'served'
        ? html`<p>It was told what to boot: <span class="mono install-what">${served}</span> <span class="quiet"><inn-ago .at=${servedAt}></inn-ago></span></p>`
        : html`<p>When it boots from the network the next time, it is told what to boot.</p>`}
      <p class="quiet">${until ? `The mark ends by itself at ${formatTime(until)}.` : 'The mark stays until the installer, or you, say that it is done.'}</p>
      <p class="actions"><button type="button" class="button" ?disabled=${this.busy} @click=${() => this.#do(() => this.api.endInstallation(this.mac))}>${state === 'served' ? 'It is done' : 'Take the mark back'}</button></p>`;
  }

  #offer() {
    const last = this.mark;
    return html`<p class="quiet">${last ? html`Last: ${last.profile}, ended <inn-ago .at=${last.endedAt}></inn-ago> (${last.ended}).` : 'It is told nothing when it boots from the network.'}</p>
      <p class="actions"><button type="button" class="button" @click=${() => { this.asking = true; }}>Install…</button></p>`;
  }

  #form() {
    return html`<form class="install-form" @submit=${this.#submit}>
      <label class="field"><span>What to install</span><select name="profile">${this.profiles.map((each) => html`<option value=${each.name}>${each.name} (${each.boots.join(', ')})</option>`)}</select></label>
      <p>When it boots from the network the next time, it is told to boot that. An installer may <strong>overwrite its disks</strong>.</p>
      <p class="actions"><button class="button primary" ?disabled=${this.busy}>${this.busy ? 'Marking…' : 'Mark it for installation'}</button>
        <button type="button" class="button" @click=${() => { this.asking = false; this.problem = null; }}>Cancel</button></p></form>`;
  }
}

customElements.define('inn-install', InstallCard);
